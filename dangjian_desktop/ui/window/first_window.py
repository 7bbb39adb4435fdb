"""The first window: make a library, open one, look at the example, or take a recent one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QWidget

from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.drops import LIBRARY, Drops
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.window.banner import Banner
from dangjian_desktop.ui.window.first_steps import NewStep, StartStep
from dangjian_desktop.ui.window.keys import Keyed
from dangjian_desktop.ui.window.strip import Strip

LIBRARIES = "支部资料 (*.dangjian)"
TO_OPEN = "支部资料，或U盘带来的 .zip (*.dangjian *.zip)"
HIGH = 640
"""How high a step is at most, in pixels at the base size."""


class FirstWindow(Keyed):
    """Emits what is wanted; does nothing to files itself. What is brought back comes with what it
    is to be locked with, a secret and a password, or nothing."""

    new_asked = Signal(str, str, Path)
    open_asked = Signal(Path)
    demo_asked = Signal(Path)
    bring_asked = Signal(Path, Path, object)
    locked_asked = Signal(str, str, Path, object, str)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        self._then: Callable[[object, str], object] = _nowhere
        self._back: Callable[[], object] = self._to_start
        self.setProperty("look", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner(shell.theme)
        shell.messages.noticed.connect(self.banner.show_notice)
        holder, whole = QWidget(), QWidget()
        self._steps = Stage(holder)
        self.start = StartStep(shell.theme, shell.settings)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(holder, 30)
        middle.addStretch(1)
        shell.theme.fit(holder, QWidget.setMaximumWidth, 1000)
        shell.theme.fit(holder, QWidget.setMaximumHeight, HIGH)
        self._above = QSpacerItem(0, 0)
        inside = column_of((middle, 30), ..., on=whole, gap=0)
        inside.insertSpacerItem(0, self._above)
        strip = Strip(shell.jobs, shell.theme)
        column_of((scrolling(whole), 1), self.banner, strip, on=self, gap=0)
        # The last, and at rest: Qt would measure every line before it is dressed, and once more.
        self.start.layout().setEnabled(False)
        self._steps.addWidget(self.start)
        self.start.layout().setEnabled(True)
        wanted = "这里可以放入支部资料文件（.dangjian）或U盘带来的 .zip，放入后随即打开。"
        Drops(self, shell.messages, self.open_asked.emit, wanted, (*LIBRARY, ".zip"))
        self._connect()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        # The middle of the window, also while a banner takes some of it.
        free = (self.height() - self._shell.theme.px(HIGH)) // 2
        self._above.changeSize(0, max(free, 0))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102
        super().showEvent(event)
        self.start.new.setFocus()

    def _connect(self) -> None:
        self.start.new.clicked.connect(self._to_new)
        self.start.open.clicked.connect(self._choose_library)
        self.start.demo.clicked.connect(self._choose_demo_folder)
        self.start.bring.clicked.connect(self._choose_everything)
        self.start.recent_asked.connect(self.open_asked)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._to_start)

    @cached_property
    def new(self) -> NewStep:
        """The step that asks for the new library, made when it is first wanted."""
        step = NewStep(self._shell.theme, self._shell.choosers, self._shell.settings)
        step.back.clicked.connect(self._to_start)
        step.entered.connect(self._make)
        self._steps.addWidget(step)
        return step

    @cached_property
    def password(self) -> Any:
        """The steps of a password for the new library, imported when one is wanted."""
        steps = Late("ui.window.password_steps:PasswordSteps").read()(self._shell)
        steps.left.connect(self._on_left)
        steps.entered.connect(self._on_entered)
        self._steps.addWidget(steps)
        return steps

    @Slot()
    def _on_left(self) -> None:
        self._back()

    @Slot(str, str, str, object)
    def _on_entered(self, _way: str, _present: str, word: str, secret: object) -> None:
        self._then(secret, word)

    @Slot(str, str, Path)
    def _make(self, name: str, superior: str, file: Path) -> None:
        if self.new.protect.isChecked():
            then = partial(self.locked_asked.emit, name, superior, file)
            self._ask_password(file, then, self._to_new)
        else:
            self.new_asked.emit(name, superior, file)

    def bring_refused(self, folder: Path, library: Path, error: Exception) -> None:
        """What was to be brought back was not; where it must not be without a password, that is
        asked for."""
        self._shell.messages.report(error)
        needs = Late("services.library.bringing_in:NeedsPasswordError")
        if isinstance(error, needs.read()):

            def then(secret: object, word: str) -> None:
                self._to_start()
                self.bring_asked.emit(folder, library, (secret, word))

            self._ask_password(library, then, self._to_start)

    def _ask_password(
        self, file: Path, then: Callable[[object, str], object], back: Callable[[], object]
    ) -> None:
        self._then, self._back = then, back
        self._steps.setCurrentWidget(self.password)
        self.password.begin("set", file)

    @Slot()
    def _to_new(self) -> None:
        self._steps.setCurrentWidget(self.new)
        self.new.name.setFocus()

    @Slot()
    def _to_start(self) -> None:
        self._steps.setCurrentWidget(self.start)
        self.start.new.setFocus()

    @Slot()
    def _choose_library(self) -> None:
        choose = self._shell.choosers.open_file
        choose(self, "打开支部资料", TO_OPEN, self.open_asked.emit, purpose="library")

    @Slot()
    def _choose_demo_folder(self) -> None:
        choose = self._shell.choosers.folder
        choose(self, "示例资料放在哪个文件夹", self.demo_asked.emit, purpose="demo")

    @Slot()
    def _choose_everything(self) -> None:
        title = "选择“全部导出”做出的文件夹"
        self._shell.choosers.folder(self, title, self._choose_place, purpose="everything")

    def _choose_place(self, folder: Path) -> None:
        def into(library: Path) -> None:
            self.bring_asked.emit(folder, library, None)

        title = "恢复成哪个资料文件"
        name = f"{folder.name.split('_')[0]}.dangjian"
        self._shell.choosers.save_file(self, title, name, LIBRARIES, into, purpose="library")


def _nowhere(_secret: object, _word: str) -> None:
    """Until a password is asked for."""
