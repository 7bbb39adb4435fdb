"""What another window saves in a library that is open here for reading only."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.desk.shell import Shell

EVERY = 3000
"""Milliseconds between two looks; the mark that is compared counts changes and asks no clock."""
SAID = "资料库刚有新的改动，这里显示的是最新内容"


class Watching(QObject):
    """Looks now and then whether the library is another, and has the pages ask again.

    It begins to compare with what the library is when it is made, and ends with its parent.
    """

    def __init__(self, desk: Any, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._mark: str | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._shell.jobs.busy:
            self._shell.jobs.library(self._desk.mark, self._compare, self._later)

    def _compare(self, mark: str) -> None:
        before, self._mark = self._mark, mark
        if before is not None and mark != before:
            self._shell.changes.announce(frozenset(Topic))
            self._shell.toast(SAID)

    def _later(self, _error: Exception) -> None:
        """The other one is writing, or the disk is away: the next look will tell."""
