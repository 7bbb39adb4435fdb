"""Settings that travel with the file."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.storage.records.records import to_plain
from dangjian_desktop.storage.rows import drop_rows
from dangjian_desktop.storage.tables import setting

COPIES_FOLDER = "copies.folder"
"""Setting: the folder for copies, as text; absent means beside the library."""

IDENTITY = "library.id"
"""Setting: the mark of the library, given when it is made, the same in every copy."""


class SettingStore:
    """Values by key, as plain JSON. Keys that begin with ``library.`` belong to the store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str, default: Any = None) -> Any:
        """The stored value, or the default."""
        query = "SELECT value FROM setting WHERE key = ?"
        found = self._connection.exec_driver_sql(query, (key,)).scalar()
        return default if found is None else json.loads(found)

    def put(self, key: str, value: Any) -> None:
        """Store the value; None takes it away."""
        if value is None:
            drop_rows(self._connection, setting, {"key": key})
            return
        text = json_text(to_plain(value))
        put = (
            "INSERT INTO setting (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        self._connection.exec_driver_sql(put, (key, text))
