"""What stands beside the window while that is locked: hidden, also what comes meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

from dangjian_desktop.ui.desk.timers import once

_PASSING = frozenset({Qt.WindowType.Popup, Qt.WindowType.ToolTip})


class Covering(QObject):
    """``begin`` hides every window but the frame, ``end`` shows those again that were to be seen.

    A hint or an open menu does not come back.
    """

    def __init__(self, frame: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._frame = frame
        self._hidden: list[QWidget] = []
        self._came: list[QWidget] = []
        self._hide_soon = once(self, 0, self._hide)

    def begin(self) -> None:
        """Hide them, from now on."""
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            if window is not self._frame and window.isVisible():
                window.hide()
                if window.windowType() not in _PASSING:
                    self._hidden.append(window)
        self._application().installEventFilter(self)

    def stop(self) -> None:
        """Hide no more; what is hidden stays so."""
        self._application().removeEventFilter(self)
        self._hide()

    def end(self) -> None:
        """Show what was hidden, in its order."""
        self.stop()
        hidden, self._hidden = self._hidden, []
        for window in hidden:
            if isValid(window):
                window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        # It comes before the window is on the screen, and hiding it here would not.
        if event.type() is QEvent.Type.Show and self._is_other(watched):
            watched.setWindowOpacity(0)  # type: ignore[attr-defined]
            self._came.append(watched)  # type: ignore[arg-type]
            self._hide_soon.start()
        return False

    def _is_other(self, watched: QObject) -> bool:
        return (
            isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._frame
            and watched.windowType() not in _PASSING
        )

    def _hide(self) -> None:
        came, self._came = self._came, []
        for window in came:
            if isValid(window) and window.isWindow():  # it may have got its place in one by now
                window.hide()
                window.setWindowOpacity(1)
                self._hidden.append(window)

    def _application(self) -> QApplication:
        return QApplication.instance()  # type: ignore[return-value]
