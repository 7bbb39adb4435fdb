"""What a reader of the screen says: messages as they come.

The enumerations of QAccessible take 5 ms to load: it is reached by its module, when it is needed.
"""

from __future__ import annotations

from PySide6 import QtGui
from PySide6.QtCore import QPoint
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

SIGN = "✕ "


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a message said, wherever the focus is; an ``urgent`` one before all others."""
    said = QtGui.QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        said.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    QtGui.QAccessible.updateAccessibility(said)


class Problem(QLabel):
    """A sentence on what is wrong, with its sign before it; hidden while there is none. With
    another ``look`` (warn) it is a remark without the sign."""

    def __init__(self, name: str = "", look: str = "problem") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", look)
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str) -> None:
        """Show this in the place of what was said before; what is new is spoken."""
        new = bool(text) and (text != self.text() or self.isHidden())
        self.setText(text)
        self.setVisible(bool(text))
        if new:
            announce(self, text, urgent=self._wrong)

    def setText(self, text: str) -> None:  # noqa: D102
        wide = QFontMetrics(self.font()).horizontalAdvance(SIGN) if self._wrong else 0
        self.setContentsMargins(wide, 0, 0, 0)
        super().setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        if self._wrong and self.text():
            painter, metrics = QPainter(self), QFontMetrics(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            one = self.height() < 2 * metrics.lineSpacing()
            top = (self.height() - metrics.height()) // 2 if one else 0
            painter.drawText(QPoint(0, top + metrics.ascent()), SIGN)
            painter.end()

    @property
    def _wrong(self) -> bool:
        return str(self.property("look")) == "problem"
