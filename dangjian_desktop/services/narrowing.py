"""Which records of the table of all kinds are wanted."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.storage.stored import StoredFilter


def narrowed(year: int | None = None, text: str = "", period: Period | None = None) -> StoredFilter:
    """Which records are wanted, by their day and words; 0 or None is every year."""
    first, last = (None, None) if period is None else (period.first, period.last)
    return StoredFilter(year=year or None, text=text, first=first, last=last)
