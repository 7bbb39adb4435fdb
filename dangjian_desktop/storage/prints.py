"""What was printed, and the numbers (第×次) that printing fixes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import chained
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.index import seal
from dangjian_desktop.storage.records.keeping import Keeping
from dangjian_desktop.storage.records.revisions import RevisionStore
from dangjian_desktop.storage.tables import file_number, meeting, printed


@dataclass(frozen=True, slots=True)
class Print:
    """One print: which paper of which record, in which revision, when (ISO text).

    ``look`` is the title of the look it was printed in, "" where that was not noted.
    """

    paper: str
    uid: str
    version: int
    at: str
    look: str = ""


class PrintStore:
    """Prints of papers, and fixed numbers of minutes; ``meetings`` tells how those are kept."""

    def __init__(self, connection: Connection, meetings: Keeping[Any, Any, Any]) -> None:
        self._connection = connection
        self._meetings = meetings

    def add(self, paper: str, uid: str, version: int, look: str = "") -> Print:
        """Record a print of this moment."""
        made = Print(paper, uid, version, stamp(), look)
        about = json_text({"look": look}) if look else None
        self._connection.execute(
            insert(printed).values(paper=paper, uid=uid, version=version, at=made.at, about=about)
        )
        return made

    def of(self, uid: str) -> tuple[Print, ...]:
        """The prints of one record, oldest first."""
        found = self._connection.execute(
            select(printed).where(printed.c.uid == uid).order_by(printed.c.id)
        )
        return tuple(
            Print(row.paper, row.uid, row.version, row.at, _look(row.figures)) for row in found
        )

    def latest(self) -> dict[str, int]:
        """Which state of each record was printed last."""
        query = select(printed.c.uid, func.max(printed.c.version)).group_by(printed.c.uid)
        return {row[0]: row[1] for row in self._connection.execute(query)}

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
        fixed = {"meeting_id": row, "kind": kind, "number": number, "fixed_at": stamp()}
        keeping = self._meetings
        [sitting] = keeping.loaded(self._connection, [meeting.c.id == row])
        numbered = replace(sitting, number=number) if sitting.number is None else sitting
        before, after = keeping.text(sitting), keeping.text(numbered)
        text = None if before == after else after
        with chained(self._connection, keeping.subject, keeping.table, uid, text):
            self._connection.execute(insert(file_number).values(fixed))
            if before != after:
                given = update(meeting).where(meeting.c.id == row).values(number=number)
                self._connection.execute(given)
                RevisionStore(self._connection).retell(keeping.subject, uid, before, after)
            seal(self._connection, keeping, [uid])
        return number


def _look(about: str | None) -> str:
    return str(json.loads(about).get("look", "")) if about else ""
