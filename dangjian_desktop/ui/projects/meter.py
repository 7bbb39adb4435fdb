"""How much is done against how much of the time is gone, as a bar with its words."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import label, row_of
from dangjian_desktop.ui.projects.listing import percent_text


class Meter(QWidget):
    """The filled part is what is finished, the mark where the time stands."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._bar = _Bar(theme)
        self.words = label("", "soft")
        row_of((self._bar, 1), self.words, on=self, gap=10)

    def show_progress(self, percent: Decimal, gone: Decimal | None) -> None:
        """Per cent finished, and per cent of the time."""
        self._bar.show_shares(float(percent) / 100, None if gone is None else float(gone) / 100)
        self.words.setText(f"完成 {percent_text(percent)}　时间已过 {percent_text(gone)}")


class _Bar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._done, self._gone = 0.0, 0.0
        self._marked = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("色条为完成的节点权重，竖线为已过的时间")

    def show_shares(self, done: float, gone: float | None) -> None:
        self._done, self._gone = done, gone or 0.0
        self._marked = gone is not None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self._theme.px(8)
        whole = QRectF(1, (self.height() - high) / 2, self.width() - 2, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hover"))
        painter.drawRoundedRect(whole, high / 2, high / 2)
        if self._done:
            painter.setBrush(self._theme.color("good"))
            done = QRectF(whole)
            done.setWidth(max(whole.width() * self._done, high))
            painter.drawRoundedRect(done, high / 2, high / 2)
        if self._marked:
            painter.setPen(QPen(self._theme.color("text"), 2))
            x = whole.left() + (whole.width() - 1) * self._gone
            painter.drawLine(int(x), 0, int(x), self.height())
        painter.end()
