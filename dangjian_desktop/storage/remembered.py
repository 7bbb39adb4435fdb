"""What is kept in memory from one transaction to the next, while nobody changes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import Touched, driver_of, touched
from dangjian_desktop.storage.state import Renewed, state_of

T = TypeVar("T")
MOST = 1_000
"""So many values at most; what was made first goes first."""


@dataclass(frozen=True, slots=True)
class _Kept:
    needs: frozenset[Touched]
    given: Any
    value: Any


class Remembered:
    """Values found in one library, known by the mark that every change of any process renews.

    A change of ours takes along to its new mark what it left alone; whoever else changes the
    library, nothing is kept. Threads may share it.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._mark: str | None = None
        self._kept: dict[Hashable, _Kept] = {}

    def of(
        self,
        connection: Connection,
        name: Hashable,
        needs: Collection[Touched],
        make: Callable[[], T],
        given: Any = None,
    ) -> T:
        """The value of this name as this transaction sees it: made of the records of ``needs`` and
        of ``given``, and made again where one of both is another."""
        mark = _mark_of(connection)
        needed = frozenset(needs)
        if mark is None or not needed.isdisjoint(touched(connection)):
            return make()
        with self._lock:
            if self._mark != mark:
                self._mark, self._kept = mark, {}
            kept = self._kept.get(name)
        if kept is not None and kept.needs == needed and kept.given == given:
            found: T = kept.value
            return found
        made = make()
        with self._lock:
            if self._mark == mark:
                self._kept.pop(name, None)
                self._kept[name] = _Kept(needed, given, made)
                while len(self._kept) > MOST:
                    del self._kept[next(iter(self._kept))]
        return made

    def follow(self, renewed: Renewed, changed: Collection[Touched]) -> None:
        """After a commit that wrote records in these places."""
        with self._lock:
            if self._mark == renewed.before:
                self._mark = renewed.after
                self._kept = {
                    name: kept
                    for name, kept in self._kept.items()
                    if kept.needs.isdisjoint(changed)
                }


def _mark_of(connection: Connection) -> str | None:
    """The mark of this transaction: it sees one moment, so that it is asked once."""
    if "mark" not in connection.info:
        connection.info["mark"] = state_of(driver_of(connection))
    mark: str | None = connection.info["mark"]
    return mark
