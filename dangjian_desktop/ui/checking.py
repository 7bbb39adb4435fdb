"""A big library is looked at behind the window, which shows it meanwhile and lets nobody save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from dangjian_desktop.ui.desk.timers import once

TITLE = "正在核对资料库"
WHOLE = "资料库已核对，内容完好，现在可以修改"
AGAIN = 1_000


class Checking(QObject):
    """Belongs to the running program; whatever is found waits while the window is locked."""

    def __init__(self, program: Any, close: Callable[[Any], None]) -> None:
        super().__init__(program)
        self._program, self._close = program, close
        self._desk: Any = None
        self._again = once(self, AGAIN, self._renew)

    def begin(self, desk: Any) -> None:
        """Look at what was left for later when it was opened."""
        self._again.stop()
        self._desk = desk
        if desk.unchecked:
            done, failed = partial(self._whole, desk), partial(self._damaged, desk)
            self._program.jobs.beside(desk.check_whole, done, failed, title=TITLE)

    def _whole(self, desk: Any, _result: object) -> None:
        if self._program.desk is desk:
            self._program.locking.once_open(self._renew)

    def _renew(self) -> None:
        """Pages are made for reading only or for more: all are made anew, once nothing stands
        before the window that would go with it."""
        program = self._program
        if program.desk is not self._desk or program.window is None:
            return
        if QApplication.activeModalWidget() or QApplication.activePopupWidget():
            self._again.start()
        else:
            program.window.leave_all(self._show_anew)

    def _show_anew(self) -> None:
        program, desk = self._program, self._desk
        here = program.window.here
        program.leave_windows()
        program.show_desk(desk)
        program.window.go(here)
        if not desk.read_only:
            program.shell.toast(WHOLE)

    def _damaged(self, desk: Any, error: Exception) -> None:
        if self._program.desk is desk:
            self._program.locking.once_open(partial(self._give_up, desk, error))

    def _give_up(self, desk: Any, error: Exception) -> None:
        """Let go of it, and show the ways back."""
        program = self._program
        program.desk = None
        program.jobs.cancel_all()
        program.say_closing("资料库已损坏，正在查看……")
        then = partial(self._given_up, desk, error)
        program.jobs.library(partial(self._close, desk), then, then, title="正在查看资料库")

    def _given_up(self, desk: Any, error: Exception, _result: object) -> None:
        self._program.recovering.refused(desk.path, error)
