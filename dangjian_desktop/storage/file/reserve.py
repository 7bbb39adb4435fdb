"""A file that keeps some room beside a library on a disk that may get full: given up in need."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

MEGABYTE = 1024 * 1024
SIZE = 2 * MEGABYTE
"""Room that is kept: what some saves and their journal take."""
SCARCE = 500 * MEGABYTE
"""Where more is free no room is kept."""


def reserve_of(library: Path) -> Path:
    """Where the kept room of a library lies; may not exist."""
    return library.parent / f"{library.name}.reserve"


def keep_room(library: Path) -> None:
    """Keep the room where the disk is small and has it; nothing is said where that fails."""
    file = reserve_of(library)
    with suppress(OSError):
        if not file.exists() and SIZE * 1.5 <= shutil.disk_usage(library.parent).free < SCARCE:
            handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as out:
                # Not a hole: the room has to be taken.
                out.write(b"\xff" * SIZE)


def give_up_room(library: Path) -> bool:
    """Let the kept room go; whether there was any."""
    try:
        reserve_of(library).unlink()
    except OSError:
        return False
    return True


def missing_megabytes(place: Path, needed: int = SIZE) -> int:
    """How many MB are wanting for so many bytes where the disk is full; at least one."""
    there = next(folder for folder in (place, *place.parents) if folder.is_dir())
    free = 0
    with suppress(OSError):
        free = shutil.disk_usage(there).free
    return max(1, -(-(needed - free) // MEGABYTE))
