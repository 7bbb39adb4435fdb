"""The items of the sample year: what its meetings decided, and how it went on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.decided import decisions, identified
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.items.making import new_items, task_of
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.writing import to_contract
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work


def import_items(library: Library, told: Sequence[Mapping[str, Any]]) -> None:
    """Entries in the JSON of the contract; one that says ``decided`` (day of the meeting) takes
    its sentence, person, day and standard from there, one that says ``found`` from what that
    meeting had to mend, one that says ``of`` belongs to the problem with that number."""
    with library.reading() as work:
        meetings = [*map(identified, work.meetings.all())]
        found_by = {day: _mended(work, meetings, day) for day in _days(told)}
    agreed = {
        (meeting.date.isoformat(), action.what): (meeting, agenda, action)
        for meeting in meetings
        for agenda, action in decisions(meeting)
    }
    numbers: dict[str, str] = {}
    found = []
    for entry in told:
        plain = dict(entry)
        decided, problem = plain.pop("decided", None), plain.pop("of", None)
        mended = plain.pop("found", None)
        if mended is not None:
            made = found_by[mended][plain["kind"], plain["content"]]
            plain = to_contract(ITEM, made) | plain
        plain["id"] = numbers[plain["number"]] = plain.get("id") or new_id()
        if decided is not None:
            made = task_of(*agreed[decided, plain["content"]], plain["number"])
            plain = to_contract(ITEM, made) | plain
        if problem is not None:
            plain["problem"] = numbers[problem]
        found.append(plain)
    service_of(library, ITEM.code).import_json(found)


def _days(told: Sequence[Mapping[str, Any]]) -> set[str]:
    return {str(entry["found"]) for entry in told if "found" in entry}


def _mended(work: Work, meetings: Iterable[Meeting], day: str) -> Mapping[tuple[str, str], Item]:
    """What the meetings of a day had to mend, by kind and sentence."""
    there = (meeting for meeting in meetings if meeting.date.isoformat() == day)
    items = (item for meeting in there for item in new_items(work, meeting))
    return {(item.kind.value, item.content): item for item in items}


def printed(library: Library, paper: str) -> tuple[str, ...]:
    """Which items the form is printed of: the problem, the closed one or the overdue one that it
    is for."""
    items = service_of(library, ITEM.code).all()
    fits: Mapping[str, Callable[[Item], bool]] = {
        "item_receipt": lambda item: item.kind is ItemKind.PROBLEM,
        "item_closing": lambda item: item.closed and item.kind is ItemKind.TASK,
    }
    wanted = fits.get(paper, _going)
    return tuple(item.id for item in items if wanted(item))[:1]


def _going(item: Item) -> bool:
    return item.kind is ItemKind.TASK and not item.handed_in
