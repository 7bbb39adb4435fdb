"""Says that what was typed could not be kept, and offers the three ways on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame

from dangjian_desktop.errors import UserError
from dangjian_desktop.services.library.holding import NotKeptError
from dangjian_desktop.ui.desk.keeper import Keeper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.widgets import button, label, row_of

HELD = "内容已暂存在这台电脑，程序会自动再试。"
NOT_HELD = "程序会自动再试，请不要关闭程序。"


class Unkept(QFrame):
    """A banner over a form, shown from a failure of its keeper until everything is kept.

    ``name`` says what is being written. ``given_up`` comes when the user stays and wants the
    form without it; ``brought_back`` when he takes that back, by record.
    """

    given_up = Signal()
    brought_back = Signal(object)

    def __init__(self, shell: Shell, keeper: Keeper, name: Callable[[], str]) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self._shell, self._keeper, self._name = shell, keeper, name
        self.words = label("", wrap=True, name="unkept.words")
        theme = shell.theme
        self.again = button("再试", theme, name="unkept.again")
        self.aside = button("另存到别处", theme, name="unkept.aside")
        self.drop = button("放弃这些内容", theme, look="quiet", name="unkept.drop")
        self.again.clicked.connect(keeper.retry)
        self.aside.clicked.connect(self._ask_file)
        self.drop.clicked.connect(self._give_up)
        row_of((self.words, 1), self.again, self.aside, self.drop, on=self, margins=(12, 4, 8, 4))
        keeper.failed.connect(self._on_failed)
        keeper.kept.connect(self.hide)
        self.hide()

    @Slot(object)
    def _on_failed(self, error: NotKeptError) -> None:
        if not isinstance(error.cause, UserError):
            self._shell.messages.report(error.cause)
        held = HELD if error.held else NOT_HELD
        words = f"填写的内容没有存进资料库：{error.message}{error.remedy}{held}"
        said = self.words.text() == words and self.isVisible()
        self.words.setText(words)
        self.show()
        if not said:
            announce(self.words, words, urgent=True)
        if self._keeper.leaving:
            self._shell.stay(self)

    @Slot()
    def _ask_file(self) -> None:
        name = self._name().translate(dict.fromkeys(map(ord, '\\/:*?"<>|\n')))
        self._shell.choosers.save_file(
            self,
            "另存没有保存的内容（写成不加密的文本文件）",
            f"{name}（没有存进资料库）.txt",
            "文本文件 (*.txt)",
            self._write,
            purpose="aside",
        )

    def _write(self, file: Path) -> None:
        work = self._keeper.write(file)
        self._shell.jobs.papers(lambda _step: work(), partial(self._written, file))

    def _written(self, file: Path, _done: None) -> None:
        self._shell.toast(f"已另存到：{file.name}，是不加密的文本文件")
        if self._keeper.leaving:
            self.hide()
            self._keeper.give_up()

    @Slot()
    def _give_up(self) -> None:
        held, leaving = self._keeper.held(), self._keeper.leaving
        self.hide()
        self._keeper.give_up()
        if not leaving:
            self.given_up.emit()
        self._shell.toast("已放弃没有保存的内容", partial(self._bring_back, held))

    def _bring_back(self, held: Mapping[str, Any]) -> None:
        for uid, content in held.items():
            self._keeper.keep(uid, content)
        self.brought_back.emit(held)
