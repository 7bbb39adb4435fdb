"""What is done after a purge: no page and no file is left of what was taken out."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.storage.copies.attachments import folder_of, registered
from dangjian_desktop.storage.copies.minutes import drop_minutes
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import told_in_words
from dangjian_desktop.storage.purges import LEFT


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
