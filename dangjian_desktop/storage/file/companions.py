"""Files beside a library without which it, or a copy of it, cannot be opened."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

from dangjian_desktop.inputs import open_input
from dangjian_desktop.storage.file.placing import (
    free_name,
    put_in_place,
    sync_file,
    written_aside,
)

_SUFFIXES = (".keys",)
"""Of the key slots."""


def companions_of(library: Path) -> tuple[Path, ...]:
    """Where the companions of a library, or of a copy, lie; each may be missing."""
    return tuple(library.with_suffix(suffix) for suffix in _SUFFIXES)


def bring_companions(source: Path, target: Path) -> None:
    """Give the target what the source has beside it, before the target gets its final name: it can
    be opened as soon as it has."""
    for theirs, ours in zip(companions_of(source), companions_of(target), strict=True):
        if not theirs.is_file():
            continue
        with written_aside(ours) as part:
            with open_input(theirs) as read, part.open("wb") as write:
                shutil.copyfileobj(read, write)
            sync_file(part)
            put_in_place(part, ours)


def put_aside(library: Path) -> None:
    """Keep what lies beside a library and is not its own under another name: a file that was
    sealed under that key may need it."""
    for file in companions_of(library):
        with suppress(OSError):
            if file.exists():
                file.replace(free_name(file.with_name(f"{file.name}.old")))


def drop_companions(copy: Path) -> None:
    """Take away what lies beside a copy that is gone."""
    for file in companions_of(copy):
        file.unlink(missing_ok=True)
