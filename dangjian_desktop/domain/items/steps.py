"""From 挂号 to 销号: which step may follow, and what one more of them makes of an item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.items.item import (
    NEXT,
    FollowUp,
    Item,
    ItemKind,
    ItemState,
    ending_problems,
)
from dangjian_desktop.domain.items.item import Step as Taken
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.domain.references import KeptFile, Person
from dangjian_desktop.frozen import dataclass

VERBS: Mapping[ItemState, str] = {
    ItemState.OPEN: "重新挂号",
    ItemState.DOING: "开始办理",
    ItemState.REQUESTED: "申请销号",
    ItemState.CLOSED: "核查销号",
    ItemState.RETURNED: "退回办理",
}
WITH_REASON = (ItemState.OPEN, ItemState.RETURNED)
"""Steps that nobody understands later without a reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One step that is asked for; ``due`` is the new day of a 重新挂号."""

    state: ItemState
    on: date
    by: Person | None = None
    note: str = ""
    due: date | None = None
    evidence: str | None = None
    files: tuple[KeptFile, ...] = ()
    no_evidence_because: str | None = None
    same_because: str | None = None

    def on_item(self, item: Item) -> Item:
        """The item with what 申请销号 and 核查销号 bring; what is not told stays."""
        evidence, because, same = self.evidence, self.no_evidence_because, self.same_because
        return replace(
            item,
            files=(*item.files, *self.files),
            evidence=item.evidence if evidence is None else evidence.strip(),
            no_evidence_because=item.no_evidence_because if because is None else because.strip(),
            same_because=item.same_because if same is None else same.strip(),
        )


def next_states(item: Item) -> tuple[ItemState, ...]:
    """What may follow; a duty is only worked on."""
    found = NEXT[item.state]
    if item.kind is ItemKind.DUTY:
        return tuple(state for state in found if state is ItemState.DOING)
    return found


def step_problems(item: Item, asked: Asked, today: date) -> Iterator[Problem]:
    """Why this step cannot be taken now."""
    if asked.state not in next_states(item):
        words = f"“{item.state.label}”的事项不能{VERBS[asked.state]}"
        yield Problem("state", words)
        return
    last = item.history[-1].on if item.history else item.found_on
    if asked.on < last:
        yield Problem("on", f"日期早于上一步（{last}）")
    if asked.on > today:
        yield Problem("on", "日期在今天以后")
    if asked.state in WITH_REASON and not asked.note.strip():
        yield Problem("note", f"请填写{VERBS[asked.state]}的原因")
    if asked.due is not None and asked.due < asked.on:
        yield Problem("due", f"完成时限早于{VERBS[asked.state]}的日期")
    if asked.state in (ItemState.REQUESTED, ItemState.CLOSED):
        yield from ending_problems(asked.on_item(item))


def stepped(item: Item, asked: Asked) -> Item:
    """The item after the step; what it was before stays in its history."""
    item = asked.on_item(item)
    was = item.due if asked.state is ItemState.OPEN else None
    taken = Taken(asked.state, asked.on, asked.by, asked.note.strip(), was)
    due = item.due if asked.due is None else asked.due
    return replace(item, state=asked.state, history=(*item.history, taken), due=due)


def followed(item: Item, told: FollowUp) -> Item:
    """The item with one more follow-up; the first one begins the work."""
    found = replace(item, follow_ups=(*item.follow_ups, told))
    if item.state is not ItemState.OPEN:
        return found
    return stepped(found, Asked(state=ItemState.DOING, on=told.on, by=told.by))
