"""The mark that every change of a library renews, so that a copy can be told from the present."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.storage.records.settings import SettingStore

STATE = "library.state"


def renew_state(connection: Connection) -> None:
    """Mark the library as different from every copy of it."""
    SettingStore(connection).put(STATE, uuid4().hex)


def state_of(connection: dbapi2.Connection) -> str | None:
    """The mark as stored; equal in a library and in a copy that holds the same."""
    query = "SELECT value FROM setting WHERE key = ?"
    found = connection.execute(query, (STATE,)).fetchone()
    return None if found is None else str(found[0])
