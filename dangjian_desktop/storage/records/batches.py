"""Imports that can be taken back as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select, update

from dangjian_desktop.domain.texts import clean
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.rows import add_rows
from dangjian_desktop.storage.tables import batch


@dataclass(frozen=True, slots=True)
class Touched:
    """A record that an import saved, with its revision right after; 1 for a new one.

    A higher revision tells that somebody changed the record since; the one before tells how it
    was before the import.
    """

    subject: str
    uid: str
    revision: int

    @property
    def added(self) -> bool:
        """Whether the import made the record."""
        return self.revision == 1


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. ``at`` and ``undone_at`` are ISO text filled in by the store."""

    id: str
    file_name: str
    as_of: date
    touched: tuple[Touched, ...]
    at: str = ""
    undone_at: str | None = None


class BatchStore:
    """Imports, newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._journal = Journal(connection)

    def add(self, done: Batch, what: str = "导入名册") -> Batch:
        """Record an import in the transaction that makes it; ``what`` goes into the journal."""
        content = to_json([[part.subject, part.uid, part.revision] for part in done.touched])
        name, day, at = clean(done.file_name)[0], done.as_of.isoformat(), stamp()
        row = {"uid": done.id, "file_name": name, "at": at, "as_of": day, "content": content}
        add_rows(self._connection, batch, [row])
        self._journal.add(what, "batch", done.id)
        return Batch(done.id, done.file_name, done.as_of, done.touched, at)

    def get(self, uid: str) -> Batch | None:
        """The import of this UUID."""
        found = self._connection.execute(select(batch).where(batch.c.uid == uid)).first()
        return None if found is None else _loaded(found)

    def all(self) -> tuple[Batch, ...]:
        """Every import, newest first."""
        found = self._connection.execute(select(batch).order_by(batch.c.id.desc()))
        return tuple(_loaded(row) for row in found)

    def mark_undone(self, uid: str) -> None:
        """Say that the import was taken back."""
        self._connection.execute(update(batch).where(batch.c.uid == uid).values(undone_at=stamp()))
        self._journal.add("撤销导入", "batch", uid)


def _loaded(row: Row[Any]) -> Batch:
    parts: Iterable[Any] = json.loads(row.content)
    touched = tuple(Touched(*part) for part in parts)
    day = date.fromisoformat(row.as_of)
    return Batch(row.uid, row.file_name, day, touched, row.at, row.undone_at)
