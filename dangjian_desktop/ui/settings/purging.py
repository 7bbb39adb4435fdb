"""彻底删除 over the bin: what goes and what stays, the reason, and the list of what was purged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.purging import LONGEST, Plan, Purge, Purged
from dangjian_desktop.services.library.recycle_bin import Binned
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.stage import head_of, scrolling
from dangjian_desktop.ui.look.widgets import (
    button,
    column_of,
    empty,
    frame,
    label,
    mark_wrong,
    row_of,
)
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel

TITLE, LOG = "彻底删除", "清除记录"
_NAMED = 8
_WIDEST = 760
_WHY = "原因（必填，留在清除记录里，不要写内容、姓名和号码）"
_FOR_LOG = "彻底删除过的内容只留下这些：时间、电脑、类别和条数、原因。"
_NONE = "还没有彻底删除过任何内容。"

COLUMNS: tuple[Column[Purge], ...] = (
    Column(code="at", title="时间", text=lambda act: moment(act.at), width=150),
    Column(code="told", title="删除了", text=lambda act: act.told, width=220),
    Column(
        code="reason",
        title="原因",
        text=lambda act: act.reason,
        tooltip=lambda act: act.reason,
        width=-1,
    ),
    Column(code="place", title="在哪里", text=lambda act: act.place, width=220),
)


def moment(at: str) -> str:
    """A moment of the library for people."""
    return f"{datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}"


class PurgeView(QWidget):
    """What purging the chosen records means; ``left`` comes when it was done or given up."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._ids: tuple[str, ...] = ()
        self.setProperty("look", "clear")
        theme = shell.theme
        self.back = button("返回回收站", theme, icon="arrow-left", look="quiet", name="purge.back")
        self.question = label("", "title", wrap=True)
        self._lists = {name: column_of(gap=4) for name in ("items", "going", "staying", "kept")}
        self._cards = {name: self._card(name) for name in self._lists}
        self.reason = QLineEdit()
        self.reason.setObjectName("purge.reason")
        self.reason.setAccessibleName(_WHY)
        self.reason.setMaxLength(LONGEST)
        self.wrong = Problem("purge.wrong")
        self.go = button(TITLE, theme, icon="trash-2", look="primary", name="purge.go")
        self.cancel = button("取消", theme, name="purge.cancel")
        self.back.clicked.connect(self._leave)
        self.cancel.clicked.connect(self._leave)
        self.go.clicked.connect(self._purge)
        self.reason.returnPressed.connect(self._purge)
        self.reason.textChanged.connect(partial(self._say, ""))
        self._compose()

    def open(self, ids: Sequence[str]) -> None:
        """Find out what it means for these."""
        self._ids = tuple(ids)
        self.reason.clear()
        self._say("")
        self.go.setEnabled(False)
        self.question.setText("正在查看会删除什么…")
        for card in self._cards.values():
            card.hide()
        self._shell.jobs.library(
            partial(self._desk.purges.plan, self._ids),
            partial(self._show, self._ids),
            partial(self._refused, self._ids),
            title="正在查看会删除什么",
        )

    def focus_first(self) -> None:
        """Where one begins to type."""
        self.reason.setFocus()

    def refresh(self, _topics: frozenset[Topic]) -> None:
        """What changes meanwhile is looked at once more before anything goes."""

    def _show(self, ids: tuple[str, ...], plan: Plan) -> None:
        if ids != self._ids:
            return
        count = len(plan.items)
        self.question.setText(f"要彻底删除这 {count} 条吗？删除后不能恢复。")
        named = ["　".join(filter(None, _told(each))) for each in plan.items[:_NAMED]]
        more = [f"……等 {count} 条"] if count > _NAMED else []
        self._fill("items", [*named, *more])
        self._fill("going", plan.going)
        self._fill("staying", plan.staying)
        self._fill("kept", plan.kept)
        self.go.setText(f" {TITLE}（{count}）" if count > 1 else f" {TITLE}")
        self.go.setEnabled(not self._desk.read_only)
        self.focus_first()

    def _refused(self, ids: tuple[str, ...], error: Exception) -> None:
        self._shell.messages.report(error)
        if ids == self._ids:
            self._leave()

    @Slot()
    def _purge(self) -> None:
        if not self.go.isEnabled():
            return
        if not self.reason.text().strip():
            self._say("请写明为什么彻底删除。")
            self.focus_first()
            return
        self.go.setEnabled(False)
        work = partial(self._desk.purges.purge, self._ids, self.reason.text())
        failed = partial(self._failed, self._ids)
        done = partial(self._done, self._ids)
        self._shell.jobs.library(work, done, failed, title="正在备份，然后彻底删除")

    def _done(self, ids: tuple[str, ...], done: Purged) -> None:
        words = f"已彻底删除 {len(done.items)} 条；清除前的备份：{done.copy.name}"
        self._shell.toast(words)
        if done.left:
            self._shell.messages.notice("记录已经彻底删除。", done.left)
        if ids == self._ids:
            self._leave()

    def _failed(self, ids: tuple[str, ...], error: Exception) -> None:
        self._shell.messages.report(error)
        if ids == self._ids:
            self.go.setEnabled(True)
            if isinstance(error, InputError):
                self._leave()

    @Slot()
    def _leave(self) -> None:
        self._ids = ()
        self.reason.clear()
        self.left.emit()

    def _say(self, words: str, *_text: str) -> None:
        self.wrong.say(words)
        mark_wrong(self.reason, bool(words))

    def _fill(self, name: str, lines: Sequence[str]) -> None:
        holder: QBoxLayout = self._lists[name]
        empty(holder)
        for line in lines:
            holder.addWidget(label(line if name == "items" else f"· {line}", wrap=True))
        self._cards[name].setVisible(bool(lines))

    def _card(self, name: str) -> QWidget:
        made = frame("card")
        column_of(
            label(_HEADS[name], "heading"),
            self._lists[name],
            on=made,
            gap=6,
            margins=(16, 10, 16, 12),
        )
        return made

    def _compose(self) -> None:
        inside, asked = QWidget(), QWidget()
        for each in (inside, asked):
            each.setProperty("look", "clear")
            self._shell.theme.fit(each, QWidget.setMaximumWidth, _WIDEST)
        why: QLabel = label(_WHY, "soft", wrap=True)
        why.setBuddy(self.reason)
        acts = row_of(self.go, self.cancel, ...)
        # Above what scrolls: the question and what answers it are seen, and stay where they are.
        column_of(why, self.reason, self.wrong, acts, on=asked, margins=(0, 0, 8, 0))
        column_of(*self._cards.values(), ..., on=inside, gap=10, margins=(0, 0, 8, 0))
        column_of(
            (self.back, 0, Qt.AlignmentFlag.AlignLeft),
            self.question,
            asked,
            (scrolling(inside), 1),
            on=self,
            gap=10,
        )


