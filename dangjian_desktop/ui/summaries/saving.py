"""Saves what is typed by itself: a second after the last key, and at the latest every five."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dangjian_desktop.ui.desk.jobs import Jobs

AFTER_LAST_KEY = 1000
AT_THE_LATEST = 5000
Work = Callable[[], object]


class Keeper(QObject):
    """``work`` gives, on the UI thread, what shall be done in the library's thread.

    ``kept`` comes when the last typing is safe, ``refused`` when it could not be saved; it is
    then tried again with the next key, and when the page is left.
    """

    kept = Signal()
    refused = Signal()

    def __init__(
        self,
        jobs: Jobs,
        work: Callable[[], Work],
        report: Callable[[Exception], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._work, self._report = jobs, work, report
        self.waiting = False
        self._owed: list[Work] = []
        self._idle = self._timer(AFTER_LAST_KEY)
        self._latest = self._timer(AT_THE_LATEST)

    @Slot()
    def touch(self) -> None:
        """Something was typed."""
        self.waiting = True
        self._idle.start()
        if not self._latest.isActive():
            self._latest.start()

    @Slot()
    def flush(self) -> None:
        """Save now, if anything waits."""
        owed, self._owed = self._owed, []
        if self.waiting:
            owed.append(self._work())
        self.waiting = False
        self._idle.stop()
        self._latest.stop()
        for work in owed:
            failed = partial(self._on_failed, work)
            self._jobs.library(work, self._on_kept, failed, title="正在保存")

    def _on_kept(self, _result: object) -> None:
        if not self.waiting and not self._owed:
            self.kept.emit()

    def _on_failed(self, work: Work, error: Exception) -> None:
        self._owed.append(work)
        self.refused.emit()
        self._report(error)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(self.flush)
        return timer
