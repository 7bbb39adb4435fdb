"""Nobody was at the window for a while."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow

LOOK_EVERY = 10_000
_INPUT = frozenset(
    {
        *(QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove),
        *(QEvent.Type.Wheel, QEvent.Type.TouchBegin, QEvent.Type.InputMethod),
    }
)


class Idle(QObject):
    """Sends ``idle`` after so many minutes without a key or a movement of the mouse, also where
    the computer slept meanwhile. Windows are watched, not every widget in them."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._seconds = 0
        self._last = self._looked = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY)
        self._timer.timeout.connect(self.look)

    def set_minutes(self, minutes: int | None) -> None:
        """Begin to watch; nothing or 0 stops."""
        self._seconds = 60 * (minutes or 0)
        self._stir()
        application: QGuiApplication = QGuiApplication.instance()  # type: ignore[assignment]
        if self._seconds and not self._timer.isActive():
            application.focusWindowChanged.connect(self._watch)
            for window in application.allWindows():
                window.installEventFilter(self)
            self._timer.start()
        elif not self._seconds and self._timer.isActive():
            application.focusWindowChanged.disconnect(self._watch)
            for window in application.allWindows():
                window.removeEventFilter(self)
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() in _INPUT:
            self._stir()
        return super().eventFilter(watched, event)

    @Slot()
    def look(self) -> None:
        """Whether it is time: by a clock that runs on evenly, and by the one that does while the
        computer sleeps; one that was set gives no more time."""
        (even, day), (_, looked) = _now(), self._looked
        self._looked = even, day
        slept = day - looked > self._seconds
        if self._seconds and (slept or even - self._last[0] > self._seconds):
            self._stir()
            self.idle.emit()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # once, however often that is asked

    def _stir(self) -> None:
        self._last = _now()
        self._looked = self._looked if self._looked[0] else self._last


def _now() -> tuple[float, float]:
    return time.monotonic(), time.time()
