"""Which items a list shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from dangjian_desktop.domain.items.duty import owes_report
from dangjian_desktop.domain.items.item import Item, ItemKind, ItemState, Source, gaps, late
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """What is left out narrows nothing; ``person`` is a name, ``part`` and ``due`` are two of
    ``PARTS``, ``due_by`` the last day until which it is due while it is open."""

    year: int | None = None
    kind: ItemKind | None = None
    part: str = ""
    due: str = ""
    person: str = ""
    source: Source | None = None
    state: ItemState | None = None
    due_by: date | None = None
    ids: frozenset[str] | None = None


def asked_gaps(item: Item) -> tuple[str, ...]:
    """What lacks of what is asked of this kind: a problem is made clear in its tasks."""
    return () if item.kind is ItemKind.PROBLEM else gaps(item)


def due_this_week(item: Item, today: date) -> bool:
    """Whether it is due between today and Sunday, and open."""
    sunday = today + timedelta(days=6 - today.weekday())
    return not item.closed and item.due is not None and today <= item.due <= sunday


Fits = Callable[[Item, date], bool]
PARTS: Mapping[str, tuple[str, Fits]] = {
    "going": ("未销号", lambda item, _today: not item.closed and item.kind is not ItemKind.DUTY),
    "late": ("逾期", lambda item, today: late(item, today) > 0),
    "week": ("本周到期", due_this_week),
    "requested": ("待核查", lambda item, _today: item.state is ItemState.REQUESTED),
    "unreported": ("本半年未报告", owes_report),
    "gaps": ("四个明确不全", lambda item, _today: not item.closed and bool(asked_gaps(item))),
    "closed": ("已销号", lambda item, _today: item.closed),
}
"""What a list is narrowed to by state and day, with the words of the choice."""


def chosen(items: Iterable[Item], wanted: ItemFilter, today: date) -> tuple[Item, ...]:
    """Those that fit: what is open first, by its day, then what is closed, the newest first."""
    parts = [PARTS[code][1] for code in (wanted.part, wanted.due) if code]
    found = [i for i in items if _fits(i, wanted) and all(fits(i, today) for fits in parts)]
    return tuple(sorted(found, key=_turn))


def _fits(item: Item, wanted: ItemFilter) -> bool:
    return (
        wanted.year in (None, item.found_on.year)
        and wanted.kind in (None, item.kind)
        and wanted.source in (None, item.source)
        and wanted.state in (None, item.state)
        and (wanted.due_by is None or _due_by(item, wanted.due_by))
        and (not wanted.person or wanted.person in people_of(item))
        and (wanted.ids is None or item.id in wanted.ids)
    )


def _due_by(item: Item, day: date) -> bool:
    return not item.closed and item.due is not None and item.due <= day


def people_of(item: Item) -> tuple[str, ...]:
    """Who carries it, by name."""
    return tuple(each.name for each in (item.responsible, item.leader) if each is not None)


def _turn(item: Item) -> tuple[bool, int, int, str]:
    day = item.due or date.max
    turn = -(item.closed_on or item.found_on).toordinal() if item.closed else day.toordinal()
    return item.closed, turn, item.found_on.toordinal(), item.id
