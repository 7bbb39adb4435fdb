"""The bare window: shown at once, before what it holds is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMainWindow, QWidget

if TYPE_CHECKING:  # the kinds of events alone take 2 ms to load
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QCloseEvent

TITLE = "党支部工作台"
SIZE = (1366, 768)
LEAST = (480, 280)
"""Within the smallest screen that is left of a common one at twice the size: 683 × 384."""


class Frame(QMainWindow):
    """Holds the first window or the desk. ``closing`` asks the program to end, ``close_asked``
    says so to one that comes later; with ``may_close`` the next closing is let through."""

    closing = Signal()

    def __init__(self, shape: QByteArray | None = None) -> None:
        super().__init__()
        self.may_close = self.close_asked = False
        self.setWindowTitle(TITLE)
        self.setMinimumSize(*LEAST)
        self._fresh = shape is None or not self.restoreGeometry(shape)
        if self._fresh:
            self.resize(*SIZE)

    def take_room(self) -> None:
        """Before the first showing of all: the whole screen where that is no larger."""
        room = self.screen().availableSize()
        if not self._fresh:
            return
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        if room.width() <= SIZE[0] or room.height() <= SIZE[1]:
            # By its module: all the enumerations of Qt take 25 ms, which most frames do not need.
            self.setWindowState(QtCore.Qt.WindowState.WindowMaximized)

    def hold(self, content: QWidget) -> None:
        """Show this in place of what was held before."""
        self.setCentralWidget(content)
        content.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102
        if self.may_close:
            event.accept()
            return
        event.ignore()
        self.close_asked = True
        self.closing.emit()
