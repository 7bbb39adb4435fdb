"""Append-only history: what a record looked like at every save."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.tables import revision


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state; ``number`` counts from 1, ``content`` is the record as JSON text."""

    subject: str
    uid: str
    number: int
    saved_at: str
    reason: str
    content: str


class RevisionStore:
    """Revisions of records, told apart by subject (member, meeting) and UUID."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def number(self, subject: str, uid: str) -> int:
        """The newest number; 0 for a record never saved."""
        newest = select(func.max(revision.c.number)).where(
            revision.c.subject == subject, revision.c.uid == uid
        )
        return self._connection.scalar(newest) or 0

    def add(self, subject: str, uid: str, content: str, reason: str) -> bool:
        """Append the state unless it equals the newest one; whether it was appended."""
        newest = self._connection.execute(
            select(revision.c.number, revision.c.content)
            .where(revision.c.subject == subject, revision.c.uid == uid)
            .order_by(revision.c.number.desc())
            .limit(1)
        ).first()
        if newest and newest.content == content:
            return False
        number = newest.number + 1 if newest else 1
        self._connection.execute(
            insert(revision).values(
                subject=subject,
                uid=uid,
                number=number,
                saved_at=stamp(),
                reason=reason,
                content=content,
            )
        )
        return True

    def all(self, subject: str, uid: str) -> tuple[Revision, ...]:
        """Every state, oldest first."""
        columns = [column for column in revision.c if column.name != "id"]
        found = self._connection.execute(
            select(*columns)
            .where(revision.c.subject == subject, revision.c.uid == uid)
            .order_by(revision.c.number)
        )
        return tuple(Revision(*row) for row in found)
