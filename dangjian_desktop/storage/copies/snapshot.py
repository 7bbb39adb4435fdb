"""One moment of a library in a file of its own, read again and checked before anybody trusts it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.copies.attachments import files_in, folder_of
from dangjian_desktop.storage.copies.checks import examine
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.failures import (
    FullError,
    damaged,
    system_refused,
    told_in_words,
)
from dangjian_desktop.storage.file.one_at_a_time import turn
from dangjian_desktop.storage.file.placing import sync_file
from dangjian_desktop.storage.state import state_of

LARGE = 64 * 1024 * 1024
"""From so many bytes on a copy is made byte by byte: packing it anew would hold a save up."""
_COPY = Path("/bin/cp")

Counts = Mapping[str, int]

COUNTED = {
    "members": "SELECT count(*) FROM member WHERE deleted_at IS NULL",
    "meetings": "SELECT count(*) FROM meeting WHERE deleted_at IS NULL",
    "projects": "SELECT count(*) FROM project WHERE deleted_at IS NULL",
    "records": "SELECT count(*) FROM record WHERE deleted_at IS NULL",
    "revisions": "SELECT count(*) FROM revision",
}


def counts(library: Path) -> Counts:
    """How many members, meetings, revisions and attachments a library or a copy holds."""
    with told_in_words(library), raw(library) as connection:
        found = counted(connection)
    return found | {"attachments": len(files_in(folder_of(library)))}


def counted(connection: dbapi2.Connection) -> dict[str, int]:
    """How many records of each kind there are."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    since = {"projects": 2, "records": 3}  # a copy of an earlier version knows none
    known = {n: q for n, q in COUNTED.items() if version >= since.get(n, 1)}
    found = {name: int(connection.execute(q).fetchone()[0]) for name, q in known.items()}
    return dict.fromkeys(COUNTED, 0) | found


def snapshot(library: Path, part: Path) -> Counts:
    """Copy one moment of a whole library into the empty file; synced, opened again and checked.

    Raises ``BlockedError`` where the library is damaged or the place cannot be written.
    """
    copied = None
    if library.stat().st_size >= LARGE:
        copied = _byte_by_byte(library, part)
    if copied is None:
        os.truncate(part, 0)
        examine(library)
        try:
            copied = _packed(library, part)
        except FullError as error:  # it is not the library that has no room
            full, needed = OSError(errno.ENOSPC, ""), library.stat().st_size
            raise system_refused(full, part.parent, "写入", needed) from error
    return copied | {"attachments": len(files_in(folder_of(library)))}


def _packed(library: Path, part: Path) -> dict[str, int]:
    with turn(library), told_in_words(library), raw(library) as connection:
        before = state_of(connection)
        wanted = counted(connection)
        # Left on, query_only would forbid writing to the copy as well.
        connection.execute("PRAGMA query_only=OFF")
        # As bytes: the name of a folder need not be UTF-8.
        connection.execute("VACUUM INTO CAST(? AS TEXT)", (os.fsencode(part),))
        unchanged = state_of(connection) == before
    sync_file(part)
    copied = _checked(part)
    if copied is None or (unchanged and copied != wanted):
        raise damaged(library)
    return copied


def _byte_by_byte(library: Path, part: Path) -> dict[str, int] | None:
    """The same much faster: nothing is decrypted, and the seal of each page is checked once.

    Nobody can write into the file while it is read here. None where something is not as it should
    be: a damaged library, or free pages that a power cut left half written.
    """
    with turn(library), told_in_words(library), raw(library) as connection:
        connection.execute("BEGIN")
        wanted = counted(connection)
        if not _copied(library, part):
            return None
        connection.execute("ROLLBACK")
    sync_file(part)
    with suppress(BlockedError):
        if _checked(part) == wanted:
            return wanted
    return None


def _copied(library: Path, part: Path) -> bool:
    """Whether the bytes were copied; another process reads them, since here the first closing of
    the file would release every lock that this process has on it (POSIX)."""
    with suppress(OSError):
        if os.name == "nt":
            shutil.copyfile(library, part)
            return True
        words = [str(each) for each in (_COPY, "--", library, part)]
        silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        child = os.posix_spawn(_COPY, words, os.environ, file_actions=[silent])
        return os.waitpid(child, 0)[1] == 0
    return False


def _checked(part: Path) -> dict[str, int] | None:
    """The counts of a copy that is whole: seals and references beside the structure."""
    with ThreadPoolExecutor(1) as beside:
        sealed = beside.submit(examine, part)
        with told_in_words(part), raw(part) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            found = counted(connection)
        sealed.result()
    return found if whole else None
