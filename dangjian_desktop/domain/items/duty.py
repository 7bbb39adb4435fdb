"""Standing duties by half-year: what was reported in each, and where nothing was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import FollowUp, Item, ItemKind
from dangjian_desktop.frozen import dataclass

MONTHS = 6


@dataclass(frozen=True, slots=True)
class Half:
    """One half-year of a duty, with what was reported in it."""

    period: Period
    told: tuple[FollowUp, ...]

    @property
    def words(self) -> str:
        """2025-06-30 上半年已落实, one for each; empty where nothing was reported."""
        return "\n".join(f"{each.on.isoformat()} {each.text}" for each in self.told)


def halves(duty: Item, today: date) -> Iterator[Half]:
    """From that in which the duty began to the present one, the oldest first."""
    period = Period.around(duty.found_on, MONTHS)
    while period.first <= today:
        yield half_of(duty, period)
        period = period.next()


def half_of(duty: Item, period: Period) -> Half:
    """What was reported of a duty in a half-year."""
    told = sorted((each for each in duty.follow_ups if each.on in period), key=lambda f: f.on)
    return Half(period, tuple(told))


def reported(duty: Item, today: date) -> bool:
    """Whether something was reported in the present half-year."""
    return bool(half_of(duty, Period.around(today, MONTHS)).told)


def owes_report(item: Item, today: date) -> bool:
    """Whether it is a standing duty of which nothing was reported in this half-year yet."""
    return item.kind is ItemKind.DUTY and not reported(item, today)
