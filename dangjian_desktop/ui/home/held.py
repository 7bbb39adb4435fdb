"""What the library could not take the last time: offered again, line by line, on the first page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.unsaved import Waiting
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.home.gathering import leads_to
from dangjian_desktop.ui.look.widgets import button, empty, frame, label, space
from dangjian_desktop.ui.records.editing import moment

SHOWN = 3


class HeldLines(QWidget):
    """One line for each: 接着写, 另存 or 放弃; hidden where nothing waits."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._shown: tuple[Waiting, ...] = ()
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 0, 0, 0), gap=6)
        self.hide()

    def load(self) -> None:
        """Look again."""
        self._shell.jobs.library(self._waiting, self._show)

    def _waiting(self) -> Sequence[Waiting]:
        return self._desk.unsaved.waiting()

    def _show(self, waiting: Sequence[Waiting]) -> None:
        if tuple(waiting) == self._shown:
            return
        self._shown = tuple(waiting)
        empty(self._column)
        for each in waiting[:SHOWN]:
            self._column.addWidget(self._line(each))
        if len(waiting) > SHOWN:
            words = f"另有 {len(waiting) - SHOWN} 份，处理后依次显示"
            self._column.addWidget(label(words, "soft"))
        self.setVisible(bool(waiting))

    def _line(self, waiting: Waiting) -> QWidget:
        card = frame("banner")
        row = QHBoxLayout(card)
        space(row, margins=(12, 4, 8, 4), gap=8)
        at = moment(waiting.held.saved_at, self._desk.clock().date())
        newer = f"。{waiting.newer}" if waiting.newer else ""
        words = f"没有存进资料库的内容（{waiting.words}，{at}）{newer}"
        row.addWidget(label(words, wrap=True), 1)
        theme = self._shell.theme
        acts = (
            (button("接着写", theme, name="held.resume"), self._ask),
            (button("另存", theme, name="held.aside"), self._ask_file),
            (button("放弃", theme, look="quiet", name="held.drop"), self._drop),
        )
        for act, do in acts:
            act.setAccessibleName(f"{act.text()}：{words}")
            act.clicked.connect(partial(do, waiting))
            row.addWidget(act)
        acts[0][0].setEnabled(not self._desk.read_only)
        return card

    def _ask(self, waiting: Waiting, *_checked: bool) -> None:
        resume = partial(self._resume, waiting)
        if not waiting.newer:
            resume()
            return
        self._shell.messages.ask(
            f"{waiting.newer}，仍要接着写这一份吗？",
            "接着写的内容会代替资料库里还没有保存的那一份；已保存的记录在您点“保存”以前不变。",
            "接着写这一份",
            resume,
            parent=self,
        )

    def _resume(self, waiting: Waiting) -> None:
        work = partial(self._desk.unsaved.take_up, waiting.held)
        self._shell.jobs.library(work, partial(self._taken, waiting), title="正在取回内容")

    def _taken(self, waiting: Waiting, _none: None) -> None:
        self._shell.open(*leads_to(waiting.held.form, waiting.held.uid))

    def _ask_file(self, waiting: Waiting, *_checked: bool) -> None:
        name = waiting.words.translate(dict.fromkeys(map(ord, '\\/:*?"<>|\n')))
        self._shell.choosers.save_file(
            self,
            "另存没有保存的内容",
            f"{name}（没有存进资料库）.txt",
            "文本文件 (*.txt)",
            partial(self._write, waiting),
            purpose="aside",
        )

    def _write(self, waiting: Waiting, file: Path) -> None:
        said = partial(self._shell.toast, f"已另存到：{file.name}")
        work = partial(self._desk.unsaved.write, file, [waiting.held])
        self._shell.jobs.papers(lambda _step: work(), lambda _none: said())

    def _drop(self, waiting: Waiting, *_checked: bool) -> None:
        unsaved, library = self._desk.unsaved, self._shell.jobs.library
        undo = partial(library, partial(unsaved.put_back, waiting.held), self._again)
        said = partial(self._dropped, waiting, undo)
        library(partial(unsaved.let_go, waiting.held), said)

    def _dropped(self, waiting: Waiting, undo: object, _none: None) -> None:
        self.load()
        self._shell.toast(f"已放弃：{waiting.words}", undo)  # type: ignore[arg-type]

    @Slot()
    def _again(self, _none: None = None) -> None:
        self.load()
