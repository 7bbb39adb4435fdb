"""Where the window lies when a screen is taken away or becomes smaller."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QObject, QPoint, QRect, Slot
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


class Screens(QObject):
    """Brings a window back that would lie where no screen is any more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = cast("QGuiApplication", QGuiApplication.instance())
        application.screenRemoved.connect(self._on_removed)
        application.screenAdded.connect(self._hear)
        for screen in QGuiApplication.screens():
            self._hear(screen)

    @Slot(QScreen)
    def _hear(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self.look)

    @Slot(QScreen)
    def _on_removed(self, gone: QScreen) -> None:
        self._look([screen for screen in QGuiApplication.screens() if screen is not gone])

    @Slot()
    def look(self) -> None:
        """Bring the window back if it cannot be taken hold of any more."""
        self._look(QGuiApplication.screens())

    def _look(self, screens: list[QScreen]) -> None:
        place = self._window.frameGeometry()
        rooms = [screen.availableGeometry() for screen in screens]
        if rooms and not self._window.isMaximized():
            wanted = brought_back(place, rooms)
            if wanted != place:
                self._window.setGeometry(wanted)


def brought_back(place: QRect, rooms: Sequence[QRect]) -> QRect:
    """Where a window goes: where it is as long as it can be taken hold of by the middle of its
    upper edge and its screen is large enough, else into that screen or the first."""
    head = QPoint(place.center().x(), place.top())
    room = next((each for each in rooms if each.contains(head)), None)
    if room is not None and place.size() == place.size().boundedTo(room.size()):
        return place
    return moved(place, room or rooms[0])


def moved(place: QRect, room: QRect) -> QRect:
    """The same window within this room, as little moved and made smaller as may be."""
    size = place.size().boundedTo(room.size())
    left = max(room.left(), min(place.left(), room.right() + 1 - size.width()))
    top = max(room.top(), min(place.top(), room.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())
