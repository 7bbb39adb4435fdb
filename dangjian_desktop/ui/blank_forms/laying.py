"""Where the cells and words of a form lie in its picture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from dangjian_desktop.domain.blank_forms.form import Cell, Grid
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.ui.blank_forms.blanks import BlankLine
from dangjian_desktop.ui.blank_forms.pieces import Piece, pieces_of

PAD = 5
_GAP, _BETWEEN, _MOST_LINES = 18, 4, 6
_WRAP = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class Flow:
    """A text with blanks inside of it, broken into lines."""

    def __init__(self, pieces: Sequence[Piece], font: QFont, width: float) -> None:
        self._pieces = pieces
        # A line feed would end the paragraph that is laid out.
        text = "".join(piece.text for piece in pieces).replace("\n", "\u2028")
        self._layout = QTextLayout(text, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self.height = 0.0
        self._at = QPointF()
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(max(width, 20.0))
            line.setPosition(QPointF(0, self.height))
            self.height += line.height()
        self._layout.endLayout()

    def move(self, at: QPointF) -> None:
        """Lay it with its corner here."""
        self._at = at

    def draw(self, painter: QPainter) -> None:
        """Draw it where it lies."""
        self._layout.draw(painter, self._at)

    def places_of(self, key: str) -> Iterator[QRectF]:
        """Where a blank lies, once for each line."""
        for piece in self._pieces:
            if piece.key == key:
                yield from self._places(piece)

    def key_at(self, x: float, y: float) -> str:
        """The blank at a point, else the nearest one of the text."""
        inside = QPointF(x, y) - self._at
        numbers = range(self._layout.lineCount())
        lines = [self._layout.lineAt(number) for number in numbers]
        line = min(lines, key=lambda each: abs(each.y() + each.height() / 2 - inside.y()))
        at = _plain(line.xToCursor(inside.x()))
        blanks = [piece for piece in self._pieces if piece.key]
        return min(blanks, key=lambda p: max(p.start - at, at - p.end, 0)).key

    def _places(self, piece: Piece) -> Iterator[QRectF]:
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            first = max(piece.start, line.textStart())
            last = min(piece.end, line.textStart() + line.textLength())
            if first < last:
                left, right = _plain_x(line.cursorToX(first)), _plain_x(line.cursorToX(last))
                yield QRectF(
                    self._at.x() + left, self._at.y() + line.y(), right - left, line.height()
                )


def _plain(told: Any) -> int:
    # Qt tells also where the line was asked, as a second value.
    return int(told[0] if isinstance(told, tuple) else told)


def _plain_x(told: Any) -> float:
    return float(told[0] if isinstance(told, tuple) else told)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it is drawn; ``keys`` are those of its blanks, none for a label."""

    cell: Cell
    place: QRectF
    keys: tuple[str, ...]
    ruled: bool
    flow: Flow | None = field(default=None)

    @property
    def key(self) -> str:
        """The blank that the whole cell is, if it is one."""
        return self.keys[0] if self.keys and self.flow is None else ""

    def text(self, line: BlankLine | None) -> str:
        """What stands in it; words that stay are below what is written."""
        own = self.cell.text
        if line is None or not line.text:
            return own
        return f"{line.text}\n{own.strip()}" if own.strip(" _＿\u3000\n年月日") else line.text

    def place_of(self, key: str) -> QRectF:
        """Where one of its blanks is."""
        parts = list(self.flow.places_of(key)) if self.flow else []
        whole = self.place if not parts else parts[0]
        for part in parts[1:]:
            whole = whole.united(part)
        return whole

    def key_at(self, x: float, y: float) -> str:
        """The blank at a point of it."""
        return self.flow.key_at(x, y) if self.flow else self.key


