"""Bringing the index of the search up to the records: behind other work, a step at a time, and on
leaving. A change leaves it behind: until then a search looks through what was changed."""

from __future__ import annotations

from sqlalchemy import Connection

from dangjian_desktop.storage import index
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.totals import note_totals
from dangjian_desktop.storage.work import Work


def step(connection: Connection) -> bool:
    """One short step, which begins another index where there is none to be asked; whether there is
    more to do."""
    work = Work(connection)
    left = work.behind
    if left is None:
        work.begin_index()
        return True
    work.take_in()
    if left > index.AT_ONCE:
        return True
    return work.settle_index(begin=left > index.FEW)


def begun(connection: Connection) -> int:
    """Begin the index anew; how many records it has to take in."""
    Work(connection).begin_index()
    return index.pending(connection)


def keep_up(connection: Connection) -> None:
    """At closing: let the index take in whatever is behind, and note how many rows there are."""
    if index.pending(connection) and index.trust_in(connection).of(connection):
        work = Work(connection)
        while work.take_in() == index.AT_ONCE:
            pass
    note_totals(driver_of(connection))
