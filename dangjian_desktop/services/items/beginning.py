"""What the form of a new item begins with, by what it is made from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dangjian_desktop.domain.fusion.priority import Priority
from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.links import link_titles
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.storage.work import Work


class ItemBeginnings(OfLibrary):
    """Forms of new items of one library."""

    def begun(self, which: str) -> State:
        """By ``KIND``, ``task/PROBLEM`` or ``task/priority/UID``: its kind, the next number, the
        problem that it mends or the business priority that it serves."""
        kind, _, rest = which.partition("/")
        subject, _, uid = rest.rpartition("/")
        told = ItemKind(kind) if kind in [*ItemKind] else ItemKind.TASK
        with self._library.reading() as work:
            state: State = {
                "kind": told.value,
                "number": next_number(work, self._clock().year),
            }
            found = work.of(subject or ITEM.code).one(uid) if uid else None
            if isinstance(found, Priority):
                state["priority"] = _links(work, [found.link])
            elif isinstance(found, Item) and found.kind is ItemKind.PROBLEM:
                state |= _of_problem(work, found)
            return state


def _of_problem(work: Work, problem: Item) -> State:
    """A task of a problem comes from where the problem does, and is due by its day."""
    return {
        "problem": _links(work, [Link(ITEM.code, problem.id)]),
        "source": problem.source.value if problem.source else None,
        "category": problem.category,
        "due": None if problem.due is None else problem.due.isoformat(),
        "priority": _links(work, problem.priority),
    }


def _links(work: Work, links: Collection[Link]) -> list[dict[str, Any]]:
    """Links as a form holds them."""
    titles = link_titles(work, links)
    return [
        {"subject": link.subject, "id": link.uid, "item": link.item, "title": titles.get(link, "")}
        for link in links
    ]
