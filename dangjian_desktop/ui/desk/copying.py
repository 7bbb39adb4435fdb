"""A copy every half hour while something changed, made behind whoever works in the window."""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from dangjian_desktop.ui.desk.shell import Shell

EVERY = 30 * 60 * 1000
"""Milliseconds between two looks; whether anything changed is asked of the library, no clock."""
TITLE = "正在备份"
LOG = logging.getLogger(__name__)


class Copying(QObject):
    """Ends with its parent; what cannot be copied is said once, until it could."""

    def __init__(self, desk: Any, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._running = self._said = False
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Make a copy where something changed since the last; nobody waits for it."""
        if not self._running:
            self._running = True
            work = self._desk.copies.keep_up
            self._shell.jobs.beside(work, self._made, self._refused, title=TITLE)

    def _made(self, copy: Any) -> None:
        self._running = self._said = False
        if copy is not None:
            self._shell.set_copied(copy.at)

    def _refused(self, error: Exception) -> None:
        self._running = False
        LOG.warning("no copy was made: %s", type(error).__name__)
        if not self._said:
            self._said = True
            self._shell.messages.report(error)
