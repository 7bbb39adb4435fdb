"""The rows of one ledger: table, card with its paper, editor, grid, import, prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.field_texts import COVERED, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import NUMBER_LABEL, NUMBER_TYPES, Ledger
from dangjian_desktop.domain.ledgers.patterns import places_of
from dangjian_desktop.domain.ledgers.record import shown_fields
from dangjian_desktop.domain.ledgers.rota import has_rota
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import title_of
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.catalogue import kind_of
from dangjian_desktop.services.narrowing import narrowed
from dangjian_desktop.services.papers.printing import ROW, papers_of_ledger
from dangjian_desktop.services.records.pinyin import Initials, sort_key
from dangjian_desktop.ui.desk.drops import TABLES, Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.grid import GridView, grid_print
from dangjian_desktop.ui.ledgers.group_month import GroupMonthView
from dangjian_desktop.ui.ledgers.importing import ImportView
from dangjian_desktop.ui.ledgers.papers import PeriodPapers
from dangjian_desktop.ui.ledgers.rota import RotaView
from dangjian_desktop.ui.ledgers.row_card import RowCard
from dangjian_desktop.ui.ledgers.row_editor import row_editor
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.paper.paper_acts import Chosen, PaperActs
from dangjian_desktop.ui.paper.samples import SAMPLE, hand_out
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.declared import PEOPLE
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Extras,
    Listing,
    Narrowing,
    Subject,
    open_drafts,
    settled,
)
from dangjian_desktop.ui.records.tables import PAGE, Column

TYPE_AHEAD = 500
GAPS = "gaps"
"""The chip for rows in which something that the list shows is not known."""
_WIDTHS = {
    FieldType.DATE: 96,
    FieldType.PARTIAL_DATE: 96,
    FieldType.MONTH: 76,
    FieldType.YEAR: 60,
    FieldType.YES_NO: 60,
    FieldType.PERSON: 76,
    FieldType.PEOPLE: 130,
    FieldType.CHOICES: 140,
    FieldType.TEXT: 170,
    FieldType.LONG_TEXT: 200,
    FieldType.LINK: 150,
}
_OTHER_WIDTH = 104
_ORDERED = (FieldType.DATE, FieldType.PARTIAL_DATE, FieldType.MONTH, FieldType.YEAR)


@dataclass(frozen=True, slots=True)
class RowLine:
    """One line of the table, with its 序号 within the year."""

    row: LedgerRow
    number: int | None


class RowRecords:
    """The rows of one ledger as every page takes away and brings back records."""

    def __init__(self, desk: Desk, code: str) -> None:
        self._desk, self._code = desk, code

    def delete(self, uid: str, reason: str = "") -> None:
        """Into the bin."""
        self._desk.ledgers.of(self._code).delete(uid, reason)

    def bring_back(self, uid: str) -> None:
        """Out of the bin."""
        self._desk.ledgers.of(self._code).bring_back(uid)


def columns_of(ledger: Ledger) -> tuple[Column[RowLine], ...]:
    """序号 and the listed fields; what is masked is covered."""
    number: Column[RowLine] = Column(
        code="number",
        title=NUMBER_LABEL,
        text=lambda line: "" if line.number is None else str(line.number),
        right=True,
        width=52,
        key=lambda line: line.number,
    )
    shown = shown_fields(ledger, Outlet.LIST)
    named = [found for name in ledger.listed if (found := ledger.named(name)) in shown]
    return (number, *(_column(asked) for asked in named))


def _column(asked: Field) -> Column[RowLine]:
    def text(line: RowLine) -> str:
        value = line.row.value(asked.name)
        return COVERED if asked.masked and value is not None else value_text(asked, value)

    def known(line: RowLine) -> Any:
        value = line.row.value(asked.name)
        return value.first if isinstance(value, PartialDate) else value

    def named(line: RowLine) -> str | None:
        return sort_key(text(line)) or None

    plain = asked.type in NUMBER_TYPES or asked.type in _ORDERED
    return Column(
        code=asked.name,
        title=asked.title,
        text=text,
        tooltip=text,
        right=asked.type in NUMBER_TYPES,
        width=max(_WIDTHS.get(asked.type, _OTHER_WIDTH), 15 * len(asked.title) + 24),
        key=known if plain else named if asked.type in PEOPLE else None,
    )


class RowSource:
    """Finds and reads the lines of one ledger, in the library's thread."""

    def __init__(self, desk: Desk, ledger: Ledger) -> None:
        self._desk, self._ledger = desk, ledger
        self._numbers: Mapping[str, int] = {}
        named = [place.field for place in places_of(ledger.name)]
        # What must be filled in is never missing.
        self._open = [n for n in ledger.listed if (f := ledger.named(n)) and not f.required]
        self._names = (*ledger.listed, *named, ledger.day, ledger.day_else)

    def load(self, wanted: Narrowing, reveal: str) -> Listing:
        """The rows of a year in the order of the ledger; ids only: the table reads the rest."""
        ledgers, ledger, code = self._desk.ledgers, self._ledger, self._ledger.code
        kept = ledgers.of(code)
        years = kept.years()

        def find(shown: Narrowing) -> Sequence[str]:
            found = ledgers.listed(code, narrowed(shown.year, shown.typed))
            if shown.part != GAPS:
                return found
            rows = ledgers.shown(code, found, self._names)
            return [uid for uid in found if uid in rows and self._lacks(rows[uid])]

        usual = max(years, default=0)
        shown, ids = settled(wanted, reveal, find, self._place_of, years=years, usual=usual)
        all_listed = not shown.typed and not shown.part
        whole = ledger.newest_first and all_listed and bool(shown.year or len(years) < 2)
        # 序号 counts from the first row of a year, which is the last of the list.
        there = {uid: len(ids) - place for place, uid in enumerate(ids)}
        self._numbers = there if whole else ledgers.numbers(code)
        few = len(ids) <= TYPE_AHEAD
        rows = self.rows(ids if few else ids[:PAGE])
        titles = {uid: title_of(ledger, line.row) for uid, line in rows.items()} if few else {}
        return Listing(
            shown=shown,
            ids=ids,
            rows=rows,
            keys=Initials(titles),
            years=years,
            parts=(("", "全部"), (GAPS, "有空栏")) if years and self._open else (),
            foot=f"共 {len(ids)} 条" if ids else "",
            empty="没有符合条件的记录。" if years else f"这里登记“{ledger.title}”，还没有记录。",
            step="" if years else f"新建{ledger.row}",
            drafts=open_drafts(self._desk, kind_of(code), lambda _draft: ledger.row),
        )

    def rows(self, ids: Sequence[str]) -> dict[str, RowLine]:
        """The lines of these rows."""
        rows = self._desk.ledgers.shown(self._ledger.code, ids, self._names)
        return {uid: RowLine(row, self._numbers.get(uid)) for uid, row in rows.items()}

    def _lacks(self, row: LedgerRow) -> bool:
        return any(row.value(name) in (None, "", ()) for name in self._open)

    def _place_of(self, uid: str) -> Narrowing | None:
        row = self._desk.ledgers.of(self._ledger.code).get([uid]).get(uid)
        if row is None or row.deleted:
            return None
        day = row.first_day(self._ledger)
        return Narrowing(day.year if day else 0)


