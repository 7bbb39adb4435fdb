"""What was left for later when a big library was opened: looking at all of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import RLock

from dangjian_desktop.errors import BlockedError
from dangjian_desktop.storage.file.failures import CannotWriteError
from dangjian_desktop.storage.opening import examined, make_ready, unchecked


class Postponed:
    """Of one library, whose lock is held where it is to be written; in any thread."""

    def __init__(self, path: Path, *, write: bool, unclean: bool = False) -> None:
        self._path, self._write, self._unclean = path, write, unclean
        self._looking = RLock()
        self.pending = True
        """Whether not all of it has been looked at yet."""
        self.why: CannotWriteError | None = unchecked(path) if write else None
        """Why it cannot be written."""

    def look(self) -> None:
        """Look at all of it, once; raises ``BlockedError`` where it is damaged."""
        with self._looking:
            if not self.pending:
                return
            unclean, self._unclean = self._unclean, False
            if not self._write:
                examined(self._path, may_be_newer=True)
            else:
                self.why = self._made_ready(unclean)
            self.pending = False

    def end(self) -> None:
        """It is closed: whoever looks ends first. Of one that was not closed in order the next
        opening would know nothing more."""
        with self._looking:
            if self._unclean:
                with suppress(BlockedError):
                    self.look()
            self.pending = False

    def _made_ready(self, unclean: bool) -> CannotWriteError | None:
        try:
            make_ready(self._path, unclean=unclean)
        except CannotWriteError as error:
            return error
        return None
