"""A form as it lies on paper, drawn from its grids: a blank is chosen by clicking into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from dangjian_desktop.domain.blank_forms.finding import split_key
from dangjian_desktop.domain.blank_forms.form import BlankForm, Cell, Grid
from dangjian_desktop.ui.blank_forms.blanks import BlankLine
from dangjian_desktop.ui.look.theme import Theme

_PAD, _GAP, _LINE = 5, 18, 24
_WIDTH, _MOST_LINES = 560, 6
_FROM_TOP = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_WRAP = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it is drawn; ``key`` is that of its blank, "" for a label."""

    cell: Cell
    place: QRectF
    key: str


class FormDrawing(QWidget):
    """Shows a form; ``asked`` tells the key of the blank that was clicked."""

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._form: BlankForm | None = None
        self._lines: Mapping[str, BlankLine] = {}
        self._placed: tuple[Placed, ...] = ()
        self._current = ""
        self.setAccessibleName("空表的样子")
        self.setAccessibleDescription("点空格可以选中；右边的列表用键盘也能选。")
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
        """Where a blank is drawn; an empty rectangle for one outside of all tables."""
        return next((p.place for p in self._placed if p.key == key), QRectF())

    def sizeHint(self) -> QSize:  # noqa: D102
        return QSize(self._theme.px(_WIDTH), self.minimumHeight())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        key = self._key_at(event.position().x(), event.position().y())
        if key:
            self.asked.emit(key)

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
        title = self._form.title if self._form else ""
        top = QRectF(0, 0, self.width(), self._theme.px(_LINE))
        painter.setPen(self._theme.color("text"))
        painter.drawText(top, Qt.AlignmentFlag.AlignCenter, title)
        for placed in self._placed:
            if placed.place.intersects(QRectF(event.rect())):
                self._draw(painter, placed)

    def _draw(self, painter: QPainter, placed: Placed) -> None:
        line = self._lines.get(placed.key)
        if line is not None:
            painter.fillRect(placed.place, self._theme.color("tint" if line.filled else "hover"))
        painter.setPen(QPen(self._theme.color("edge"), 1))
        painter.drawRect(placed.place)
        inner = placed.place.adjusted(_PAD, 2, -_PAD, -2)
        painter.setPen(self._theme.color("soft" if line is not None and line.unknown else "text"))
        text = placed.cell.text if line is None else line.text or placed.cell.text
        # What is longer than its room shows its beginning.
        tall = painter.boundingRect(inner, int(_WRAP), text).height() > inner.height()
        painter.drawText(inner, _FROM_TOP if tall else _WRAP, text)
        if line is not None and placed.key == self._current:
            painter.setPen(QPen(self._theme.color("ring"), 2))
            painter.drawRect(placed.place.adjusted(1, 1, -1, -1))

    def _key_at(self, x: float, y: float) -> str:
        return next((p.key for p in self._placed if p.key and p.place.contains(x, y)), "")

    def _laid_out(self) -> None:
        grids = self._form.grids if self._form else ()
        placed: list[Placed] = []
        top = float(self._theme.px(_LINE + _PAD))
        for grid in grids:
            placed += self._grid(grid, top)
            top = max((p.place.bottom() for p in placed), default=top) + _GAP
        self._placed = tuple(placed)
        self.setMinimumHeight(round(top))
        self.setMaximumHeight(round(top))
        self.update()

    def _grid(self, grid: Grid, top: float) -> Iterator[Placed]:
        edges = self._edges(grid)
        tops = self._tops(grid, edges, top)
        blanks = {split_key(key)[0]: key for key in reversed(list(self._lines))}
        rows = {k: key for key, line in self._lines.items() for r in line.blank.rows for k in r}
        for cell in grid.cells:
            left, right = edges[cell.column], edges[min(cell.column + cell.across, len(edges) - 1)]
            upper, lower = tops[cell.row], tops[min(cell.row + cell.down, len(tops) - 1)]
            key = rows.get(cell.key) or blanks.get(cell.key, "")
            yield Placed(cell, QRectF(left, upper, right - left, lower - upper), key)

    def _edges(self, grid: Grid) -> list[float]:
        count = max((cell.column + cell.across for cell in grid.cells), default=1)
        shares = list(grid.widths[:count]) + [0.0] * (count - len(grid.widths))
        mean = sum(shares) / max(sum(1 for s in shares if s), 1) or 1.0
        shares = [share or mean for share in shares]
        room = self.width() - 2
        edges = [1.0]
        for share in shares:
            edges.append(edges[-1] + room * share / sum(shares))
        return edges

    def _tops(self, grid: Grid, edges: list[float], top: float) -> list[float]:
        count = max((cell.row + cell.down for cell in grid.cells), default=0)
        heights = [float(self._theme.px(_LINE))] * count
        metrics = self.fontMetrics()
        most = metrics.height() * _MOST_LINES
        for cell in grid.cells:
            line = self._lines.get(cell.key)
            text = (line.text if line else "") or cell.text
            if cell.down == 1 and text:
                right = edges[min(cell.column + cell.across, len(edges) - 1)]
                room = max(int(right - edges[cell.column]) - 2 * _PAD, 20)
                needed = metrics.boundingRect(0, 0, room, 10_000, int(_WRAP), text).height()
                heights[cell.row] = max(heights[cell.row], min(needed, most) + 2 * _PAD)
        tops = [top]
        for height in heights:
            tops.append(tops[-1] + height)
        return tops
