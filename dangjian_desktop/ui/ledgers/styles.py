"""清单台账: every ledger of the branch, what it asks, and the ways to make and change one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject

from dangjian_desktop.domain.ledgers.ledger import EXPECTED, Ledger, Origin, Section
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers.catalogue import Asking, LedgerEntry
from dangjian_desktop.services.ledgers.style_words import PERIODS
from dangjian_desktop.services.members.naming import titled
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.ledgers.style_card import Shown, StyleCard
from dangjian_desktop.ui.ledgers.style_editor import FORM, style_editor
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.exporting import say_written
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import (
    Detail,
    Extras,
    Listing,
    Narrowing,
    Subject,
    open_drafts,
)
from dangjian_desktop.ui.records.tables import Column

HIDDEN = "hidden"
NEW = "新建台账"
PATTERNS = "台账样式文件 (*.toml)"
_EMPTY = "没有符合条件的台账。"
_HINT = "选择一本台账，这里显示它记什么、要求谁填。按回车键打开。"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of the table: a ledger, how many rows it has, how many are still missing."""

    entry: LedgerEntry
    count: int
    missing: int

    @property
    def ledger(self) -> Ledger:
        """The declaration."""
        return self.entry.ledger

    @property
    def mark(self) -> str:
        """Where it comes from, as far as a user should know."""
        if self.ledger.origin is Origin.OWN:
            return "自设"
        if self.entry.newest is not None:
            return "已修改，有新版"
        return "已修改" if self.entry.changed else ""


COLUMNS: tuple[Column[LedgerLine], ...] = (
    Column(code="title", title="台账", text=lambda line: line.ledger.title, width=-1),
    Column(code="section", title="部分", text=lambda line: line.ledger.section.label, width=84),
    Column(
        code="count",
        title="记录",
        text=lambda line: str(line.count),
        right=True,
        width=64,
        key=lambda line: line.count,
    ),
    Column(code="ask", title="填报要求", text=lambda line: asked_words(line.entry), width=150),
    Column(
        code="missing",
        title="未填",
        text=lambda line: str(line.missing) if line.missing else "",
        right=True,
        width=56,
        key=lambda line: line.missing,
    ),
    Column(code="mark", title="样式", text=lambda line: line.mark, width=110),
)


def asked_words(entry: LedgerEntry) -> str:
    """全体党员每月1条; empty while nothing is asked."""
    ask = entry.ask
    if ask is None:
        return ""
    unit = entry.ledger.named(ask.count.field).unit if ask.count.field else "条"  # type: ignore[union-attr]
    return f"{EXPECTED[ask.who]}每{dict(PERIODS)[ask.per]}{ask.least:f}{unit}"


