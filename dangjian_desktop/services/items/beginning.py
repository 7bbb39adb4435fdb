"""What the form of a new item begins with, by what it is made from."""

from __future__ import annotations

from typing import Any

from dangjian_desktop.domain.items.item import Item, ItemKind
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.services.items.items import next_number
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.writing import State


class ItemBeginnings(OfLibrary):
    """Forms of new items of one library."""

    def begun(self, which: str) -> State:
        """By ``KIND`` or ``task/PROBLEM``: its kind, the next number, the problem it mends."""
        kind, _, uid = which.partition("/")
        told = ItemKind(kind) if kind in [*ItemKind] else ItemKind.TASK
        with self._library.reading() as work:
            state: State = {
                "kind": told.value,
                "number": next_number(work, self._clock().year),
            }
            problem: Item | None = work.of(ITEM.code).one(uid) if uid else None
            if problem is not None and problem.kind is ItemKind.PROBLEM:
                state |= self._for(problem)
            return state

    def _for(self, problem: Item) -> dict[str, Any]:
        """A task of a problem comes from where the problem does."""
        title = f"{problem.found_on.isoformat()} {problem.content}"
        link = {"subject": ITEM.code, "id": problem.id, "item": None, "title": title}
        source = problem.source.value if problem.source else None
        return {"problem": [link], "source": source, "category": problem.category}
