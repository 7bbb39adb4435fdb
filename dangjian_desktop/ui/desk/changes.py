"""Passes on what a commit has touched, from whatever thread, to the pages on the UI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal, Slot

from dangjian_desktop.domain.topics import Topic


class ChangeBus(QObject):
    """``announce`` may be called from any thread; ``changed`` comes on the UI thread."""

    changed = Signal(frozenset)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def announce(self, topics: frozenset[Topic]) -> None:
        """Tell the pages, once the UI thread is at leisure."""
        self._told.emit(topics)

    @Slot(object)
    def _pass_on(self, topics: frozenset[Topic]) -> None:
        self.changed.emit(topics)
