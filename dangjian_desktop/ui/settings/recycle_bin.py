"""回收站: everything that was deleted, found, looked at and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.recycle_bin import Binned
from dangjian_desktop.services.members.naming import titled
from dangjian_desktop.services.records.pinyin import Initials, initials
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of, filter_line, label, row_of
from dangjian_desktop.ui.records.acts import Act, Acts
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel, in_order
from dangjian_desktop.ui.settings.card import SettingsCard
from dangjian_desktop.ui.settings.purging import LOG, moment
from dangjian_desktop.ui.settings.purging import TITLE as PURGE

TITLE = "回收站"
_PURPOSE = "删除的记录都在回收站里，一直保留，可以随时恢复；彻底删除的不能恢复。"
_EMPTY = "回收站是空的。删除的记录会列在这里，可以恢复。"
_NONE = "没有符合条件的内容。"
FILTER_WIDTH = 190

COLUMNS: tuple[Column[Binned], ...] = (
    Column(code="kind", title="类别", text=lambda each: each.kind, width=110),
    Column(
        code="title",
        title="名称",
        text=lambda each: each.title,
        tooltip=lambda each: each.title,
        width=-1,
    ),
    Column(code="day", title="日期", text=lambda each: str(each.day or ""), width=100),
    Column(code="at", title="删除时间", text=lambda each: moment(each.at), width=150),
    Column(
        code="reason",
        title="删除原因",
        text=lambda each: each.reason,
        tooltip=lambda each: each.reason,
        width=190,
    ),
)


class BinCard(SettingsCard):
    """How much lies in the bin, and the way there."""

    title = TITLE
    topics = frozenset(Topic)
    opened = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__(_PURPOSE)
        self._desk, self._shell = desk, shell
        self.count = label("")
        self.open = button(
            "打开回收站", shell.theme, icon="trash-2", name="bin.open", then=self.opened
        )
        row = row_of(self.open, (self.count, 1), gap=12)
        self.add(row)

    def load(self) -> None:
        """Count again."""
        self._shell.jobs.library(self._desk.bin.count, self._show)

    def _show(self, count: int) -> None:
        self.count.setText(f"现有 {count} 条" if count else "现在是空的")


class BinPage(Page):
    """The list with its filter; ``versions_asked`` brings the id whose contents are wanted,
    ``purge_asked`` those that are to go for good, ``log_asked`` is for what went so."""

    left = Signal()
    versions_asked = Signal(str)
    purge_asked = Signal(list)
    log_asked = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._all: dict[str, Binned] = {}
        self._order = ("", False)
        theme = shell.theme
        self.leaving = button("返回设置", theme, icon="arrow-left", look="quiet", name="bin.back")
        self.filter = filter_line("bin.filter", "在回收站中查找")
        model: PagedModel[Binned] = PagedModel(COLUMNS, lambda ids: {i: self._all[i] for i in ids})
        self.table = RecordTable(
            model, theme, shell.settings, name="bin", title="回收站", several=True
        )
        self.acts = Acts(self._offered(), theme, self, name="bin")
        self.log = button(LOG, theme, look="quiet", name="bin.log", then=self.log_asked)
        self._compose()
        self._connect()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again; a draft is never in the bin."""
        if topics - {Topic.DRAFTS}:
            self._shell.jobs.library(self._desk.bin.listed, self._take)

    def focus_first(self) -> None:
        """Put the focus on the rows, if there are any."""
        if not self.table.focus_first():
            self.leaving.setFocus()

    def _take(self, found: Sequence[Binned]) -> None:
        self._all = {each.id: each for each in found}
        self._show()

    @Slot()
    def _show(self) -> None:
        words = fold(self.filter.text()).split()
        ids = tuple(uid for uid, each in self._all.items() if _fits(each, words))
        ids = ids or tuple(titled({u: e.title for u, e in self._all.items()}, self.filter.text()))
        code, down = self._order
        if column := next((column for column in COLUMNS if column.code == code), None):
            ids = in_order(ids, self._all, column, descending=down)
        count = f"共 {len(self._all)} 条" + (f"，列出 {len(ids)} 条" if words else "")
        keys = Initials({uid: self._all[uid].title for uid in ids})
        self.table.set_empty(_NONE if self._all else _EMPTY)
        self.table.show_ids(ids, foot=count if self._all else "", keys=keys, rows=self._all)
        if ids and not self.table.current():
            self.table.select(ids[0])
        self.acts.set_ids(self.table.selected())

    def _offered(self) -> tuple[Act, ...]:
        return (
            Act(
                code="restore",
                title="恢复",
                do=self._restore,
                icon="undo-2",
                several=True,
                fits=self._may_change,
            ),
            Act(code="versions", title="版本", do=self._ask_versions, icon="history", key="Return"),
            Act(
                code="purge",
                title=PURGE,
                do=lambda ids: self.purge_asked.emit(list(ids)),
                icon="trash-2",
                several=True,
                fits=self._may_change,
            ),
        )

    def _may_change(self) -> bool:
        return not self._desk.read_only

    def _restore(self, ids: Sequence[str]) -> None:
        work = partial(self._desk.bin.restore, tuple(ids))
        self._shell.jobs.library(work, self._restored)

    def _restored(self, found: Sequence[Binned]) -> None:
        words = found[0].title if len(found) == 1 else f"{len(found)} 条"
        undo = partial(self._shell.jobs.library, partial(self._desk.bin.send_back, found))
        self._shell.toast(f"已恢复：{words}", undo)

    def _ask_versions(self, ids: Sequence[str]) -> None:
        self.versions_asked.emit(ids[0])

    @Slot(str, bool)
    def _sort(self, code: str, down: bool) -> None:
        self._order = (code, down)
        self._show()

    def _connect(self) -> None:
        self.leaving.clicked.connect(self.left)
        self.filter.textChanged.connect(self._show)
        self.table.ordered.connect(self._sort)
        self.table.opened.connect(self.versions_asked)
        self.table.offer_acts(self.acts)
        self._shell.theme.fit(self.filter, QWidget.setFixedWidth, FILTER_WIDTH)

    def _compose(self) -> None:
        head = head_of(self.leaving, TITLE, ..., self.filter, *self.acts.buttons())
        purpose = row_of((label(_PURPOSE, "soft", wrap=True), 1), self.log)
        column_of(head, purpose, (self.table, 1), on=self, gap=10)


def _fits(each: Binned, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = fold(f"{each.kind} {each.title} {each.day or ''} {each.reason} {initials(each.title)}")
    return all(word in text for word in words)
