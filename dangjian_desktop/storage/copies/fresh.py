"""Reading what was just written from the drive itself, as far as the system lets us."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from io import BufferedReader
from pathlib import Path

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.inputs import open_input


def forget(opened: BufferedReader) -> None:
    """Let the system forget what it has in memory of a file that was synced, so that it is read
    from the drive. Linux does when asked to; elsewhere the system decides what is read again."""
    with suppress(AttributeError, OSError):
        os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def read_back(file: Path) -> str:
    """The SHA-256 of a file that was just written, from the drive."""
    with open_input(file) as opened:
        forget(opened)
        return hashlib.file_digest(opened, "sha256").hexdigest()


def other_bytes(place: Path) -> BlockedError:
    """What to say where the drive does not give back what was written."""
    return BlockedError(
        f"写到“{place}”的内容读回来不一样，这个磁盘或U盘可能已损坏，没有留下这份副本。",
        "请换一个U盘或磁盘再试；原有的备份没有改动。",
    )
