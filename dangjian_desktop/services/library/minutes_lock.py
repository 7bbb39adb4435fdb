"""The lock of the sealed minutes, where the library that they were printed from is gone: the
password with any slots that are left, or the recovery code alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.library.passwords import entered
from dangjian_desktop.storage.copies.kept import copies_folder
from dangjian_desktop.storage.copies.minutes import closed_names
from dangjian_desktop.storage.file.keys import SLOTS, hold, slots_file
from dangjian_desktop.storage.file.recovery_code import read_code
from dangjian_desktop.storage.file.sealing import keys_from
from dangjian_desktop.storage.file.slots import opened, read_slots


def unlock_minutes(library: Path, password: str | None, code: str | None) -> None:
    """Unlock what these open; raises ``InputError`` for a code that was copied wrong, nothing for
    a password that does not fit."""
    names = closed_names(library)
    if names and code:
        keys = keys_from(read_code(code))
        if keys.name in names:
            hold(keys)
    if names and password:
        for name in names:
            _by_password(library, name, entered(password))


def with_slots(library: Path) -> Iterator[Path]:
    """The library and its copies, there or not, as far as a file of slots lies beside them."""
    beside = [slots_file(library), *sorted(copies_folder(library).glob(f"*{SLOTS}"), reverse=True)]
    return (each.with_suffix(library.suffix) for each in beside if each.is_file())


def _by_password(library: Path, name: bytes, password: str) -> None:
    """By the slots beside the library, or beside a copy of it."""
    for file in with_slots(library):
        with suppress(BlockedError, OSError):
            keys = keys_from(opened(file, read_slots(file, name), password)[0])
            if keys.name == name:
                hold(keys)
                return
