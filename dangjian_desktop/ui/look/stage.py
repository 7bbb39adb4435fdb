"""What does not fit: one part shown at a time, parts that scroll, texts that are shortened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QWidget


class Stage(QStackedLayout):
    """One of its parts is shown; it asks for no more room than that one needs."""

    def __init__(self, holder: QWidget | None = None) -> None:
        if holder is None:
            super().__init__()
        else:
            super().__init__(holder)
        self.currentChanged.connect(self._turned)

    def minimumSize(self) -> QSize:  # noqa: D102
        item = self.itemAt(self.currentIndex())
        return item.minimumSize() if item else QSize()

    def hasHeightForWidth(self) -> bool:  # noqa: D102
        item = self.itemAt(self.currentIndex())
        return item is not None and item.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:  # noqa: D102
        item = self.itemAt(self.currentIndex())
        return item.heightForWidth(width) if item else -1

    @Slot()
    def _turned(self) -> None:
        self.invalidate()


def scrolling(inner: QWidget) -> QScrollArea:
    """A part that fills its place, and scrolls where it needs more than that; Tab goes to what
    stands in it, not to the area."""
    inner.setProperty("look", "clear")
    area = QScrollArea()
    # Made here: when one that Qt made is asked for, its binding loads every class of widgets.
    shown = QWidget(area)
    shown.setAutoFillBackground(True)
    area.setViewport(shown)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


class Shortened(QLabel):
    """A line that ends in … where there is no room for it; the whole of it is its tip."""

    def __init__(self, text: str = "", look: str = "", name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName(name)
        if look:
            self.setProperty("look", look)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        least = super().minimumSizeHint()
        return QSize(min(least.width(), 3 * self.fontMetrics().height()), least.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        room = self.contentsRect()
        metrics = self.fontMetrics()
        if metrics.horizontalAdvance(self.text()) <= room.width():
            self.setToolTip("")
            super().paintEvent(event)
            return
        self.setToolTip(self.text())
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, self.alignment(), shown)
        painter.end()
