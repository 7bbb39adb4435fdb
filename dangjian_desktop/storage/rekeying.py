"""A library, or a copy, put under another key: written anew beside, held against it, swapped.

Whenever it is ended, one whole library is there under one key: slots of both keys and attachments
of both lie beside it until the one rename, and the file itself says which of them count.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.errors import BlockedError, UserError
from dangjian_desktop.storage.chain import drop, reseal
from dangjian_desktop.storage.copies.attachments import files_in, folder_of, registered
from dangjian_desktop.storage.copies.chaining import begin
from dangjian_desktop.storage.copies.checks import examine
from dangjian_desktop.storage.copies.contents import (
    SEALED,
    content_of,
    digest_of,
    foreign_to,
    name_for,
    stored,
)
from dangjian_desktop.storage.copies.kept import copies_folder
from dangjian_desktop.storage.file.connecting import driver_of, engine_for, raw, spec_of
from dangjian_desktop.storage.file.failures import damaged, system_told_in_words, told_in_words
from dangjian_desktop.storage.file.keys import SLOTS, Keys, key_name, keys_of, slots_file
from dangjian_desktop.storage.file.placing import (
    journal_of,
    put_as_new,
    put_in_place,
    sync_file,
    sync_folder,
    written_aside,
)
from dangjian_desktop.storage.file.slots import Slot, write_slots
from dangjian_desktop.storage.file.unlocking import kept_slots, tidy_slots
from dangjian_desktop.storage.tables import SCHEMA

_OF_INDEX = "terms"


def rekey(
    file: Path, keys: Keys | None, slots: Sequence[Slot] = (), near: Path | None = None
) -> None:
    """Put a library that nobody has open under these keys, with these slots beside it.

    ``near`` is a library under the same keys whose attachments may be shared. The caller holds the
    lock. Raises ``BlockedError`` and leaves the old one where anything is not as it was.
    """
    examine(file)
    present = key_name(file)
    if keys is not None:
        kept = () if present is None else kept_slots(file, present)
        write_slots(file, (*kept, *slots))
    with (
        system_told_in_words(file.parent, "写入文件夹", file.stat().st_size),
        told_in_words(file),
        written_aside(file) as part,
    ):
        _export(file, part, keys)
        _seal(file, part, keys)
        _rename_attachments(file, part, keys, near)
        sync_file(part)
        examine(part)
        # A journal of the old file would be played back into the new one.
        journal_of(file).unlink(missing_ok=True)
        sync_folder(file.parent)
        put_in_place(part, file)
    if keys is None:
        slots_file(file).unlink(missing_ok=True)
    tidy(file)


def slots_of(library: Path) -> tuple[Slot, ...]:
    """The slots of the key that the library is under; none where they cannot be read."""
    name = key_name(library)
    return () if name is None else kept_slots(library, name)


def tidy(file: Path) -> None:
    """Under the lock: take away what a change of the key that is done, or was ended half way, has
    left of the other key."""
    keys = keys_of(file)
    strange = [n for n in files_in(folder_of(file)) if foreign_to(keys, n)]
    if strange:
        with raw(file) as connection:
            wanted = registered(connection)
        for name in strange:
            if name not in wanted:
                with suppress(OSError):
                    (folder_of(file) / name).unlink()
    tidy_slots(file)
    for copy in copies_folder(file).glob(f"{glob.escape(file.stem)}_*{SLOTS}"):
        tell_copy(file, copy.with_suffix(file.suffix))


def tell_copy(library: Path, copy: Path) -> None:
    """Let the passwords of the library open a copy of the same key; a drive that forbids writing
    keeps the old ones."""
    slots = slots_of(library)
    with suppress(BlockedError, OSError):
        if slots and key_name(copy) == key_name(library) and slots_of(copy) != slots:
            write_slots(copy, slots)


def _export(file: Path, part: Path, keys: Keys | None) -> None:
    with raw(file) as connection:
        told = {n: _number(connection, n) for n in ("user_version", "application_id")}
        # Left on, query_only would forbid writing to the other file as well.
        connection.execute("PRAGMA query_only=OFF")
        connection.execute(
            "ATTACH DATABASE CAST(? AS TEXT) AS other KEY ?", (os.fsencode(part), spec_of(keys))
        )
        # Nothing of it counts before it is whole.
        connection.execute("PRAGMA other.journal_mode=OFF")
        connection.execute("PRAGMA other.synchronous=OFF")
        connection.execute("SELECT sqlcipher_export('other')")
        for name, number in told.items():
            connection.execute(f"PRAGMA other.{name}={number}")
        differing = [name for name in _tables(connection) if not _same(connection, name)]
        connection.execute("DETACH DATABASE other")
    if differing:
        raise damaged(file)


def _seal(file: Path, part: Path, keys: Keys | None) -> None:
    """Under a first key the chain begins with all that is there, under another it goes on, under
    none it ends. An older version has none yet: it begins when that is upgraded."""
    old = keys_of(file)
    with engine_for(part, write=True).begin() as connection:
        driver = driver_of(connection)
        if _number(driver, "user_version") != SCHEMA:
            return
        if keys is None:
            drop(driver)
        elif old is None:
            begin(connection)
        else:
            reseal(driver, old.rows, keys.rows)


def _tables(connection: dbapi2.Connection) -> list[str]:
    """All tables but those of the index of the search, which can be made anew."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    found = [str(name) for (name,) in connection.execute(query)]
    return [name for name in found if name.partition("_")[0] != _OF_INDEX]


