"""Text that an input method is composing is kept when a click or a shortcut comes between."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

_LEAVING = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Shortcut, QEvent.Type.TouchBegin})


class Composing(QObject):
    """Qt lets go of what is composed in such a moment: it commits nothing, and the text is gone.

    Only the object with the focus is watched; all events are looked at only while something is
    being composed, so that typing and scrolling cost nothing. Esc still gives the text up.
    """

    def __init__(self, application: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._application = application
        self._target: QObject | None = None
        self._text = ""
        application.focusObjectChanged.connect(self._follow)
        self._follow(application.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if watched is self._target and isinstance(event, QInputMethodEvent):
            self._hold(event.preeditString())
        elif self._text and event.type() in _LEAVING:
            self._commit()
        return False

    @Slot(QObject)
    def _follow(self, target: QObject | None) -> None:
        if target is self._target:
            return
        if self._text:
            self._commit()
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        self._target = target
        if target is not None:
            target.installEventFilter(self)

    def _hold(self, text: str) -> None:
        if text and not self._text:
            self._application.installEventFilter(self)
        elif self._text and not text:
            self._application.removeEventFilter(self)
        self._text = text

    def _commit(self) -> None:
        text, target = self._text, self._target
        self._hold("")
        if target is None or not isValid(target):
            return
        event = QInputMethodEvent()
        # Some engines show the letters in groups: 'zhou li feng' was typed as one word.
        event.setCommitString(text.replace(" ", "") if text.isascii() else text)
        QApplication.sendEvent(target, event)
        QGuiApplication.inputMethod().reset()