class StyleRecords:
    """Takes away ledgers of the branch's own, and brings them back as they were."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._gone: dict[str, LedgerEntry] = {}

    def delete(self, uid: str, _reason: str = "") -> None:
        """Refused where rows were entered, and for a ledger of the program."""
        self._gone[uid] = self._desk.ledgers.one_ledger(uid)
        self._desk.ledger_styles.remove(uid)

    def bring_back(self, uid: str) -> None:
        """With what was asked."""
        entry = self._gone[uid]
        self._desk.ledger_styles.define(entry.ledger)
        set_asking(self._desk, uid, entry.asking)


def set_asking(desk: Desk, code: str, asking: Asking | None) -> None:
    """Ask as it was asked before, or for nothing."""
    since = asking.since.isoformat() if asking else None
    members = asking.members if asking else None
    desk.ledger_styles.ask(code, on=asking is not None, members=members, since=since)


def load_listing(desk: Desk, wanted: Narrowing, reveal: str) -> Listing:
    """The ledgers of a section, or so that ``reveal`` is among them."""
    entries, counts = desk.ledgers.all(), desk.ledgers.counts()
    missing: dict[str, int] = {}
    for gap in desk.ledger_counts.gaps():
        missing[gap.ledger] = missing.get(gap.ledger, 0) + 1
    lines = {
        e.ledger.code: LedgerLine(e, counts.get(e.ledger.code, 0), missing.get(e.ledger.code, 0))
        for e in entries
    }
    keys = Initials({code: line.ledger.title for code, line in lines.items()})
    shown = wanted
    ids = _ids(lines, shown)
    if reveal in lines and reveal not in ids:
        shown = Narrowing(part="" if lines[reveal].entry.shown else HIDDEN)
        ids = _ids(lines, shown)
    sections = [s for s in Section if any(line.ledger.section is s for line in lines.values())]
    parts = [("", "全部"), *((s.value, s.label) for s in sections)]
    if any(not line.entry.shown for line in lines.values()):
        parts.append((HIDDEN, "不显示的"))
    return Listing(
        shown=shown,
        ids=tuple(ids),
        rows=lines,
        keys=keys,
        parts=tuple(parts),
        foot=f"共 {len(ids)} 本，记录 {sum(lines[code].count for code in ids)} 条",
        empty=_EMPTY,
        step=NEW,
        drafts=open_drafts(desk, FORM, lambda draft: str(draft.content.get("title") or NEW)),
    )


def _ids(lines: Mapping[str, LedgerLine], shown: Narrowing) -> list[str]:
    def wanted(line: LedgerLine) -> bool:
        if line.entry.shown == (shown.part == HIDDEN):
            return False
        return shown.part in ("", HIDDEN, line.ledger.section.value)

    titles = {code: line.ledger.title for code, line in lines.items() if wanted(line)}
    named = set(titled(titles, shown.typed))
    return [code for code in titles if code in named]


def load_shown(desk: Desk, code: str) -> Shown | None:
    """What the card shows of a ledger; nothing where it is gone."""
    try:
        entry = desk.ledgers.one_ledger(code)
    except InputError:
        return None
    news = desk.ledger_styles.differences(code) if entry.newest else ()
    roll = Roll(desk.meetings.members(), desk.today())
    return Shown(entry, asked_words(entry), news, tuple(roll.members))


def styles_page(desk: Desk, shell: Shell, open_ledger: Callable[[str], None]) -> RecordPage:
    """The list of ledgers with what each is for; the maker over the full width."""
    card = StyleCard(shell.theme)
    bring = button("导入样式文件", shell.theme, icon="upload", name="styles.import")
    bring.setToolTip("采用别的党支部交来的台账样式")
    subject = Subject(
        place="ledgers",
        form=FORM,
        title="清单台账",
        noun="台账",
        new=NEW,
        columns=COLUMNS,
        load=partial(load_listing, desk),
        rows=lambda _ids: {},
        title_of=lambda line: str(line.ledger.title),
        records=StyleRecords(desk),
        filter_hint="名称或拼音首字母",
        delete_tip="只能删除没有记录的自设台账；其他的可以设为不显示",
        edit="修改样式",
        share=64,
    )
    doors = StyleDoors(desk, shell, card)
    detail = Detail(
        body=card,
        load=partial(load_shown, desk),
        show=card.show_ledger,
        hint=_HINT,
        acts=doors.acts(open_ledger),
    )
    page = RecordPage(
        desk, shell, subject, detail, partial(style_editor, desk, shell), Extras(head=(bring,))
    )
    doors.follow(page)
    bring.clicked.connect(doors.choose_file)
    page.table.opened.disconnect(page.edit)
    page.table.opened.connect(open_ledger)
    return page


class StyleDoors(QObject):
    """What can be done with a ledger beside making it: copy, hand on, take, switch, ask."""

    def __init__(self, desk: Desk, shell: Shell, card: StyleCard) -> None:
        super().__init__(card)
        self._desk, self._shell, self._card = desk, shell, card
        card.asked.connect(self._ask)
        card.switched.connect(self._switch)
        card.adopted.connect(self._adopt)
        card.replaced.connect(self._replace)

    def follow(self, page: RecordPage) -> None:
        """Work on this page."""
        self._page = page

    def acts(self, open_ledger: Callable[[str], None]) -> Sequence[Act]:
        """Beside 修改样式 and 删除."""

        def first(do: Callable[[str], object]) -> Callable[[Sequence[str]], object]:
            return lambda ids: do(ids[0])

        def made() -> Iterator[Act]:
            yield Act(code="open", title="打开", do=first(open_ledger), icon="book-open")
            yield Act(
                code="copy",
                title="复制为新台账",
                do=first(self._copy),
                icon="copy",
                key="Ctrl+D",
            )
            yield Act(
                code="export",
                title="导出样式文件",
                do=first(self._choose_folder),
                icon="download",
                tip="交给别的党支部，在其程序中导入；不含记录",
            )

        return tuple(made())

    def _copy(self, code: str) -> None:
        self._page.start_new(code)

    def choose_file(self) -> None:
        """Ask for a style file and take it."""
        choosers = self._shell.choosers
        choosers.open_file(self._page, "选择台账样式文件", PATTERNS, self._import, purpose="export")

    def _import(self, file: Path) -> None:
        styles = self._desk.ledger_styles

        def work() -> tuple[str, Sequence[str]]:
            try:
                return styles.import_file(file).ledger.code, ()
            except InputError as error:
                changes = [i.message for i in error.issues if i.code == "different"]
                if not changes:
                    raise
                return styles.read_file(file).code, changes

        def done(found: tuple[str, Sequence[str]]) -> None:
            code, changes = found
            self._page.reveal(code)
            if changes:
                self._card.offer_file(code, file, changes)
            else:
                self._shell.toast("已导入台账样式")

        self._shell.jobs.library(work, done, title="正在读取台账样式文件")

    def _replace(self, file: Path) -> None:
        work = partial(self._desk.ledger_styles.import_file, file, replacing=True)
        self._run(work, "已采用文件中的样式，已有记录都保留")

    def _choose_folder(self, code: str) -> None:
        then = partial(self._export, code)
        self._shell.choosers.folder(self._page, "导出到哪个文件夹", then, purpose="export")

    def _export(self, code: str, folder: Path) -> None:
        work = partial(self._desk.ledger_styles.export_file, code, folder)
        said = lambda path: say_written(self._shell, [path])  # noqa: E731
        self._shell.jobs.library(work, said, title="正在导出台账样式")

    def _switch(self, code: str, shown: bool) -> None:
        styles = self._desk.ledger_styles
        words = "已在列表中显示" if shown else "不再显示，记录都保留；在“不显示的”中可以找到"
        back = partial(self._shell.jobs.library, partial(styles.switch, code, shown=not shown))
        self._run(partial(styles.switch, code, shown=shown), words, back)

    def _ask(self, code: str, on: bool, members: object) -> None:
        named: Any = members
        work = partial(self._desk.ledger_styles.ask, code, on=on, members=named)
        self._run(work, "已打开填报要求，从本期起提醒" if on else "已停止要求填报")

    def _adopt(self, code: str) -> None:
        styles = self._desk.ledger_styles
        before = self._desk.ledgers.one_ledger
        kept: list[LedgerEntry] = []

        def work() -> object:
            kept.append(before(code))
            return styles.adopt(code)

        def back() -> None:
            self._shell.jobs.library(partial(styles.define, kept[0].ledger))

        self._run(work, "已采用新版样式，已有记录都保留", back)

    def _run(
        self,
        work: Callable[[], object],
        words: str,
        back: Callable[[], object] | None = None,
    ) -> None:
        self._shell.jobs.library(work, lambda _done: self._shell.toast(words, back))
