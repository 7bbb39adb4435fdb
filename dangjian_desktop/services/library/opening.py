"""Opening a library for one intention and closing it again, whatever happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dangjian_desktop.storage.file.keys import ask_when_needed
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


def offer_password(ask: Callable[[], Callable[[Path, bytes], Any]]) -> None:
    """Have a password at hand for every file that is locked; ``ask`` gives what tries it, and is
    called with the first of them."""
    made: list[Callable[[Path, bytes], Any]] = []

    def asked(file: Path, name: bytes) -> Any:
        if not made:
            made.append(ask())
        return made[0](file, name)

    ask_when_needed(asked)
