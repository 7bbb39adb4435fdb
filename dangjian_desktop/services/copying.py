"""Copies of a library: made, verified, put back; works on files, so also on damaged ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from dangjian_desktop.storage.checks import verify
from dangjian_desktop.storage.copies import BY_HAND, Copy, backup, restore
from dangjian_desktop.storage.kept import KeptCopy, kept_copies
from dangjian_desktop.storage.library import Library


def back_up(library: Path, to: Path | None = None) -> Copy:
    """A verified copy, in the copies folder unless told; raises ``BlockedError``."""
    return backup(library, to)


def problems_of(file: Path) -> tuple[str, ...]:
    """What is wrong with a library or a copy, in sentences; empty when it is whole."""
    return verify(file)


def put_back(
    copy: Path, library: Path, *, dry_run: bool = False
) -> tuple[dict[str, int], dict[str, int]]:
    """Counts before and after putting the copy in the library's place; the present is kept."""
    before, after = restore(copy, library, dry_run=dry_run)
    return dict(before), dict(after)


class CopyService:
    """Copies of one open library."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def backup(self, to: Path | None = None, *, reason: str = BY_HAND) -> Copy:
        """A verified copy."""
        return backup(self._library.path, to, reason=reason)

    def newest(self) -> KeptCopy | None:
        """The newest copy in the copies folder, if there is one."""
        return next(iter(kept_copies(self._library.path)), None)

    def kept(self) -> tuple[KeptCopy, ...]:
        """All copies in the copies folder, newest first."""
        return kept_copies(self._library.path)
