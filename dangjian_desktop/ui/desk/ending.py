"""The system ends the session or the program: what is typed is brought into safety at once."""

from __future__ import annotations

import os
import signal
from typing import cast

from PySide6.QtCore import QObject, QSocketNotifier, Slot
from PySide6.QtGui import QGuiApplication, QSessionManager
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.desk.keeper import Keeper

_SIGNALS = ("SIGTERM", "SIGHUP")


class Ending(QObject):
    """``window`` holds every form; it is closed when the system leaves the time for that."""

    def __init__(self, application: QGuiApplication, window: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        application.commitDataRequest.connect(self.on_session_end)
        application.aboutToQuit.connect(self.hold)

    @Slot()
    def hold(self) -> bool:
        """Put whatever is not kept into the second place; false where some of it is not there."""
        keepers = cast("list[Keeper]", self._window.findChildren(Keeper))
        held = [keeper.hold() for keeper in keepers]
        return all(held)

    @Slot(QSessionManager)
    def on_session_end(self, manager: QSessionManager) -> None:
        """Somebody logs off or shuts down; it is stopped only where text would be lost."""
        if not self.hold() and manager.allowsInteraction():
            manager.cancel()

    def hear_signals(self) -> None:
        """End in order when the system asks by a signal (Linux), too."""
        if os.name == "nt":
            return
        ear, mouth = os.pipe()
        os.set_blocking(mouth, False)
        signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
        for name in _SIGNALS:
            signal.signal(getattr(signal, name), _nothing)
        self._ear = QSocketNotifier(ear, QSocketNotifier.Type.Read, self)
        self._ear.activated.connect(self._on_signal)

    @Slot()
    def _on_signal(self) -> None:
        os.read(int(self._ear.socket()), 64)
        self.hold()
        self._window.close()


def _nothing(_signal: int, _frame: object) -> None:
    """The pipe tells; without a handler Python would end at once."""
