"""What does not fit: one part shown at a time, parts that scroll, texts that are shortened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QStackedLayout,
    QWidget,
)

from dangjian_desktop.ui.look.widgets import Part, row_of


class Stage(QStackedLayout):
    """One of its parts is shown; it asks for no more room than that one needs."""

    def __init__(self, holder: QWidget | None = None) -> None:
        if holder is None:
            super().__init__()
        else:
            super().__init__(holder)
        self.currentChanged.connect(self._turned)

    def addWidget(self, part: QWidget) -> int:  # type: ignore[override]
        """Raises ``RuntimeError`` for a part that nothing holds yet: Qt shows the first one at
        once, as a window of its own, which takes the focus."""
        if self.parentWidget() is None and part.parentWidget() is None:
            raise RuntimeError(part.objectName())
        return super().addWidget(part)

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


class Scrolling(QScrollArea):
    """Asks for no more height than it needs: else a page that could scroll here scrolls as well."""

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


def scrolling(inner: QWidget) -> QScrollArea:
    """A part that fills its place, and scrolls where it needs more than that; Tab goes to what
    stands in it, not to the area."""
    inner.setProperty("look", "clear")
    area = Scrolling()
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


class TwoParts(QWidget):
    """Two parts beside each other, or the second under the first where there is no room;
    ``spare`` is room that is left for what is still to come."""

    def __init__(self, first: QLayout, second: QLayout, spare: Callable[[], int]) -> None:
        super().__init__()
        self._first, self._second, self._spare = first, second, spare
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(10)
        self._box.addLayout(first, 1)
        self._box.addLayout(second)

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            first, second = (each.minimumSize().width() for each in (self._first, self._second))
            fits = first + second + self._spare() + self._box.spacing() <= self.width()
            ways = QBoxLayout.Direction
            self._box.setDirection(ways.LeftToRight if fits else ways.TopToBottom)
        return super().event(event)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        wide = max(each.minimumSize().width() for each in (self._first, self._second))
        return QSize(wide, self._box.minimumSize().height())


def head_of(
    back: QWidget, title: QLabel | str, *parts: Part, on: QWidget | None = None
) -> QHBoxLayout:
    """The head of what stands over a page: the way back, what it is, what can be done with it."""
    shown = Shortened(title, "title") if isinstance(title, str) else title
    return row_of(back, 8, shown, *parts, on=on, gap=10)
