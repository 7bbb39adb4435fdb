"""Opening a library for one intention and closing it again, whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dangjian_desktop.storage.library import COMMAND_LINE, Library


@contextmanager
def reading(path: Path) -> Iterator[Library]:
    """The library for reading, without a lock; raises ``BlockedError``."""
    library = Library.open(path, write=False, holder=COMMAND_LINE)
    try:
        yield library
    finally:
        library.close()


@contextmanager
def changing(path: Path, holder: str = COMMAND_LINE) -> Iterator[Library]:
    """The library for writing, with its lock; raises ``BlockedError`` naming who holds it."""
    library = Library.open(path, write=True, holder=holder)
    try:
        yield library
    finally:
        library.close()
