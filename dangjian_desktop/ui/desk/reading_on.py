"""What the first page does not need is imported while nothing else is under way."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.timers import once

REST = 1_000
"""Milliseconds between two looks; after two in which nothing is under way, reading begins."""


class ReadingOn(QObject):
    """Reads part after part in the library's thread; what is asked for meanwhile comes between."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._left: list[Late] = []
        self._idle = False
        self._turn = once(self, REST, self._read_next)

    def read(self, parts: Iterable[Late]) -> None:
        """Have these read by and by."""
        self._left = [part for part in dict.fromkeys(parts) if not part.ready]
        if self._left:
            self._turn.start(REST)

    @Slot()
    def _read_next(self) -> None:
        was_idle, self._idle = self._idle, not self._jobs.busy
        if self._left and was_idle and self._idle:
            self._jobs.library(self._left.pop(0).read, self._go_on)
        elif self._left:
            self._turn.start(REST)

    def _go_on(self, _read: object) -> None:
        self._turn.start(0)