class PurgesView(QWidget):
    """清除记录: every purge there was."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._all: dict[str, Purge] = {}
        self.setProperty("look", "clear")
        theme = shell.theme
        self.back = button("返回回收站", theme, icon="arrow-left", look="quiet", name="purges.back")
        self.back.clicked.connect(self.left)
        model: PagedModel[Purge] = PagedModel(COLUMNS, lambda ids: {i: self._all[i] for i in ids})
        self.table = RecordTable(model, theme, shell.settings, name="purges", title=LOG)
        head = head_of(self.back, LOG, ...)
        column_of(head, label(_FOR_LOG, "soft", wrap=True), (self.table, 1), on=self, gap=10)

    def refresh(self, _topics: frozenset[Topic]) -> None:
        """Read again."""
        self._shell.jobs.library(self._desk.purges.acts, self._show)

    def focus_first(self) -> None:
        """Put the focus on the rows, if there are any."""
        if not self.table.focus_first():
            self.back.setFocus()

    def _show(self, acts: Sequence[Purge]) -> None:
        self._all = {act.id: act for act in acts}
        self.table.set_empty(_NONE)
        foot = f"共 {len(acts)} 次" if acts else ""
        self.table.show_ids(tuple(self._all), foot=foot, keys={}, rows=self._all)
        if acts and not self.table.current():
            self.table.select(acts[0].id)


_HEADS = {
    "items": "选中的记录",
    "going": "会删除",
    "staying": "不会删除",
    "kept": "请先想一想保管期限",
}


def _told(binned: Binned) -> tuple[str, ...]:
    """Kind, title and day."""
    return binned.kind, binned.title, str(binned.day or "")
