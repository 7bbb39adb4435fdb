"""Imports that can be taken back as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.records import from_json, to_json
from dangjian_desktop.storage.tables import batch


@dataclass(frozen=True, slots=True)
class Undo:
    """What taking an import back needs.

    ``added`` are UUIDs of new members, ``before`` the changed members as they were, ``revisions``
    the revision number of each touched member right after the import: a higher one tells that
    somebody changed the member since.
    """

    added: tuple[str, ...] = ()
    before: tuple[Member, ...] = ()
    revisions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Batch:
    """One import. ``at`` and ``undone_at`` are ISO text filled in by the store."""

    id: str
    file_name: str
    as_of: date
    undo: Undo
    at: str = ""
    undone_at: str | None = None


class BatchStore:
    """Imports, newest first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._journal = Journal(connection)

    def add(self, done: Batch) -> Batch:
        """Record an import in the transaction that makes it."""
        at = stamp()
        self._connection.execute(
            insert(batch).values(
                uid=done.id,
                file_name=done.file_name,
                at=at,
                as_of=done.as_of.isoformat(),
                content=to_json(done.undo),
            )
        )
        self._journal.add("导入名册", "batch", done.id)
        return Batch(done.id, done.file_name, done.as_of, done.undo, at)

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
    undo = from_json(Undo, row.content)
    day = date.fromisoformat(row.as_of)
    return Batch(row.uid, row.file_name, day, undo, row.at, row.undone_at)
