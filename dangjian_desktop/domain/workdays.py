"""Working days (工作日): Monday to Friday, but for the holidays of years that are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from dangjian_desktop.frozen import dataclass

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked; in a year that is none of ``years`` the weekday alone tells.

    ``off`` are days of holidays, ``worked`` the days of weekends worked in their place.
    """

    years: frozenset[int] = frozenset()
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def count(self, first: date, last: date) -> int:
        """The working days from ``first`` to ``last``, both counted; 0 where ``last`` is before."""
        weeks, rest = divmod(max((last - first).days + 1, 0), 7)
        begun = (first + timedelta(days=n) for n in range(rest))
        usual = weeks * _SATURDAY + sum(day.weekday() < _SATURDAY for day in begun)
        lost = sum(day.weekday() < _SATURDAY for day in _within(self.off, first, last))
        won = sum(day.weekday() >= _SATURDAY for day in _within(self.worked, first, last))
        return usual - lost + won

    def knows(self, first: date, last: date) -> bool:
        """Whether the holidays of every year between the two days are known."""
        return self.years.issuperset(range(first.year, last.year + 1))


WEEKDAYS = Workdays()
"""Monday to Friday, where no holidays are known."""


def _within(days: Iterable[date], first: date, last: date) -> Iterable[date]:
    return (day for day in days if first <= day <= last)
