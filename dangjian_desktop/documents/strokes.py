"""A drawing of reportlab as the strokes and labels that a page of ours is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, pi, sin
from typing import Any

from reportlab.graphics.renderbase import Renderer, getStateDelta
from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Line,
    Polygon,
    PolyLine,
    Rect,
    Shape,
    String,
    transformPoint,
)
from reportlab.lib.colors import Color

from dangjian_desktop.documents.model import Anchor, Face, Label, Stroke

_CORNERS = 24
_ANCHORS = {"start": Anchor.START, "middle": Anchor.MIDDLE, "end": Anchor.END}


def marks_of(drawing: Drawing) -> tuple[Stroke | Label, ...]:
    """The marks of a drawing in the order in which they lie upon each other.

    Fonts are named by the values of ``Face``. A string whose ``furniture`` is set is no part
    of the document's text.
    """
    marks: list[Stroke | Label] = []
    _Strokes(marks).draw(drawing, _Paper(), showBoundary=False)
    return tuple(marks)


class _Paper:
    """The canvas that a renderer asks for; everything is kept by the renderer itself."""

    def saveState(self) -> None:
        """Nothing to save."""

    def restoreState(self) -> None:
        """Nothing to restore."""


class _Strokes(Renderer):  # type: ignore[misc]
    """Collects the shapes of a drawing, each with the transformation it stands under."""

    def __init__(self, marks: list[Stroke | Label]) -> None:
        self._marks = marks

    def drawNode(self, node: Shape) -> None:
        self._tracker.push(getStateDelta(node))
        self.drawNodeDispatcher(node)
        self._tracker.pop()

    def applyStateChanges(self, delta: dict[str, Any], state: dict[str, Any]) -> None:
        """Colours and widths are read from the shapes when they are drawn."""

    def drawLine(self, line: Line) -> None:
        self._stroke(line, (line.x1, line.y1, line.x2, line.y2))

    def drawPolyLine(self, p: PolyLine) -> None:
        self._stroke(p, p.points)

    def drawPolygon(self, p: Polygon) -> None:
        self._stroke(p, p.points, closed=True)

    def drawRect(self, rect: Rect) -> None:
        left, low, right, high = rect.x, rect.y, rect.x + rect.width, rect.y + rect.height
        self._stroke(rect, (left, low, right, low, right, high, left, high), closed=True)

    def drawCircle(self, circle: Circle) -> None:
        angles = (2 * pi * n / _CORNERS for n in range(_CORNERS))
        points = (
            place
            for angle in angles
            for place in (circle.cx + circle.r * cos(angle), circle.cy + circle.r * sin(angle))
        )
        self._stroke(circle, tuple(points), closed=True)

    def drawString(self, string: String) -> None:
        transform = self._tracker.getCTM()
        x, y = transformPoint(transform, (string.x, string.y))
        self._marks.append(
            Label(
                string.text,
                x,
                y,
                string.fontSize,
                _ANCHORS[string.textAnchor],
                Face(string.fontName),
                upright=abs(transform[1]) > abs(transform[0]),
                furniture=getattr(string, "furniture", False),
            )
        )

    def _stroke(self, shape: Shape, flat: Sequence[float], *, closed: bool = False) -> None:
        transform = self._tracker.getCTM()
        pairs: Iterable[tuple[float, float]] = zip(flat[::2], flat[1::2], strict=True)
        fill = getattr(shape, "fillColor", None) if closed else None
        self._marks.append(
            Stroke(
                tuple(transformPoint(transform, pair) for pair in pairs),
                shape.strokeWidth if shape.strokeColor is not None else 0.0,
                tuple(shape.strokeDashArray or ()),
                closed,
                None if fill is None else _gray(fill),
                0.0 if shape.strokeColor is None else _gray(shape.strokeColor),
            )
        )


def _gray(colour: Color) -> float:
    """How bright a colour is, from 0 (black) to 1 (white)."""
    return float(colour.red + colour.green + colour.blue) / 3
