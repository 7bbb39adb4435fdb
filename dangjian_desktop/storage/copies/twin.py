"""A copy under another key than the library in whose place it is put: the library's key stays.

Nobody who puts a copy back takes a password away by it, or finds an old one in its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from dangjian_desktop.storage.copies.attachments import bring, folder_of
from dangjian_desktop.storage.copies.snapshot import snapshot
from dangjian_desktop.storage.file.companions import bring_companions, put_aside
from dangjian_desktop.storage.file.keys import has_password, key_name, keys_of, slots_file
from dangjian_desktop.storage.file.placing import folder_aside, written_aside


@contextmanager
def under_key_of(library: Path, copy: Path) -> Iterator[Path]:
    """The copy itself where it has the library's key, or the library none; else a twin of it under
    the library's key, for as long as the block lasts."""
    if not has_password(library) or key_name(library) == key_name(copy):
        yield copy
        return
    with folder_aside(library) as folder:
        twin = folder / library.name
        with written_aside(twin) as part:
            snapshot(copy, part)
            part.replace(twin)
        bring(folder_of(copy), folder_of(twin))
        # It needs what is imported only where there is a password.
        rekeying = import_module("dangjian_desktop.storage.rekeying")
        rekeying.rekey(twin, keys_of(library), rekeying.slots_of(library), near=library)
        yield twin


def bring_slots(copy: Path, library: Path) -> None:
    """Before a copy gets the place of the library: what its password needs, unless the passwords
    of the library stay, which may itself be missing or emptied. Slots of another key are kept."""
    name = key_name(copy)
    if name is not None and slots_file(library).exists():
        unlocking = import_module("dangjian_desktop.storage.file.unlocking")
        if has_password(library) or unlocking.kept_slots(library, name):
            return
        put_aside(library)
    bring_companions(copy, library)


def drop_slots(library: Path) -> None:
    """What lies beside a library that has no password is not its own: kept under another name."""
    if not has_password(library):
        put_aside(library)
