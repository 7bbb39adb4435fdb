"""The window for a library that cannot be opened: what happened to it, and the ways back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import flow_of
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.tokens import ROW_HEIGHT
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label
from dangjian_desktop.ui.records.record_table import RecordTable
from dangjian_desktop.ui.records.tables import Column, PagedModel
from dangjian_desktop.ui.window.banner import Banner
from dangjian_desktop.ui.window.keys import Keyed
from dangjian_desktop.ui.window.strip import Strip

COPIES = "备份 (*.dangjian *.zip)"
LIBRARIES = "支部资料 (*.dangjian)"
ROWS, DOUBTS = 6, 3
SAFE = "为防止损失扩大，没有打开，也没有写入任何内容。"
GONE = "文件可能被移走、改名或删除，或U盘没有插好。程序不会在原处新建空的资料库。"
KEPT = "现在的文件会原样另存，不会丢失。"
LOCKED = "这份备份有密码。请输入密码，再看里面有多少内容、是否完好。"
WAITING = "备份有密码：请先输入密码，核对以后再恢复。"
NOTHING_LOST = "还能读出的内容，这份备份里都有。"
REBUILDING = (
    "没有完好的备份，可以重建：从损坏的资料库、各份备份和打印时另存的会议记录（{} 份）里，"
    "只收集核对无误的记录，做成新的资料库。"
)


class RecoveryWindow(Keyed):
    """Emits what is wanted; does nothing to files itself. ``damage`` is what was found."""

    restore_asked = Signal(Path)
    unlock_asked = Signal(Path)
    compare_asked = Signal(Path)
    rebuild_asked = Signal()
    open_asked = Signal(Path)
    left = Signal()

    def __init__(self, shell: Shell, damage: Any) -> None:
        super().__init__()
        self._shell, self.damage = shell, damage
        self._rows = {str(choice.copy.file): choice for choice in damage.choices}
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner(shell.theme)
        shell.messages.noticed.connect(self.banner.show_notice)
        self.table = _table(shell, self._rows)
        self.since = label("", "soft", wrap=True, name="recovery.since")
        self._make_buttons()
        self._compose()
        self.table.show_ids(list(self._rows), rows=self._rows)
        self.table.chosen.connect(self._offer)
        self.table.opened.connect(self._ask_restore)
        first = damage.whole or next((c for c in damage.choices if c.locked), None)
        if first is not None:
            self.table.select(str(first.copy.file))
        self._offer(self.table.current())

    def focus_first(self) -> None:
        """Put the focus on what helps."""
        ways = [way for way in (self.restore, self.unlock) if way.isEnabled()]
        next((way for way in ways if not way.isHidden()), self.elsewhere).setFocus()

    def _make_buttons(self) -> None:
        theme = self._shell.theme
        self.restore = button(
            "恢复到这份备份…", theme, icon="history", look="primary", name="recovery.restore"
        )
        self.unlock = button(
            "输入密码…", theme, icon="lock", look="primary", name="recovery.unlock"
        )
        self.elsewhere = button("从别处的备份恢复…", theme, name="recovery.elsewhere")
        self.rebuild = button("用还能读出的内容重建…", theme, name="recovery.rebuild")
        self.folder = button("打开所在文件夹", theme, icon="folder-open", name="recovery.folder")
        self.other = button("打开其他资料…", theme, icon="file-text", name="recovery.other")
        self.leave = button("返回", theme, icon="arrow-left", look="quiet", name="recovery.leave")
        self.restore.clicked.connect(self._ask_restore)
        self.unlock.clicked.connect(self._ask_unlock)
        self.elsewhere.clicked.connect(self._choose_copy)
        self.rebuild.clicked.connect(self._ask_rebuild)
        self.folder.clicked.connect(self._open_folder)
        self.other.clicked.connect(self._choose_other)
        self.leave.clicked.connect(self.left)

    def _compose(self) -> None:
        damage, theme = self.damage, self._shell.theme
        whole, card, inside = QWidget(), frame("card"), QWidget()
        theme.fit(inside, QWidget.setMaximumWidth, 1000)
        rows = min(max(len(self._rows), 2), ROWS)
        theme.fit(self.table, QWidget.setFixedHeight, ROW_HEIGHT * (rows + 1))
        said = [*damage.problems, SAFE] if not damage.missing else [GONE]
        column_of(
            label(_heading(damage), "heading"),
            self.table,
            self.since,
            flow_of(self.restore, self.unlock, self.elsewhere),
            on=card,
            gap=8,
            margins=(16, 12, 16, 12),
        )
        self.table.setVisible(bool(self._rows))
        words = WAITING if damage.waits else REBUILDING.format(damage.minutes)
        self.rebuilding = label(words, wrap=True)
        self.rebuilding.setVisible(damage.whole is None)
        # Never while copies that may be whole wait for a password.
        self.rebuild.setVisible(damage.whole is None and not damage.waits)
        column_of(
            (self.leave, 0, Qt.AlignmentFlag.AlignLeft),
            label(f"! {damage.heading}", "title"),
            label(str(damage.library), "soft", wrap=True),
            *(label(words, wrap=True) for words in said),
            4,
            card,
            self.rebuilding,
            flow_of(self.rebuild, self.folder, self.other),
            ...,
            on=inside,
            gap=8,
            margins=(32, 16, 32, 16),
        )
        middle = QHBoxLayout(whole)
        middle.addStretch(1)
        middle.addWidget(inside, 30)
        middle.addStretch(1)
        strip = Strip(self._shell.jobs, theme)
        column_of((scrolling(whole), 1), self.banner, strip, on=self, gap=0)

    @Slot(str)
    def _offer(self, uid: str) -> None:
        choice = self._rows.get(uid)
        locked = choice is not None and bool(choice.locked)
        self.unlock.setVisible(locked)
        self.restore.setVisible(bool(self._rows) and not locked)
        self.restore.setEnabled(choice is not None and not (choice.problem or locked))
        self.since.setText("" if choice is None else _told(choice, self.damage))
        self.since.setVisible(bool(self.since.text()))

    @Slot()
    def _ask_restore(self) -> None:
        choice = self._rows.get(self.table.current())
        if choice is not None and choice.locked:
            self._ask_unlock()
        elif choice is not None and self.restore.isEnabled():
            self.ask_restore(choice.copy.file, _told(choice, self.damage), _when(choice))

    @Slot()
    def _ask_unlock(self) -> None:
        choice = self._rows.get(self.table.current())
        if choice is not None and choice.locked:
            self.unlock_asked.emit(choice.copy.file)

    def ask_restore(self, file: Path, told: str, words: str = "") -> None:
        """Ask whether this copy shall be put back, with what is known of it."""
        question = f"要恢复到{words or f'“{file.name}”'}的备份吗？"
        go = partial(self.restore_asked.emit, file)
        self._shell.messages.ask(question, f"{told}{KEPT}", "恢复", go, parent=self)

    @Slot()
    def _choose_copy(self) -> None:
        title = "选择备份，或从U盘带来的 .zip"
        self._shell.choosers.open_file(
            self, title, COPIES, self.compare_asked.emit, purpose="copies"
        )

    @Slot()
    def _ask_rebuild(self) -> None:
        detail = f"读不出或核对不上的内容不会在里面，重建后请逐项核对。{KEPT}"
        ask = self._shell.messages.ask
        ask("要用还能读出的内容重建吗？", detail, "重建", self.rebuild_asked.emit, parent=self)

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.damage.library.parent)))

    @Slot()
    def _choose_other(self) -> None:
        choose = self._shell.choosers.open_file
        choose(self, "打开支部资料", LIBRARIES, self.open_asked.emit, purpose="library")


def _heading(damage: Any) -> str:
    if not damage.choices:
        return "没有找到备份"
    if damage.waits:
        return "备份"
    return "可以恢复到的备份" if damage.whole is not None else "备份（没有一份完好）"


def _told(choice: Any, damage: Any) -> str:
    if choice.locked:
        return LOCKED
    if choice.problem:
        return f"✕ 这份备份也已损坏：{choice.problem}"
    said = []
    if choice.doubts:
        shown = [*choice.doubts[:DOUBTS], *(["……"] if len(choice.doubts) > DOUBTS else [])]
        said += ["! 这份备份打得开，但有些内容不是本程序保存的样子：\n", "\n".join(shown), "\n"]
    if choice.back:
        said.append(f"里面有现在读不出的：{choice.back}。")
    if choice.since:
        said.append(f"没有备份以后的变化：{choice.since}（按还能读出的部分比较）。")
    elif damage.records:
        said.append(NOTHING_LOST)
    if choice.lost:
        said.append(f"其中 {choice.lost} 个附件不见了或已改变。")
    return "".join(said)


def _when(choice: Any) -> str:
    return f"{choice.copy.at:%Y-%m-%d %H:%M}"


def _state(choice: Any) -> str:
    if choice.locked:
        return "有密码"
    if choice.problem is None:
        return "恢复时核对"
    if choice.doubts:
        return "! 有改动"
    return "✕ 已损坏" if choice.problem else "✓ 完好"


def _counted(records: Mapping[str, int]) -> str:
    return "，".join(f"{title} {count}" for title, count in records.items())


def _table(shell: Shell, rows: Mapping[str, Any]) -> RecordTable:
    columns: tuple[Column[Any], ...] = (
        Column(
            code="at", title="备份时间", text=lambda c: f"{c.copy.at:%Y-%m-%d %H:%M}", width=150
        ),
        Column(code="reason", title="原因", text=lambda c: c.copy.reason, width=100),
        Column(code="state", title="核对", text=_state, width=100),
        Column(
            code="records",
            title="内容",
            text=lambda c: _counted(c.records) or ("" if c.locked else "读不出"),
            tooltip=lambda c: str(c.copy.file),
            width=-1,
        ),
    )
    model = PagedModel(columns, lambda ids: {uid: rows[uid] for uid in ids})
    return RecordTable(model, shell.theme, shell.settings, name="recovery", title="备份")
