"""Who writes into a library and who copies its bytes wait for each other in this process: SQLite
would refuse the writer after five seconds, and a large library takes longer on a slow drive."""

from __future__ import annotations

from pathlib import Path
from threading import RLock

_TURNS: dict[Path, RLock] = {}


_COPYING: dict[Path, RLock] = {}


def copying(library: Path) -> RLock:
    """To be held while it is asked whether a copy is wanted, and made: two would make the same."""
    return _COPYING.setdefault(library.resolve(), RLock())


def turn(library: Path) -> RLock:
    """To be held while writing, or while the bytes are copied."""
    return _TURNS.setdefault(library.resolve(), RLock())
