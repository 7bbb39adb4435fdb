"""A chart before it is drawn: the values of an indicator by month, and the scale they stand on."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum
from itertools import pairwise

from dangjian_desktop.frozen import dataclass

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_TICKS = 5
# The part of the scale that stays free above and below the outermost values.
_FREE = Decimal("0.08")


class ChartKind(StrEnum):
    """How the values are drawn."""

    LINE = "line"
    BARS = "bars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """One indicator by month: ``months`` as ``YYYY-MM`` in order, a value or nothing for each.

    ``baseline`` and ``target`` are drawn as lines across. ``note`` stands behind the unit in
    the heading, such as 越高越好. Raises ``ValueError`` when months and values do not match.
    """

    title: str
    unit: str
    months: tuple[str, ...]
    values: tuple[Decimal | None, ...]
    kind: ChartKind = ChartKind.LINE
    baseline: Decimal | None = None
    target: Decimal | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if len(self.months) != len(self.values) or not self.months:
            raise ValueError("a chart needs a month for each value, and at least one")

    @property
    def heading(self) -> str:
        """Title, unit and note: 单进水平（米/月，越高越好）."""
        inside = "，".join(part for part in (self.unit, self.note) if part)
        return f"{self.title}（{inside}）" if inside else self.title

    @property
    def words(self) -> str:
        """All that the chart shows, in a sentence for those who cannot see it."""
        known = [
            f"{month_words(month)}{plain(value)}"
            for month, value in zip(self.months, self.values, strict=True)
            if value is not None
        ]
        said = f"{self.heading}：{'，'.join(known) or '各月数值未填'}"
        for word, value in (("基准值", self.baseline), ("目标值", self.target)):
            said += "" if value is None else f"；{word}{plain(value)}"
        return said + "。"

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """Every number that has to find its place on the scale."""
        found = (*self.values, self.baseline, self.target)
        return tuple(number for number in found if number is not None)


def plain(value: Decimal) -> str:
    """A number without needless zeros or exponent."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def tick_words(value: Decimal) -> str:
    """A number of the scale, all with the same places."""
    return format(value, "f")


def month_words(month: str) -> str:
    """2026年3月 for ``2026-03``."""
    return f"{month[:4]}年{int(month[5:])}月"


def ticks(numbers: Sequence[Decimal], *, from_zero: bool) -> tuple[Decimal, ...]:
    """Round numbers of equal distance, two at least, around all ``numbers``."""
    low, high = min(numbers, default=Decimal(0)), max(numbers, default=Decimal(1))
    if from_zero:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    room = ((high - low) or abs(high) or Decimal(1)) * _FREE
    low = Decimal(0) if 0 <= low < room else low - room
    high = high if from_zero and high == 0 > low else high + room
    step = _step((high - low) / _MOST_TICKS)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * (first + n) for n in range(int(last - first) + 1))


def _step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5, 10 × a power of ten that is not below ``least``."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(step * power for step in _STEPS if step * power >= least)


def years(months: Sequence[str]) -> tuple[int, ...]:
    """The places where a year has to be written: the first month and each change of year."""
    changes = (n for n, (a, b) in enumerate(pairwise(months), 1) if a[:4] != b[:4])
    return (0, *changes)
