"""Who writes into a library and who copies its bytes wait for each other in this process: SQLite
would refuse the writer after five seconds, and a large library takes longer on a slow drive."""

from __future__ import annotations

from pathlib import Path
from threading import RLock

_TURNS: dict[Path, RLock] = {}


def turn(library: Path) -> RLock:
    """To be held while writing, or while the bytes are copied."""
    return _TURNS.setdefault(library.resolve(), RLock())
