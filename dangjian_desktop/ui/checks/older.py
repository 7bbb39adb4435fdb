"""Years that are not judged yet are judged one after the other, while nothing else is asked."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot

from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.timers import once

BETWEEN = 200
"""Milliseconds between two years."""


class OlderYears(QObject):
    """``go_on`` judges one more year and tells whether that was the last; then ``judged``."""

    judged = Signal()

    def __init__(self, jobs: Jobs, go_on: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._jobs, self._go_on = jobs, go_on
        self._next = once(self, BETWEEN, self._judge)

    def start(self) -> None:
        """Go on with what is left."""
        self._next.start()

    @Slot()
    def _judge(self) -> None:
        if self._jobs.busy:
            self._next.start()
        else:
            self._jobs.library(self._go_on, self._went_on)

    def _went_on(self, complete: bool) -> None:
        if complete:
            self.judged.emit()
        else:
            self._next.start()
