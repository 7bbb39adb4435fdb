"""An item as it stood on a day, and which items belong to a period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import Item, ItemState
from dangjian_desktop.domain.items.rounds import dues


def item_on(item: Item, day: date) -> Item:
    """The item with what was done up to the day, and the 完成时限 that held then; where no step is
    dated its state stays."""
    history = tuple(step for step in item.history if step.on <= day)
    later = [step for step in item.history[1:] if step.state is ItemState.OPEN and step.on > day]
    due = dues(item)[-1 - len(later)]
    state = item.state
    if item.history:
        state = history[-1].state if history else ItemState.OPEN
    follow_ups = tuple(each for each in item.follow_ups if each.on <= day)
    return replace(item, state=state, history=history, follow_ups=follow_ups, due=due)


def in_period(items: Iterable[Item], period: Period, day: date) -> tuple[Item, ...]:
    """The items that were open in the period, as of the day: begun by its end, and not closed
    before its first day."""
    last = min(period.last, day)
    found = (item_on(item, last) for item in items if item.found_on <= last)
    kept = [item for item in found if item.closed_on is None or item.closed_on >= period.first]
    return tuple(sorted(kept, key=lambda item: (item.found_on, item.number, item.id)))
