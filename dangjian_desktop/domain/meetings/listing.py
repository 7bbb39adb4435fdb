"""What a list shows of a meeting; no minutes are read for it."""

from __future__ import annotations

from datetime import date, time

from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SittingRow:
    """One line of the list. ``there`` are the members who came, in the room or by video."""

    id: str
    title: str
    date: date
    start: time | None
    end: time | None
    group: str | None
    for_year: int | None
    number: int | None
    held: bool
    late: bool
    kinds: tuple[str, ...] = ()
    there: frozenset[str] = frozenset()

    @property
    def year(self) -> int:
        """The year whose duty it fulfils: ``for_year`` where given, else that of the date."""
        return self.for_year or self.date.year
