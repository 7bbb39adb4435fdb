"""What is done after a purge: no page and no file is left of what was taken out."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.storage.copies.attachments import folder_of, registered
from dangjian_desktop.storage.copies.minutes import drop_minutes
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import told_in_words
from dangjian_desktop.storage.file.keys import LockedError
from dangjian_desktop.storage.purges import LEFT, traces

_TABLES = ("member", "meeting", "project", "record", "ledger")


def clear_out(library: Path) -> bool:
    """Under the lock: write the library anew without the pages that were given up, and take the
    files of what was purged away; whether there was anything to do.

    Raises ``BlockedError``, and then it is still to be done: killed, too, it is begun anew at the
    next opening.
    """
    with told_in_words(library), raw(library, write=True) as connection:
        found = connection.execute("SELECT value FROM setting WHERE key = ?", (LEFT,)).fetchone()
        if found is None:
            return False
        # Cells that were moved between pages are left where they were, whatever is overwritten.
        connection.execute("VACUUM")
        left, kept = json.loads(found[0]), registered(connection)
        for name in left["files"]:
            if name not in kept:  # given to another record meanwhile
                with suppress(OSError):
                    (folder_of(library) / name).unlink(missing_ok=True)
        drop_minutes(library, left["minutes"])
        connection.execute("DELETE FROM setting WHERE key = ?", (LEFT,))
    return True


def purged_since(copy: Path, library: Path) -> int:
    """How many records of a copy were purged in the library since; 0 where that cannot be read."""
    with suppress(dbapi2.Error, OSError, LockedError):
        with raw(library) as connection:
            gone = {uid for _subject, uid in traces(connection)} - _uids(connection)
        with raw(copy) as connection:
            return len(gone & _uids(connection))
    return 0


def _uids(connection: dbapi2.Connection) -> set[str]:
    found = (connection.execute(f"SELECT uid FROM {table}") for table in _TABLES)
    return {uid for rows in found for (uid,) in rows}
