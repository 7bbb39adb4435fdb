"""Charts drawn once, for the PDF, the window and Word; legible without colour.

Values are dots on a line or hatched bars, the baseline is a dashed line, the target one of
dashes and dots; each carries its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from math import ceil

from reportlab.graphics.shapes import (
    Circle,
    Drawing,
    Group,
    Line,
    Polygon,
    PolyLine,
    Rect,
    Shape,
    String,
)
from reportlab.lib.colors import Color, black, white

from dangjian_desktop.documents.chart import Chart, ChartKind, plain, tick_words, ticks, years
from dangjian_desktop.documents.chart_labels import Labels
from dangjian_desktop.documents.chart_labels import Line as Lined
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.model import Face, Picture
from dangjian_desktop.documents.rasters import DPI, picture_png
from dangjian_desktop.documents.strokes import marks_of
from dangjian_desktop.documents.styles import Style
from dangjian_desktop.documents.typeset import typesetter_of

WIDTH, HEIGHT = 440.0, 190.0
_TOP, _BOTTOM = 26.0, 30.0
_LEAST_SIDE = 40.0
_HEADING, _SMALL = 10.5, 8.0
_RADIUS = 2.2
_HATCH = 4.0
_BASELINE = (5.0, 3.0)
_TARGET = (9.0, 2.5, 1.5, 2.5)
_APART = _SMALL + 2
_LEAST_SLOT = 9.0
_GRID = Color(0.75, 0.75, 0.75)


def picture(chart: Chart, width: float = WIDTH, height: float = HEIGHT) -> Picture:
    """The chart as a block of a document, in points."""
    marks = marks_of(drawing(chart, width, height))
    return Picture(width, height, marks, chart.words, picture_png)


def chart_png(chart: Chart, dpi: int = DPI) -> bytes:
    """The chart as PNG in greys: the picture that Word and the window show."""
    return picture_png(picture(chart), dpi)


def drawing(chart: Chart, width: float = WIDTH, height: float = HEIGHT) -> Drawing:
    """The chart as a drawing; its fonts are named by the values of ``Face``."""
    return _Plot(chart, width, height).draw()


class _Plot:
    """Where months and numbers stand; points from the lower left corner."""

    def __init__(self, chart: Chart, width: float, height: float) -> None:
        self._chart = chart
        self._drawing = Drawing(width, height)
        self._ticks = ticks(chart.numbers, from_zero=chart.kind is ChartKind.BARS)
        self._left = max(_LEAST_SIDE, 10 + max(_wide(tick_words(tick)) for tick in self._ticks))
        levels = [_wide(f"{word}{plain(value)}") for word, value, _ in _levels(chart)]
        self._right = width - max(_LEAST_SIDE, 10 + max(levels, default=0.0))
        self._low, self._high = _BOTTOM, height - _TOP
        self._top = self._high
        self._slot = (self._right - self._left) / len(chart.months)
        texts = [plain(value) for value in chart.values if value is not None]
        longest = max(map(_wide, texts), default=0.0)
        self._upright = longest > self._slot - 2
        if self._upright:
            self._top -= longest
        self._every = ceil(_LEAST_SLOT / self._slot)

    def draw(self) -> Drawing:
        self._head()
        self._scale()
        self._months()
        known = [
            (n, self._x(n), self._y(value), plain(value))
            for n, value in enumerate(self._chart.values)
            if value is not None
        ]
        self._values([(n, x, y) for n, x, y, _ in known])
        self._levels()
        heights = {n: y for n, _, y, _ in known}
        labels = Labels(self._lines(known), self._low, self._high + 9)
        for n, x, y, text in known[:: self._every]:
            self._number(text, x, y, labels, valley=_is_valley(heights, n))
        return self._drawing

    def _lines(self, known: Sequence[tuple[int, float, float, str]]) -> list[Lined]:
        """What numbers keep clear of: baseline, target, and the line through the values."""
        levels = [self._y(value) for _, value, _ in _levels(self._chart)]
        found = [(self._left, y, self._right, y) for y in levels]
        if self._chart.kind is ChartKind.LINE:
            parts = _unbroken([(n, x, y) for n, x, y, _ in known])
            pairs = (pair for part in parts for pair in pairwise(part))
            found += [(a, b, x, y) for (_, a, b), (_, x, y) in pairs]
        return found

    def _head(self) -> None:
        """The heading, set smaller where it is longer than the drawing is wide."""
        style = Style(Face.HEITI, _HEADING, 0.0)
        wide = typesetter_of(bundled_fonts()).natural_width(self._chart.heading, style)
        size = _HEADING * min(1.0, (self._drawing.width - self._left) / wide)
        self._text(self._chart.heading, self._left, self._high + 12, size, face=Face.HEITI)

    def _x(self, place: int) -> float:
        return self._left + (place + 0.5) * self._slot

    def _y(self, value: Decimal) -> float:
        low, high = self._ticks[0], self._ticks[-1]
        return self._low + float((value - low) / (high - low)) * (self._top - self._low)

    def _add(self, shape: Shape) -> None:
        self._drawing.add(shape)

    def _line(
        self, points: Sequence[float], width: float = 0.5, dash: Sequence[float] = ()
    ) -> None:
        dashes = list(dash) or None
        self._add(PolyLine(list(points), strokeWidth=width, strokeDashArray=dashes))

    def _text(
        self,
        text: str,
        x: float,
        y: float,
        size: float = _SMALL,
        *,
        anchor: str = "start",
        face: Face = Face.SONGTI,
        furniture: bool = False,
    ) -> None:
        made = String(x, y, text, fontName=face.value, fontSize=size, textAnchor=anchor)
        made.__dict__["furniture"] = furniture
        self._add(made)

    def _scale(self) -> None:
        """The numbers of the axis, with thin lines across."""
        for tick in self._ticks:
            y = self._y(tick)
            if tick != self._ticks[0]:
                self._add(Line(self._left, y, self._right, y, strokeColor=_GRID, strokeWidth=0.3))
            text = tick_words(tick)
            self._text(text, self._left - 5, y - 2.8, anchor="end", furniture=True)
        corner = (self._left, self._high, self._left, self._low, self._right, self._low)
        self._line(corner, 0.7)

    def _months(self) -> None:
        for place, month in enumerate(self._chart.months):
            x = self._x(place)
            self._line((x, self._low, x, self._low - 3))
            if place % self._every:
                continue
            words = f"{int(month[5:])}月" if self._slot >= 2.4 * _SMALL else str(int(month[5:]))
            self._text(words, x, self._low - 12, anchor="middle")
        for place in years(self._chart.months):
            words = f"{self._chart.months[place][:4]}年"
            self._text(words, self._x(place), self._low - 23, anchor="middle")

    def _values(self, known: Sequence[tuple[int, float, float]]) -> None:
        if self._chart.kind is ChartKind.BARS:
            for _, x, y in known:
                self._bar(x, y)
            return
        for part in _unbroken(known):
            self._line([place for _, x, y in part for place in (x, y)], 1.3)
        for _, x, y in known:
            self._add(Circle(x, y, _RADIUS, fillColor=black, strokeColor=None))

    def _bar(self, x: float, y: float) -> None:
        half, foot = self._slot * 0.3, self._y(max(Decimal(0), self._ticks[0]))
        low, high = min(foot, y), max(foot, y)
        left = x - half
        self._add(Rect(left, low, 2 * half, high - low, fillColor=white, strokeWidth=0.8))
        start = low - 2 * half
        while start < high:
            first = max(start, low)
            last = min(start + 2 * half, high)
            if last > first:
                self._line((left + first - start, first, left + last - start, last), 0.4)
            start += _HATCH

    def _number(self, text: str, x: float, y: float, labels: Labels, *, valley: bool) -> None:
        """The number of a value on a white ground, above its place or below a valley."""
        long = _wide(text)
        wide, high = (_SMALL, long) if self._upright else (long, _SMALL)
        above = self._upright or self._chart.kind is ChartKind.BARS
        low = labels.place(x, y, (wide, high), below=None if above else valley)
        self._ground(x - wide / 2, low, wide, high)
        if self._upright:
            made = String(0, 0, text, fontName=Face.SONGTI.value, fontSize=_SMALL)
            group = Group(made, transform=(0, 1, -1, 0, x + 0.36 * _SMALL, low))
            self._add(group)
        else:
            self._text(text, x, low + 0.8, anchor="middle")

    def _ground(self, x: float, y: float, wide: float, high: float) -> None:
        corners = [x, y, x + wide, y, x + wide, y + high, x, y + high]
        self._add(Polygon(corners, fillColor=white, strokeColor=None))

    def _levels(self) -> None:
        """Baseline and target across the plot, their numbers behind it."""
        levels = _levels(self._chart)
        places = [self._y(value) for _, value, _ in levels]
        shown = list(places)
        if len(places) == 2 and abs(places[0] - places[1]) < _APART:
            middle, up = sum(places) / 2, 1 if places[0] >= places[1] else -1
            shown = [middle + up * _APART / 2, middle - up * _APART / 2]
        for (word, value, dash), y, beside in zip(levels, places, shown, strict=True):
            self._line((self._left, y, self._right, y), 0.9, dash)
            self._text(f"{word}{plain(value)}", self._right + 4, beside - 2.8)


def _levels(chart: Chart) -> list[tuple[str, Decimal, tuple[float, ...]]]:
    """Baseline and target as far as they are known, each with its dashes."""
    known = (("基准", chart.baseline, _BASELINE), ("目标", chart.target, _TARGET))
    return [(word, value, dash) for word, value, dash in known if value is not None]


def _unbroken(
    known: Sequence[tuple[int, float, float]],
) -> list[list[tuple[int, float, float]]]:
    """Runs of neighbouring months; a month without a value breaks the line."""
    parts: list[list[tuple[int, float, float]]] = []
    for point in known:
        if parts and parts[-1][-1][0] == point[0] - 1:
            parts[-1].append(point)
        else:
            parts.append([point])
    return [part for part in parts if len(part) > 1]


def _is_valley(heights: dict[int, float], place: int) -> bool:
    """Whether the line comes down to a point and does not go on down."""
    before, here, after = heights.get(place - 1), heights[place], heights.get(place + 1)
    if before is None:
        return after is not None and after > here
    return before > here and (after is None or after >= here)


def _wide(text: str) -> float:
    style = Style(Face.SONGTI, _SMALL, 0.0)
    return typesetter_of(bundled_fonts()).natural_width(text, style)