def rows_page(desk: Desk, shell: Shell, ledger: Ledger, to_all: Callable[[], None]) -> RecordPage:
    """The rows with their card; ``to_all`` goes back to the list of ledgers."""
    tools = RowTools(desk, shell, ledger, to_all)
    card, source = RowCard(desk, shell, ledger), RowSource(desk, ledger)
    subject = Subject(
        place=f"ledger.{ledger.code}",
        form=kind_of(ledger.code),
        title=ledger.title,
        noun=ledger.row,
        new=f"新建{ledger.row}",
        columns=columns_of(ledger),
        load=source.load,
        rows=source.rows,
        title_of=lambda line: title_of(ledger, line.row),
        records=RowRecords(desk, ledger.code),
        filter_hint="在本台账中查找",
    )
    editor = partial(row_editor, desk, shell, ledger)
    offered = [p for p in papers_of_ledger(ledger) if p.of == ROW]
    papers = PaperActs(desk, shell, card, lambda: [Chosen(p.code, p.title) for p in offered])
    acts = papers.acts(only_several=True) if offered else ()
    detail = replace(card.as_detail(), acts=(tools.copy, *acts))
    page = RecordPage(desk, shell, subject, detail, editor, tools.extras())
    tools.follow(page)
    return page


class RowTools(QObject):
    """What stands over the table: back to all ledgers, grid, papers, Excel in and out."""

    def __init__(
        self, desk: Desk, shell: Shell, ledger: Ledger, to_all: Callable[[], None]
    ) -> None:
        super().__init__()
        self._desk, self._shell, self._ledger = desk, shell, ledger
        self._views: dict[str, Any] = {}
        theme = shell.theme
        self.all = button("全部台账", theme, icon="arrow-left", look="quiet", name="rows.all")
        self.all.clicked.connect(to_all)
        self.grid = button("统计表", theme, name="rows.grid", tip="按人、按月汇总")
        self.rota = button("排轮次", theme, name="rows.rota", tip="按名册排定每月由谁讲")
        self.months = button("小组月度", theme, name="rows.months", tip="每个党小组每月一页")
        self.papers = button("打印", theme, icon="printer", name="rows.papers")
        self.bring = button("导入", theme, icon="upload", name="rows.import", tip="从 Excel 导入")
        self.excel = button(
            "导出 Excel", theme, icon="file-spreadsheet", look="menu", name="rows.excel"
        )
        menu = QMenu(self.excel)
        for profile, words in (("full", "完整内容"), ("masked", "遮盖后对外")):
            menu.addAction(words).triggered.connect(partial(self._choose, profile))
        menu.addSeparator()
        menu.addAction(SAMPLE).triggered.connect(self._hand_out)
        self.excel.setMenu(menu)
        self.grid.clicked.connect(self.open_grid)
        self.months.clicked.connect(self.open_months)
        self.rota.clicked.connect(self.open_rota)
        self.papers.clicked.connect(self.open_papers)
        self.bring.clicked.connect(self.open_import)

    def extras(self) -> Extras:
        """Where they stand in the list."""
        head = (self.rota, self.months, self.grid, self.papers, self.excel, self.bring)
        return Extras(beside=(self.all,), head=head)

    @property
    def copy(self) -> Act:
        """A new row that begins as the chosen one."""
        return Act(
            code="copy",
            title="复制为新记录",
            do=lambda ids: self._page.start_new(ids[0]),
            icon="copy",
            key="Ctrl+D",
            tip="照这一条新填一条，日期为今天，不带附件",
            fits=lambda: not self._desk.read_only,
        )

    def follow(self, page: RecordPage) -> None:
        """Work on this page, and live as long as it does."""
        self.setParent(page)
        self._page = page
        wanted = f"这里可以放入要导入“{self._ledger.title}”的表格（Excel、WPS 表格或 CSV）。"
        Drops(page, self._shell.messages, self._take, wanted, TABLES, self._closed)
        self.grid.setVisible(grid_print(self._ledger) is not None)
        self.rota.setVisible(has_rota(self._ledger))
        ask = self._ledger.ask
        self.months.setVisible(ask is not None and (ask.who, ask.per) == ("groups", "month"))
        self.papers.setVisible(bool(self._ledger.prints))

    @Slot()
    def open_grid(self) -> None:
        """Persons against months, for the year that the list shows."""
        self._show("grid", lambda: GridView(self._desk, self._shell, self._ledger)).show_year(
            self._year
        )

    @Slot()
    def open_rota(self) -> None:
        """Whose turn it is in which month of the year that the list shows."""
        self._show("rota", lambda: RotaView(self._desk, self._shell, self._ledger)).show_year(
            self._year
        )

    @Slot()
    def open_months(self) -> None:
        """What each party group did in a month, on one page."""
        view = self._show("months", lambda: GroupMonthView(self._desk, self._shell))
        view.show_year(self._year)

    @Slot()
    def open_papers(self) -> None:
        """Every print of a period."""
        self._show("papers", lambda: PeriodPapers(self._desk, self._shell, self._ledger)).show_year(
            self._year
        )

    @Slot()
    def open_import(self) -> None:
        """Begin with the choice of a file, or go on with one that was left."""
        self._show("import", lambda: ImportView(self._desk, self._shell, self._ledger)).resume()

    def _closed(self) -> str:
        return self._desk.read_only

    def _take(self, file: Path) -> None:
        self.open_import()
        self._views["import"].take_file(file)

    @property
    def _year(self) -> int:
        today: date = self._desk.today()
        return self._page.list.listing.shown.year or today.year

    def _show(self, name: str, make: Callable[[], Any]) -> Any:
        if name not in self._views:
            view = self._views[name] = make()
            view.left.connect(self._page.to_list)
        self._page.views.show_view(self._views[name])
        return self._views[name]

    def _choose(self, profile: str, *_checked: bool) -> None:
        year = self._page.list.listing.shown.year
        when = f"（{year}年）" if year else ""
        self._shell.choosers.save_file(
            self._page,
            "导出台账",
            f"{self._ledger.title}{when}.xlsx",
            "Excel 工作簿 (*.xlsx)",
            partial(self._export, profile, year),
            purpose="export",
        )

    @Slot()
    def _hand_out(self) -> None:
        write = partial(self._desk.samples.ledger, self._ledger.code, force=True)
        hand_out(self._shell, self._page, self._ledger.title, write)

    def _export(self, profile: str, year: int | None, file: Path) -> None:
        period = Period(year, 1, 12) if year else None
        work = partial(
            self._desk.ledger_exports.export,
            self._ledger.code,
            file,
            period=period,
            profile=profile,
            force=True,
        )
        self._shell.jobs.library(work, self._exported, title="正在导出台账")

    def _exported(self, done: tuple[Path, int]) -> None:
        say_written(self._shell, [done[0]], f"已导出 {done[1]} 条：{done[0].name}")
