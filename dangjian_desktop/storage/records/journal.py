"""Append-only list of changes: when, what, which record; never a personal number."""

from __future__ import annotations

from sqlalchemy import Connection, select

from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.rows import add_rows
from dangjian_desktop.storage.tables import journal


class Journal:
    """The list of changes; stores add to it by themselves."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, what: str, subject: str, uid: str = "") -> None:
        """Append one change."""
        row = {"at": stamp(), "what": what, "subject": subject, "uid": uid}
        add_rows(self._connection, journal, [row])

    def first(self) -> str:
        """The moment of the first change; empty while there is none."""
        return self._connection.scalar(select(journal.c.at).order_by(journal.c.id).limit(1)) or ""