def lay_out(
    grids: Sequence[Grid],
    lines: Mapping[str, BlankLine],
    metrics: QFontMetrics,
    font: QFont,
    width: float,
    top: float,
) -> tuple[tuple[Placed, ...], float]:
    """Everything of a form one below another from ``top`` on, and where it ends."""
    placed: list[Placed] = []
    rows = {key: name for name, line in lines.items() for r in line.blank.rows for key in r}
    for grid in grids:
        own = _Grid(grid, lines, rows, metrics, font, width)
        placed += own.placed(top)
        top = own.bottom(top) + (_GAP if grid.ruled else _BETWEEN)
    return tuple(placed), top


class _Grid:
    """One table, sheet or paragraph; ``rows`` are the names of blanks of rows by their cells."""

    def __init__(
        self,
        grid: Grid,
        lines: Mapping[str, BlankLine],
        rows: Mapping[str, str],
        metrics: QFontMetrics,
        font: QFont,
        width: float,
    ) -> None:
        self._grid, self._lines, self._rows, self._metrics = grid, lines, rows, metrics
        self._edges = list(self._columns(width))
        self._flows = {
            cell: Flow(pieces, font, self._room(cell))
            for cell in grid.cells
            if cell.key and (pieces := pieces_of(cell.text, cell.key, lines))
        }
        self._heights = self._rows_of()

    def bottom(self, top: float) -> float:
        """Where it ends when it begins at ``top``."""
        return top + sum(self._heights)

    def placed(self, top: float) -> Iterator[Placed]:
        """Its cells."""
        tops = [top]
        for height in self._heights:
            tops.append(tops[-1] + height)
        for cell in self._grid.cells:
            left, right = self._span(cell)
            upper, lower = tops[cell.row], tops[min(cell.row + cell.down, len(tops) - 1)]
            place = QRectF(left, upper, right - left, lower - upper)
            flow = self._flows.get(cell)
            if flow is not None:
                flow.move(QPointF(left + PAD, upper + max(PAD, (lower - upper - flow.height) / 2)))
            yield Placed(cell, place, self._keys(cell), self._grid.ruled, flow)

    def _keys(self, cell: Cell) -> tuple[str, ...]:
        whole = self._rows.get(cell.key) or (cell.key if cell.key in self._lines else "")
        if cell not in self._flows:
            return (whole,) if whole else ()
        pieces = pieces_of(cell.text, cell.key, self._lines)
        inside = dict.fromkeys(piece.key for piece in pieces if piece.key)
        return (*inside, whole) if whole else tuple(inside)

    def _columns(self, width: float) -> Iterator[float]:
        count = max((cell.column + cell.across for cell in self._grid.cells), default=1)
        shares = list(self._grid.widths[:count]) + [0.0] * (count - len(self._grid.widths))
        mean = sum(shares) / max(sum(1 for s in shares if s), 1) or 1.0
        shares = [share or mean for share in shares]
        edge = 1.0
        yield edge
        for share in shares:
            edge += width * share / sum(shares)
            yield edge

    def _span(self, cell: Cell) -> tuple[float, float]:
        return self._edges[cell.column], self._edges[
            min(cell.column + cell.across, len(self._edges) - 1)
        ]

    def _room(self, cell: Cell) -> float:
        left, right = self._span(cell)
        return max(right - left - 2 * PAD, 20.0)

    def _rows_of(self) -> list[float]:
        count = max((cell.row + cell.down for cell in self._grid.cells), default=0)
        line = float(self._metrics.height())
        heights = [line + (2 * PAD if self._grid.ruled else 2)] * count
        for cell in self._grid.cells:
            if cell.down == 1:
                heights[cell.row] = max(heights[cell.row], self._needed(cell) + 2 * PAD)
        return heights

    def _needed(self, cell: Cell) -> float:
        if cell in self._flows:
            return self._flows[cell].height
        text = Placed(cell, QRectF(), (), ruled=True).text(self._lines.get(cell.key))
        if not text:
            return 0.0
        room = int(self._room(cell))
        needed = self._metrics.boundingRect(0, 0, room, 10_000, int(_WRAP), text).height()
        return float(min(needed, self._metrics.height() * _MOST_LINES))
