"""The card of a row: what it says, 其他内容, its due dates, and its papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_texts import COVERED, Titles
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.dues import RowDue, dues_of
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.record import shown_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import title_of
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.items.sources import Leading
from dangjian_desktop.services.papers.printing import ROW, Wanted, bare_title, papers_of_ledger
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.made_items import MadeItems
from dangjian_desktop.ui.linked import Linked
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.look.secret import Secret
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label, row_of, space
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.subject import Detail, Heading

_HINT = "选择一条记录，这里显示其内容和打印样式。"
_ALL = "all"


@dataclass(frozen=True, slots=True)
class RowSheet:
    """A row with its values as people read them."""

    row: LedgerRow
    texts: Mapping[str, str]
    beside: Sequence[tuple[str, str, bool]]
    titles: Titles
    saved: int
    today: date
    leading: Sequence[Leading] = ()


class RowCard(QWidget):
    """Shows one row; its papers one chip away."""

    def __init__(self, desk: Desk, shell: Shell, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._shell, self._ledger = desk, shell, ledger
        self._sheet: RowSheet | None = None
        prints = [(str(n), bare_title(each)) for n, each in enumerate(ledger.prints)]
        self.chips = ChipRow(shell.theme, [(_ALL, "内容"), *prints])
        self.chips.chosen.connect(self._turn)
        self._fields = shown_fields(ledger, Outlet.CARD, protected=desk.protected)
        fields = self._fields
        self.secrets = {each.title: self._secret(each.name) for each in fields if each.covered}
        self.linked = {
            each.title: Linked(shell, f"row.{each.name}")
            for each in fields
            if each.type is FieldType.LINK and not each.covered
        }
        self.lines = Lines({**self.secrets, **self.linked})
        self.foot = label("", "soft", wrap=True)
        self.made = MadeItems(desk, shell, ledger.code)
        self._extra = QVBoxLayout()
        space(self._extra, margins=(0, 0, 0, 0), gap=6)
        self._pane: PaperPane | None = None
        holder = QWidget()
        column_of(
            self.lines, self.made, self._extra, self.foot, ..., on=holder, margins=(0, 0, 8, 0)
        )
        self._stack = Stage()
        column_of(self.chips, (self._stack, 1), on=self)
        self._stack.addWidget(scrolling(holder))

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        return Detail(body=self, load=self._load, show=self.show_row, hint=_HINT)

    def _load(self, uid: str) -> RowSheet | None:
        code, ledgers = self._ledger.code, self._desk.ledgers
        rows = ledgers.of(code)
        row = rows.get([uid]).get(uid)
        if row is None or row.deleted:
            return None
        linked = {link for _, link in row.links(self._ledger)}
        texts, titles = ledgers.texts(code, row), self._desk.link_titles(linked)
        beside = ledgers.beside(code, row)
        leading = self._desk.item_making.of_row(code, uid)
        return RowSheet(row, texts, beside, titles, rows.revision(uid), rows.day(), leading)

    def show_row(self, sheet: RowSheet) -> Heading:
        """Show this row."""
        self._sheet = sheet
        ledger, row = self._ledger, sheet.row
        told = [
            (asked.title, sheet.texts.get(asked.name, ""))
            for asked in self._fields
            if not asked.retired or asked.name in sheet.texts
        ]
        for heading, words, covered in sheet.beside:
            told.append((heading, words))
            if covered and heading not in self.secrets:
                self.secrets[heading] = self._secret("more")
                self.lines.own[heading] = self.secrets[heading]
        for title, words in told:
            if title in self.secrets:
                self.secrets[title].set_words(words, COVERED)
        for asked in ledger.of_type(FieldType.LINK):
            if asked.title in self.linked:
                self.linked[asked.title].show_links(row.value(asked.name) or (), sheet.titles)
        self.lines.show_lines(told)
        self.made.show_row(row.id, sheet.leading)
        self._show_extra(sheet)
        self.foot.setText(f"保存过 {sheet.saved} 次" if sheet.saved > 1 else "")
        self._turn()
        day = row.first_day(ledger)
        return Heading(title_of(ledger, row), str(row.dated(ledger)) if day else "")

    def _secret(self, name: str) -> Secret:
        return Secret(self._shell.theme, f"row.{name}", unknown="—", wrap=True)

    def _show_extra(self, sheet: RowSheet) -> None:
        empty(self._extra)
        for due in dues_of(self._ledger, sheet.row):
            self._extra.addWidget(self._due_line(due, sheet.today))
        for file in sheet.row.files():
            act = button(f"另存附件：{file.name}", self._shell.theme, icon="save", look="quiet")
            act.clicked.connect(partial(self._choose_folder, file))
            self._extra.addWidget(act)

    def _due_line(self, due: RowDue, today: date) -> QWidget:
        late = not due.done and due.day < today
        words = f"{due.day.isoformat()}　{due.text}　{'已办结' if due.done else '未办结'}"
        told: QLabel = label(words, "warn" if late else "soft", wrap=True)
        line = QWidget()
        row = row_of((told, 1), on=line)
        if due.by_hand:
            act = button("重新打开" if due.done else "办结", self._shell.theme, name="row.due")
            close = partial(self._close, due.row, due.field, not due.done)
            act.clicked.connect(close)
            row.addWidget(act)
        return line

    def _close(self, uid: str, field: str, done: bool, *_checked: bool) -> None:
        ledgers, code = self._desk.ledgers, self._ledger.code
        work = partial(ledgers.close_due, code, uid, field, done=done)
        back = partial(ledgers.close_due, code, uid, field, done=not done)
        library = self._shell.jobs.library
        words = "已办结" if done else "已重新打开"
        library(work, lambda _row: self._shell.toast(words, partial(library, back)))

    def _choose_folder(self, file: KeptFile, *_checked: bool) -> None:
        then = partial(self._hand_out, file)
        self._shell.choosers.folder(self, "另存到哪个文件夹", then, purpose="export")

    def _hand_out(self, file: KeptFile, folder: object) -> None:
        work = partial(self._desk.record_files.hand_out, file, folder)  # type: ignore[arg-type]
        self._shell.jobs.library(work, self._handed_out)

    def _handed_out(self, file: Path) -> None:
        say_written(self._shell, [file], f"已另存：{file.name}")

    @property
    def pane(self) -> PaperPane:
        """The paper; made when it is first looked at."""
        if self._pane is None:
            self._pane = PaperPane(self._shell, name="row")
            self._stack.addWidget(self._pane)
        return self._pane

    @Slot()
    def _turn(self) -> None:
        code = self.chips.code()
        if code == _ALL:
            self._stack.setCurrentIndex(0)
        elif self._sheet is not None:
            self._stack.setCurrentWidget(self.pane)
            self.pane.show_paper(self._paper(int(code), self._sheet.row))

    def _paper(self, number: int, row: LedgerRow) -> Paper:
        """A form of the row, or the table of its year."""
        paper, day = papers_of_ledger(self._ledger)[number], row.first_day(self._ledger)
        wanted = Wanted(period=paper.fitting(Period(day.year, 1, 12) if day else None))
        uid = row.id if paper.of == ROW else ""
        return Paper.of(self._desk.printing, paper.title, paper.code, uid, wanted)
