"""Where the numbers of a chart stand: beside their places, clear of lines and of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from dangjian_desktop.frozen import dataclass

Line = tuple[float, float, float, float]
_GAP, _STEP, _STEPS = 4.2, 5.0, 4
_MARGIN = 1.0


@dataclass(frozen=True, slots=True)
class Labels:
    """Places labels one after another between ``floor`` and ``ceiling``; ``lines`` (x1, y1, x2,
    y2, from left to right) are those to keep clear of. All in points."""

    lines: Sequence[Line]
    floor: float
    ceiling: float
    _taken: list[Line] = field(default_factory=list)

    def place(self, x: float, y: float, size: tuple[float, float], *, below: bool | None) -> float:
        """The lower edge of a label of this width and height for the point: the nearest place
        above it (or ``below``, where that is the better side) that touches least; only above it
        with None."""
        wide, high = size
        inside = [low for low in self._places(y, high, below=below) if self._fits(low, high)]
        lows = inside or [y + _GAP]
        left, right = x - wide / 2, x + wide / 2
        best = min(lows, key=lambda low: self._touched((left, low, right, low + high)))
        self._taken.append((left, best, right, best + high))
        return best

    def _places(self, y: float, high: float, *, below: bool | None) -> Iterator[float]:
        for step in range(_STEPS):
            over, under = y + _GAP + step * _STEP, y - _GAP - step * _STEP - high
            if below is None:
                yield over
            else:
                yield from (under, over) if below else (over, under)

    def _fits(self, low: float, high: float) -> bool:
        return low >= self.floor and low + high <= self.ceiling

    def _touched(self, box: Line) -> int:
        left, low, right, high = box
        others = sum(left < r and right > x and low < h and high > y for x, y, r, h in self._taken)
        return 2 * others + sum(_crosses(line, box) for line in self.lines)


def _crosses(line: Line, box: Line) -> bool:
    """Whether a line comes into the box or nearer than the margin."""
    (x1, y1, x2, y2), (left, low, right, high) = line, box
    first, last = max(x1, left), min(x2, right)
    if first > last:
        return False
    rise = (y2 - y1) / (x2 - x1) if x2 > x1 else 0.0
    ends = (y1 + rise * (first - x1), y1 + rise * (last - x1))
    return min(ends) < high + _MARGIN and max(ends) > low - _MARGIN
