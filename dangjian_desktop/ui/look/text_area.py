"""The field for texts of several lines."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit


class TextArea(QPlainTextEdit):
    """Shows no hint under what an input method has not committed yet, and leaves files that are
    dragged over it to what keeps them."""

    hint = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: D102
        self.setPlaceholderText("" if event.preeditString() else self.hint)
        super().inputMethodEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: D102
        files = any(url.isLocalFile() for url in source.urls())
        return not files and super().canInsertFromMimeData(source)
