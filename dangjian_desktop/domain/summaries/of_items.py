"""Figures of what is followed: registered and closed in a period, open and overdue at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.item import Item, ItemKind, late
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over


def items_on(facts: Facts, day: date) -> Sequence[Item]:
    """Problems and tasks as they stood on the day; standing duties are no part of the count."""
    every: Iterable[Item] = facts.records.get(ITEM.code, ())
    known = (item for item in every if item.found_on <= day and item.kind is not ItemKind.DUTY)
    return [item_on(item, day) for item in known]


def registered_in(items: Iterable[Item], period: Period) -> Sequence[Item]:
    """Those that were registered in the period."""
    return [item for item in items if item.found_on in period]


def closed_in(items: Iterable[Item], period: Period) -> Sequence[Item]:
    """Those that were closed in the period, as far as the day is known."""
    return [item for item in items if item.closed_on is not None and item.closed_on in period]


def item_figures(
    facts: Facts, period: Period, day: date, over: Over = Over.PERIOD
) -> Mapping[str, Figure]:
    """``items.registered`` and ``items.closed`` of the period; of it also ``items.open`` and
    ``items.overdue`` on the day. Nothing where none was ever registered."""
    known = items_on(facts, day)
    if not known:
        return {}
    found = {
        f"{over.prefix}items.registered": _figure(registered_in(known, period), "挂号事项", over),
        f"{over.prefix}items.closed": _figure(closed_in(known, period), "销号事项", over),
    }
    if over is Over.PERIOD:
        going = [item for item in known if not item.closed]
        overdue = [item for item in going if late(item, day)]
        found["items.open"] = _figure(going, "未销号事项", Over.DAY)
        found["items.overdue"] = _figure(overdue, "逾期事项", Over.DAY)
    return found


def _figure(items: Sequence[Item], label: str, over: Over) -> Figure:
    return Figure(
        value=len(items),
        records=tuple(item.id for item in items),
        label=label,
        unit="项",
        group=Group.ITEMS,
        over=over,
    )
