"""How many rows a library had when it was closed, so that one that is gone without a trace is
noticed: a page that the disk gave back in an older state is whole by its seal."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import damaged, told_in_words
from dangjian_desktop.storage.state import state_of

TOTALS = "library.totals"
_TABLES = ("member", "meeting", "project", "record", "revision", "attachment", "sent")
_PUT = (
    "INSERT INTO setting (key, value) VALUES (?, ?)"
    " ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value"
)


def note_totals(connection: dbapi2.Connection) -> None:
    """Write down how many rows there are in this state; called inside a transaction."""
    told = json.dumps({"state": state_of(connection), "rows": _rows(connection)})
    connection.execute(_PUT, (TOTALS, told))


def require_totals(path: Path) -> None:
    """Raise ``DamagedError`` where the library holds another number of rows than in this very
    state; one that changed since it was closed in order has no totals to be held against."""
    with told_in_words(path), raw(path) as connection:
        query = "SELECT value FROM setting WHERE key = ?"
        found = connection.execute(query, (TOTALS,)).fetchone()
        with suppress(ValueError, LookupError, TypeError):
            told = json.loads(found[0])
            if told["state"] == state_of(connection) and told["rows"] != _rows(connection):
                raise damaged(path)


def _rows(connection: dbapi2.Connection) -> dict[str, int]:
    count = "SELECT count(*) FROM {}"
    return {t: int(connection.execute(count.format(t)).fetchone()[0]) for t in _TABLES}
