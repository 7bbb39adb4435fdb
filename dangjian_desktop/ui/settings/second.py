"""第二备份位置 and 拷到U盘, in 资料与备份."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.copying import USUAL_DAYS, Copy, Second
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of

ZIPS = "拷出的资料 (*.zip)"
NONE = "没有设置。可以选另一个磁盘或U盘上的文件夹，每次备份都自动再放一份过去。"
TIP = "把资料库、附件和钥匙文件写成一个 .zip，写完从U盘读回核对；在别的电脑上点“打开支部资料”选它"
WAYS = (1, 3, 7, 14, 30)
"""After how many days without a copy there that can be said."""


class SecondPlace(QWidget):
    """Where it is, how it stands, what can be done; ``made`` is called after each act."""

    def __init__(self, desk: Desk, shell: Shell, made: Callable[[Copy | None], None]) -> None:
        super().__init__()
        self._desk, self._shell, self._made = desk, shell, made
        theme = shell.theme
        self.place = label("", wrap=True, name="second.place")
        self.state = label("", wrap=True, name="second.state")
        self.choose = button("选择文件夹…", theme, icon="folder-open", name="second.choose")
        self.drop = button("不再使用", theme, look="quiet", name="second.drop")
        self.stick = button("拷到U盘…", theme, icon="upload", name="copies.stick", tip=TIP)
        words = "多少天没有备份到第二位置时在工作台提醒"
        self.days = guarded(QComboBox(), "second.days", words)
        for days in WAYS:
            self.days.addItem(f"超过 {days} 天在工作台提醒", days)
        self.choose.clicked.connect(self._choose)
        self.drop.clicked.connect(partial(self._keep, None))
        self.stick.clicked.connect(self._ask_stick)
        self.days.activated.connect(self._set_days)
        acts = row_of(self.choose, self.drop, self.days, self.stick, ..., gap=8)
        column_of(self.place, self.state, acts, on=self, gap=8)

    def show_second(self, second: Second | None) -> None:
        """Show how it stands."""
        for part in (self.drop, self.days, self.state):
            part.setVisible(second is not None)
        for part in (self.choose, self.drop, self.days):
            part.setEnabled(not self._desk.read_only)
        self.place.setText(NONE if second is None else str(second.folder))
        if second is not None:
            self.state.setText(said(second))
            days = second.most if second.most in WAYS else USUAL_DAYS
            self.days.setCurrentIndex(WAYS.index(days))

    @Slot()
    def _choose(self) -> None:
        title = "第二备份位置（另一个磁盘或U盘上的文件夹）"
        self._shell.choosers.folder(self, title, self._keep, purpose="second")

    def _keep(self, folder: Path | None, _checked: bool = False) -> None:
        work = partial(self._desk.copies.choose_second, folder)
        self._shell.jobs.library(work, self._kept, title="正在备份")

    def _kept(self, copy: Copy | None) -> None:
        if copy is None:
            self._shell.toast("不再备份到第二位置，那里已有的备份没有动")
        self._made(copy)

    @Slot(int)
    def _set_days(self, row: int) -> None:
        self._shell.jobs.library(partial(self._desk.copies.set_days, WAYS[row]))

    @Slot()
    def _ask_stick(self) -> None:
        name = f"{self._desk.path.stem}_{self._desk.clock():%Y%m%d}.zip"
        choose = self._shell.choosers.save_file
        choose(self, "拷到U盘：选择U盘上的位置", name, ZIPS, self._carry, purpose="stick")

    def _carry(self, file: Path) -> None:
        self.stick.setEnabled(False)
        work = partial(self._desk.copies.carry, file)
        title = "正在拷到U盘并读回核对"
        self._shell.jobs.library(work, self._carried, self._not_carried, title=title)

    def _carried(self, copy: Copy) -> None:
        self.stick.setEnabled(True)
        size = max(1, round(copy.file.stat().st_size / 1024 / 1024))
        words = f"已拷出并从U盘读回核对：{copy.file.name}（{size}MB），请在系统中弹出后再拔"
        self._shell.toast(words)
        self._made(None)

    def _not_carried(self, error: Exception) -> None:
        self.stick.setEnabled(True)
        self._shell.messages.report(error)


def said(second: Second) -> str:
    """How the second place stands, in a sentence."""
    if second.failed:
        return f"! 上次没有备份过去：{second.failed}"
    if second.at is None:
        return "! 还没有备份过去。"
    when = f"最近一次 {second.at:%Y-%m-%d %H:%M}"
    if second.current:
        return f"✓ {when}，与现在的资料相同。"
    away = "" if second.here else "。现在没有找到它，接好磁盘或U盘后自动补上"
    return f"{'!' if second.old else '·'} {when}（{second.days} 天前），之后有新的改动{away}。"
