"""A form as it lies on paper, drawn from its grids: a blank is chosen by clicking into it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dangjian_desktop.domain.blank_forms.form import BlankForm
from dangjian_desktop.ui.blank_forms.blanks import BlankLine
from dangjian_desktop.ui.blank_forms.laying import PAD, Placed, lay_out
from dangjian_desktop.ui.look.theme import Theme

_LINE, _WIDTH = 24, 560
_FROM_TOP = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_WRAP = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
_STEPS = {
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
}
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FormDrawing(QWidget):
    """Shows a form; ``passed`` tells the blank that a key went to, ``asked`` the one that was
    clicked or chosen by a key, whose source is to be told."""

    asked = Signal(str)
    passed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._form: BlankForm | None = None
        self._lines: Mapping[str, BlankLine] = {}
        self._placed: tuple[Placed, ...] = ()
        self._current = ""
        self.setAccessibleName("空表的样子")
        self.setAccessibleDescription("点空格可以选中；用方向键换一个空格，回车选它填什么。")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._laid_out)

    def show_form(self, form: BlankForm, lines: Mapping[str, BlankLine]) -> None:
        """Draw this form with what goes into it."""
        self._form, self._lines = form, lines
        self._laid_out()

    def set_current(self, key: str) -> None:
        """Mark the blank that is looked at."""
        self._current = key
        self.update()

    def place_of(self, key: str) -> QRectF:
        """Where a blank is drawn; an empty rectangle for one that is not."""
        found = (placed.place_of(key) for placed in self._placed if key in placed.keys)
        return next(found, QRectF())

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(self._theme.px(_WIDTH), self.minimumHeight())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        key = self._key_at(event.position().x(), event.position().y())
        if key:
            self.asked.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        keys = list(self._lines)
        step = _STEPS.get(Qt.Key(event.key()))
        if event.key() in _CHOOSING and self._current in keys:
            self.asked.emit(self._current)
        elif step is not None and keys:
            at = keys.index(self._current) + step if self._current in keys else 0
            self.passed.emit(keys[min(max(at, 0), len(keys) - 1)])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        self.update()
        super().focusOutEvent(event)

    def resizeEvent(self, event: QEvent) -> None:  # noqa: D102
        self._laid_out()

    def event(self, event: QEvent) -> bool:  # noqa: D102
        if isinstance(event, QHelpEvent):
            line = self._lines.get(self._key_at(event.pos().x(), event.pos().y()))
            made = line.proposal if line else None
            QToolTip.showText(event.globalPos(), made.reason if made else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        painter = QPainter(self)
        painter.fillRect(event.rect(), self._theme.color("surface"))
        painter.setPen(self._theme.color("text"))
        if not self._titled():
            top = QRectF(0, 0, self.width(), self._theme.px(_LINE))
            title = self._form.title if self._form else ""
            painter.drawText(top, Qt.AlignmentFlag.AlignCenter, title)
        for placed in self._placed:
            if placed.place.intersects(QRectF(event.rect())):
                self._draw(painter, placed)

    def _draw(self, painter: QPainter, placed: Placed) -> None:
        line = self._lines.get(placed.key)
        if line is not None:
            painter.fillRect(placed.place, self._tint(line))
        if placed.ruled:
            painter.setPen(QPen(self._theme.color("edge"), 1))
            painter.drawRect(placed.place)
        painter.setPen(self._theme.color("soft" if line is not None and line.unknown else "text"))
        if placed.flow is not None:
            for key in placed.keys:
                for part in placed.flow.places_of(key):
                    painter.fillRect(part, self._tint(self._lines[key]))
            placed.flow.draw(painter)
        else:
            inner = placed.place.adjusted(PAD, 2, -PAD, -2)
            text = placed.text(line)
            # What is longer than its room shows its beginning.
            tall = painter.boundingRect(inner, int(_WRAP), text).height() > inner.height()
            painter.drawText(inner, _FROM_TOP if tall else _WRAP, text)
        if self._current in placed.keys:
            painter.setPen(QPen(self._theme.color("ring"), 3 if self.hasFocus() else 2))
            painter.drawRect(placed.place_of(self._current).adjusted(1, 1, -1, -1))

    def _tint(self, line: BlankLine) -> QColor:
        return self._theme.color("tint" if line.filled else "hover")

    def _titled(self) -> bool:
        """Whether the title stands among what is drawn."""
        cells = (c for grid in self._form.grids for c in grid.cells) if self._form else ()
        return any(self._form and cell.text.strip() == self._form.title for cell in cells)

    def _key_at(self, x: float, y: float) -> str:
        found = next((p for p in self._placed if p.keys and p.place.contains(x, y)), None)
        return found.key_at(x, y) if found else ""

    def _laid_out(self) -> None:
        grids = self._form.grids if self._form else ()
        top = float(PAD if self._titled() else self._theme.px(_LINE) + PAD)
        self._placed, bottom = lay_out(
            grids, self._lines, self.fontMetrics(), self.font(), self.width() - 2, top
        )
        self.setMinimumHeight(round(bottom))
        self.setMaximumHeight(round(bottom))
        self.update()
