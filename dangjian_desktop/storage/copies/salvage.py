"""What a damaged library still gives: record by record, each held against its checksum."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.branch import BranchHistory
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.comparing import Readable, Row, rows_of
from dangjian_desktop.storage.file.connecting import engine_for, raw
from dangjian_desktop.storage.file.keys import LockedError
from dangjian_desktop.storage.ledgers import LEDGERS
from dangjian_desktop.storage.meetings import MEETINGS
from dangjian_desktop.storage.members import MEMBERS
from dangjian_desktop.storage.projects import PROJECTS
from dangjian_desktop.storage.purges import Kept, kept_of
from dangjian_desktop.storage.records.records import from_plain, to_plain
from dangjian_desktop.storage.records.settings import IDENTITY
from dangjian_desktop.storage.records.sums import wrong_sums
from dangjian_desktop.storage.tables import SCHEMA
from dangjian_desktop.storage.work import Work

_UNREADABLE = (
    *(DBAPIError, dbapi2.Error, BlockedError, OSError),
    *(ValueError, TypeError, LookupError, ArithmeticError),
)
_OWN_SETTINGS = ("library.", "copies.")
"""Of the file itself: they would be wrong in another one."""
ORDER = tuple((k.table.name, k.subject) for k in (LEDGERS, MEMBERS, MEETINGS, PROJECTS))
MEETING = MEETINGS.subject


class Source:
    """A damaged library or copy; every reading has a connection of its own."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._engine = engine_for(file, write=False)

    @property
    def readable(self) -> bool:
        """Whether anything at all can be read by the tables of now."""
        with suppress(dbapi2.Error, OSError, LockedError), raw(self.file) as connection:
            return bool(connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA)
        return False

    def records(self) -> Iterator[tuple[str, str]]:
        """Subject and UUID of what can be found, those first that others name."""
        for table, subject in ORDER:
            yield from ((subject, uid) for _, uid, _ in rows_of(self.file, table, "''")[0])
        yield from ((kind, uid) for kind, uid, _ in rows_of(self.file, "record", "kind")[0])

    def one(self, subject: str, uid: str) -> Any | None:
        """A record that is what was stored; none where it is not, or cannot be read."""
        try:
            with self._engine.begin() as connection:
                return Work(connection).of(subject).one(uid)
        except _UNREADABLE:
            return None

    def purged(self) -> Kept:
        """What it keeps of its purges; nothing where that cannot be read."""
        try:
            with raw(self.file) as connection:
                return kept_of(connection)
        except _UNREADABLE:
            return Kept({}, {})

    def sound(self) -> Readable:
        """The records that are what was stored, by kind; each is read to its end."""
        sums: dict[str, dict[str, str | None]] = {}
        whole = True
        for table, subject in (*ORDER[1:], ("record", "")):
            kind = f"'{subject}'" if subject else "kind"
            rows, complete = rows_of(self.file, table, kind)
            kept = self._sound(rows)
            whole = whole and complete and len(kept) == len(rows)
            for name, uid, checksum in kept:
                sums.setdefault(name, {})[uid] = checksum
        return Readable(sums, whole)

    def _sound(self, rows: list[Row]) -> list[Row]:
        """Those of these rows of a table that are what was stored; around a damaged one, one by
        one."""
        if not rows:
            return []
        try:
            with self._engine.begin() as connection:
                keeping = Work(connection).of(rows[0][0]).keeping
                wrong = set(wrong_sums(connection, keeping.sheet, [uid for _, uid, _ in rows]))
        except _UNREADABLE:
            middle = len(rows) // 2
            return [*self._sound(rows[:middle]), *self._sound(rows[middle:])] if middle else []
        return [row for row in rows if row[1] not in wrong]

    def branch(self) -> BranchHistory | None:
        """The branch; none where that cannot be read."""
        try:
            with self._engine.begin() as connection:
                return Work(connection).branch.get()
        except _UNREADABLE:
            return None

    def settings(self) -> Mapping[str, Any]:
        """The settings that belong to the branch, and the mark of the library."""
        try:
            with raw(self.file) as connection:
                rows = connection.execute("SELECT key, value FROM setting").fetchall()
            found = {key: json.loads(value) for key, value in rows}
        except _UNREADABLE:
            return {}
        return {k: v for k, v in found.items() if k == IDENTITY or not k.startswith(_OWN_SETTINGS)}


def put_in(work: Work, subject: str, record: Any, reason: str) -> bool:
    """Store a record in a library made anew; persons and records that it lacks are left to their
    names. Whether it could be stored."""
    store = work.of(subject)
    with suppress(*_UNREADABLE), work.attempt():
        store.save(record, reason=reason)
        return True
    with suppress(*_UNREADABLE), work.attempt():
        known = set(work.members.ids())
        store.save(from_plain(store.keeping.of, _named(to_plain(record), known)), reason=reason)
        return True
    return False


def from_state(state: Mapping[str, Any]) -> Any | None:
    """A sitting out of its state as history keeps it; none where that is not one."""
    with suppress(*_UNREADABLE):
        return from_plain(MEETINGS.of, state)
    return None


def _named(plain: Any, known: set[str]) -> Any:
    """The same with every member that is not known by name alone."""
    if isinstance(plain, dict):
        told = {key: _named(value, known) for key, value in plain.items()}
        if told.get("member_id") not in (None, *known):
            told["member_id"] = None
        return told
    return [_named(part, known) for part in plain] if isinstance(plain, list) else plain
