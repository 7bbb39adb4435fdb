"""Which copies may go: a pure question of what was made when, why, and after how many changes."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Protocol

from dangjian_desktop.frozen import dataclass

NEWEST, DAILY, MONTHLY = 10, 12, 12
"""So many of the newest, and so many days and months of which the last copy stays."""
UNSOUND = 3
"""So many that are not whole: what was damaged when a copy took its place."""
PATIENT = 3
"""So many times as many days and months while the clock contradicts the order of the changes."""
BEFORE_UPGRADE, BEFORE_RESTORE, BEFORE_PURGE = "升级前", "恢复前", "清除前"
BEFORE_UPDATE = "更新前"
LONG, LAST = 60, 3
"""So many days the state before a restore, a purge or an update stays, and of each the last so many
whenever that was: who did it by mistake may notice weeks later, and nothing else has that state."""


class Dated(Protocol):
    """What is asked of a copy: local time, reason."""

    @property
    def file(self) -> Path: ...  # noqa: D102
    @property
    def at(self) -> datetime: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Generation:
    """One copy, ``whole`` where it was verified when it was made."""

    copy: Dated
    whole: bool = True


def unneeded(newest_first: Sequence[Generation], now: datetime) -> list[Generation]:
    """The copies that no rule keeps; their order is that of the changes, never of a clock.

    Kept are the newest, the last of so many days and months, every one before an upgrade, those
    before a restore, a purge or an update for long, and in any case the last that is whole. A clock
    that jumped costs no good copy: days are counted in the order of the changes, and more of them
    while the two orders disagree.
    """
    whole = [each for each in newest_first if each.whole]
    many = PATIENT if _contradicted(newest_first, now) else 1
    kept = {
        *map(id, whole[:NEWEST]),
        *map(id, [each for each in newest_first if not each.whole][:UNSOUND]),
        *_last_of(whole, "%Y-%m-%d", DAILY * many),
        *_last_of(whole, "%Y-%m", MONTHLY * many),
        *(id(each) for each in whole if each.copy.reason == BEFORE_UPGRADE),
        *_before(BEFORE_RESTORE, whole, now),
        *_before(BEFORE_PURGE, whole, now),
        *_before(BEFORE_UPDATE, whole, now),
    }
    return [each for each in newest_first if id(each) not in kept]


def _before(reason: str, newest_first: Sequence[Generation], now: datetime) -> Iterator[int]:
    """Those made for this reason that stay; one from a day yet to come is a new one."""
    found = [each for each in newest_first if each.copy.reason == reason]
    for number, each in enumerate(found):
        if number < LAST or now - each.copy.at <= timedelta(days=LONG):
            yield id(each)


def _last_of(newest_first: Sequence[Generation], span: str, most: int) -> Iterator[int]:
    """The last copy of each of the newest days or months.

    Where the clock went back between two copies the days before are other ones than those after:
    one that bears the name of a day long gone does not stand for it.
    """
    seen: set[Hashable] = set()
    run, before = 0, None
    for each in newest_first:
        run += before is not None and each.copy.at > before
        before = each.copy.at
        name = run, each.copy.at.strftime(span)
        if name not in seen and len(seen) < most:
            seen.add(name)
            yield id(each)


def _contradicted(newest_first: Sequence[Generation], now: datetime) -> bool:
    """Whether a copy with more changes bears an earlier time, or one a time yet to come."""
    times = [now, *(each.copy.at for each in newest_first)]
    return any(earlier > later for later, earlier in pairwise(times))
