"""What was printed, and the numbers (第×次) that printing fixes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.index import seal
from dangjian_desktop.storage.records.keeping import Keeping
from dangjian_desktop.storage.tables import file_number, meeting, printed


@dataclass(frozen=True, slots=True)
class Print:
    """One print: which paper of which record, in which revision, when (ISO text)."""

    paper: str
    uid: str
    version: int
    at: str


class PrintStore:
    """Prints of papers, and fixed numbers of minutes; ``meetings`` tells how those are kept."""

    def __init__(self, connection: Connection, meetings: Keeping[Any, Any, Any]) -> None:
        self._connection = connection
        self._meetings = meetings

    def add(self, paper: str, uid: str, version: int) -> Print:
        """Record a print of this moment."""
        made = Print(paper, uid, version, stamp())
        self._connection.execute(
            insert(printed).values(paper=paper, uid=uid, version=version, at=made.at)
        )
        return made

    def of(self, uid: str) -> tuple[Print, ...]:
        """The prints of one record, oldest first."""
        columns: list[Any] = [printed.c[name] for name in Print.__slots__]
        found = self._connection.execute(
            select(*columns).where(printed.c.uid == uid).order_by(printed.c.id)
        )
        return tuple(Print(*row) for row in found)

    def numbers(self, uid: str) -> dict[str, int]:
        """The fixed numbers of a meeting by kind."""
        found = self._connection.execute(
            select(file_number.c.kind, file_number.c.number)
            .join(meeting)
            .where(meeting.c.uid == uid)
            .order_by(file_number.c.id)
        )
        return {row.kind: row.number for row in found}

    def fix_number(self, uid: str, kind: str, number: int) -> int:
        """Fix the number of the meeting among its kind; one fixed before stays and comes back.

        The first number fixed also becomes ``Meeting.number`` where that is empty. Raises
        ``KeyError`` for a meeting that is not stored.
        """
        known = self.numbers(uid)
        if kind in known:
            return known[kind]
        row = self._connection.scalar(select(meeting.c.id).where(meeting.c.uid == uid))
        if row is None:
            raise KeyError(uid)
        self._connection.execute(
            insert(file_number).values(meeting_id=row, kind=kind, number=number, fixed_at=stamp())
        )
        empty = meeting.c.number.is_(None)
        self._connection.execute(
            update(meeting).where(meeting.c.id == row, empty).values(number=number)
        )
        seal(self._connection, self._meetings, [uid])
        return number
