"""The rounds of an item: from its 挂号, or a 重新挂号, to the 销号 that ended it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.items.item import FollowUp, Item, ItemState, Step
from dangjian_desktop.domain.items.steps import VERBS
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Round:
    """``due`` is the day that held in it, None also where a later one replaced it and nobody kept
    it; ``again`` is the 重新挂号 that began it, None in the first; ``ended`` its 销号."""

    begun: date
    due: date | None
    again: Step | None
    steps: tuple[Step, ...]

    @property
    def ended(self) -> date | None:
        """The day of its 销号; None while it is open, or where nobody wrote the day down."""
        last = self.steps[-1] if self.steps else None
        return last.on if last is not None and last.state is ItemState.CLOSED else None

    @property
    def handed_in(self) -> Step | None:
        """The 申请销号 that still stands: none where it was returned since."""
        for step in reversed(self.steps):
            if step.state is ItemState.RETURNED:
                return None
            if step.state is ItemState.REQUESTED:
                return step
        return None


def rounds(item: Item) -> tuple[Round, ...]:
    """The oldest first; one where it was never registered anew."""
    history = item.history
    starts = [n for n, step in enumerate(history) if n and step.state is ItemState.OPEN]
    known = dues(item)
    ends = (*starts, len(history))
    found = []
    for number, (start, end) in enumerate(zip((0, *starts), ends, strict=True)):
        again = history[start] if number else None
        steps = history[start + 1 if again else start : end]
        begun = again.on if again else item.found_on
        found.append(Round(begun, known[number], again, steps))
    return tuple(found)


def turns(item: Item) -> Iterator[Step]:
    """The steps without which nobody understands where it stands: what went back, what was
    registered anew, and the 销号 before that."""
    last = len(item.history) - 1
    for number, step in enumerate(item.history):
        again = number > 0 and step.state is ItemState.OPEN
        undone = number < last and step.state is ItemState.CLOSED
        if again or undone or step.state is ItemState.RETURNED:
            yield step


def told_of(item: Item) -> list[FollowUp]:
    """What was told of it, the oldest first: its follow-ups, and among them what went back or
    began anew with its reason."""
    found = [*item.follow_ups]
    for step in turns(item):
        words = "，".join(filter(None, (VERBS[step.state], step.note)))
        found.append(FollowUp(step.on, step.by, words))
    return sorted(found, key=lambda each: each.on)


def dues(item: Item) -> tuple[date | None, ...]:
    """The 完成时限 of each round. A 重新挂号 keeps the one that it replaced; one that was
    recorded before it did so told none, and only a day that lies before it was there already."""
    again = [step for step in item.history[1:] if step.state is ItemState.OPEN]
    found = [item.due]
    for step in reversed(again):
        later = found[0]
        kept = later if later is not None and later < step.on else None
        found.insert(0, step.was_due or kept)
    return tuple(found)
