"""Append-only list of changes: when, what, which record; never a personal number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.tables import journal


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: ``what`` in Chinese, ``subject`` member, meeting, batch …, ``uid`` its UUID."""

    at: str
    what: str
    subject: str
    uid: str


class Journal:
    """The list of changes; stores add to it by themselves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, what: str, subject: str, uid: str = "") -> None:
        """Append one change."""
        self._connection.execute(
            insert(journal).values(at=stamp(), what=what, subject=subject, uid=uid)
        )

    def newest(self, limit: int = 100) -> tuple[Entry, ...]:
        """The last changes, newest first."""
        found = self._connection.execute(
            select(journal.c.at, journal.c.what, journal.c.subject, journal.c.uid)
            .order_by(journal.c.id.desc())
            .limit(limit)
        )
        return tuple(Entry(*row) for row in found)
