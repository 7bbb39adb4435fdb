"""What tells a decision and a finding of a sitting apart for ever, also when they are reworded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from dangjian_desktop.domain.meetings.kinds import RECTIFICATION
from dangjian_desktop.domain.meetings.meeting import Action, AgendaItem, Meeting
from dangjian_desktop.domain.members.member import new_id


def identified(meeting: Meeting) -> Meeting:
    """The meeting with an id for every decision and every 整改事项. What was stored without one is
    told by its place, so that it has the same until the meeting is saved with it."""
    agenda = tuple(_with_ids(item) for item in meeting.agenda)
    rows = meeting.details.get(RECTIFICATION)
    details = meeting.details
    if rows:
        named = [{"id": _placed(meeting.id, n), **row} for n, row in enumerate(rows)]
        details = {**details, RECTIFICATION: named}
    return replace(meeting, agenda=agenda, details=details)


def decisions(meeting: Meeting) -> Iterator[tuple[AgendaItem, Action]]:
    """Everything agreed, with the item of the agenda under which it was."""
    return ((item, action) for item in meeting.agenda for action in item.actions)


def findings(meeting: Meeting) -> Iterator[Mapping[str, Any]]:
    """Every 整改事项, as plain JSON."""
    yield from meeting.details.get(RECTIFICATION) or ()


def same_decisions(told: Sequence[Action], stored: Sequence[Action]) -> tuple[Action, ...]:
    """Decisions that came without ids, with those of the stored ones that they are: of the same
    words, or where none came or went in the same place."""
    words = {action.what: action.id for action in stored}
    taken = {action.id or words.get(action.what) for action in told}
    places = [action.id for action in stored] if len(told) == len(stored) else []
    found = []
    for place, action in enumerate(told):
        there = places[place] if places and places[place] not in taken else new_id()
        uid = action.id or words.get(action.what) or there
        found.append(replace(action, id=uid))
    return tuple(found)


def _with_ids(item: AgendaItem) -> AgendaItem:
    if all(action.id for action in item.actions):
        return item
    told = enumerate(item.actions)
    actions = tuple(a if a.id else replace(a, id=_placed(item.id, n)) for n, a in told)
    return replace(item, actions=actions)


def _placed(above: str, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"{above}/{number}"))