def _same(connection: dbapi2.Connection, table: str) -> bool:
    """Whether every value of every row is there, told by the rows' numbers."""
    columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    equal = " AND ".join(f'a."{column}" IS b."{column}"' for column in columns)
    counted = (
        f'SELECT (SELECT count(*) FROM main."{table}"), (SELECT count(*) FROM other."{table}"),'
        f' (SELECT count(*) FROM main."{table}" a JOIN other."{table}" b'
        f" ON a.rowid = b.rowid WHERE {equal})"
    )
    return len(set(connection.execute(counted).fetchone())) == 1


def _rename_attachments(file: Path, part: Path, keys: Keys | None, near: Path | None) -> None:
    """Write every attachment anew under the keys, and its name into the part."""
    folder = folder_of(file)
    with raw(part, write=True) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("BEGIN IMMEDIATE")
        for name, digest in registered(connection).items():
            if not (folder / name).is_file():
                continue  # lost before: it stays so, under the name that is known
            wanted = name_for(keys, digest, Path(name).suffix)
            if wanted == name:
                continue
            try:
                _write_anew(folder, name, wanted, digest, keys, near)
            except BlockedError:
                if not name.endswith(SEALED):
                    raise
                continue  # damaged before; nobody reads it as it is
            connection.execute("UPDATE attachment SET name = ? WHERE name = ?", (wanted, name))
        connection.execute("COMMIT")


def _write_anew(
    folder: Path, name: str, wanted: str, digest: str, keys: Keys | None, near: Path | None
) -> None:
    target = folder / wanted
    if _whole(target, digest):
        return
    with written_aside(target) as part:
        shared = None if near is None else folder_of(near) / wanted
        if shared is not None and _whole(shared, digest):
            part.unlink()
            with suppress(OSError):
                os.link(shared, part)
        if not part.exists() or not part.stat().st_size:
            part.write_bytes(stored(keys, wanted, content_of(folder / name)))
            sync_file(part)
        target.unlink(missing_ok=True)
        put_as_new(part, target)


def _whole(file: Path, digest: str) -> bool:
    with suppress(UserError):
        return file.is_file() and digest_of(file) == digest
    return False


def _number(connection: dbapi2.Connection, pragma: str) -> int:
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])
