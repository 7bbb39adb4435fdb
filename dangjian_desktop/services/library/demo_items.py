"""The items of the sample year: what its meetings decided, and how it went on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.decided import decisions, identified
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.items.making import task_of
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.services.records.writing import to_contract
from dangjian_desktop.storage.library import Library


def import_items(library: Library, told: Sequence[Mapping[str, Any]]) -> None:
    """Entries in the JSON of the contract; one that says ``decided`` (day of the meeting) takes
    its sentence, person, day and standard from there, one that says ``of`` belongs to the problem
    with that number."""
    with library.reading() as work:
        meetings = [*map(identified, work.meetings.all())]
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
        plain["id"] = numbers[plain["number"]] = new_id()
        if decided is not None:
            made = task_of(*agreed[decided, plain["content"]], plain["number"])
            plain = to_contract(ITEM, made) | plain
        if problem is not None:
            plain["problem"] = numbers[problem]
        found.append(plain)
    service_of(library, ITEM.code).import_json(found)


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
