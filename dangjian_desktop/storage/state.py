"""The mark that every change of a library renews, so that a copy can be told from the present.

It counts the changes, too: which copy is the newest is never asked of a clock, which may be wrong.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import driver_of, raw
from dangjian_desktop.storage.file.keys import LockedError
from dangjian_desktop.storage.records.settings import IDENTITY, SettingStore

STATE = "library.state"
DRAFTS = "library.drafts"
"""Setting: how many of the changes were of drafts alone."""
_QUERY = "SELECT value FROM setting WHERE key = ?"


@dataclass(frozen=True, slots=True)
class Renewed:
    """The mark before a change, and after it."""

    before: str | None
    after: str


def renew_state(connection: Connection, *, drafts_only: bool = False) -> Renewed:
    """Mark the library as different from every copy of it."""
    before = state_of(driver_of(connection))
    mark = _mark(_count(json.loads(before or "null")) + 1)
    settings = SettingStore(connection)
    settings.put(STATE, mark)
    if drafts_only:
        settings.put(DRAFTS, int(settings.get(DRAFTS, 0)) + 1)
    return Renewed(before, json.dumps(mark))


def state_of(connection: dbapi2.Connection) -> str | None:
    """The mark as stored; equal in a library and in a copy that holds the same."""
    found = connection.execute(_QUERY, (STATE,)).fetchone()
    return None if found is None else str(found[0])


def recorded_changes(settings: SettingStore) -> int:
    """How many changes the library has seen, without those of drafts alone: what is typed and not
    saved is in no record and on no paper."""
    return _count(settings.get(STATE)) - int(settings.get(DRAFTS, 0))


def changes_of(file: Path) -> int:
    """How many changes a library or a copy has seen; 0 where that is not known.

    Version 0.1.0 did not count; what cannot be opened tells nothing.
    """
    with suppress(dbapi2.Error, OSError, ValueError, LockedError), raw(file) as connection:
        return _count(json.loads(state_of(connection) or "null"))
    return 0


def identity_of(file: Path) -> str | None:
    """The mark of the library that this is, or is a copy of; none where that is not known."""
    with suppress(dbapi2.Error, OSError, LockedError), raw(file) as connection:
        found = connection.execute(_QUERY, (IDENTITY,)).fetchone()
        return None if found is None else str(found[0])
    return None


def count_on(connection: dbapi2.Connection, changes: int) -> None:
    """Let the changes of a copy that is put back count on from there: it is the newest now."""
    put = (
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    connection.execute(put, (STATE, json.dumps(_mark(changes))))


def _mark(changes: int) -> str:
    return f"{changes}.{uuid4().hex}"


def _count(mark: object) -> int:
    number, dot, _rest = str(mark).partition(".")
    return int(number) if dot and number.isdecimal() else 0
