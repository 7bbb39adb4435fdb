"""Files that lie in clear for a while: copies that other programs show, what a package holds.

They lie in a folder of the owner's alone and not in that of all programs: after a kill the next
opening of a library takes away what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from weakref import finalize

from dangjian_desktop.paths import lent_folder
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.placing import folder_aside, sweep

_OWNER = 0o700


@contextmanager
def lent() -> Iterator[Path]:
    """An empty folder, gone with the block; raises ``BlockedError``."""
    place = lent_folder()
    with ExitStack() as stack:
        with system_told_in_words(place, "写入"):
            place.mkdir(mode=_OWNER, parents=True, exist_ok=True)
            place.chmod(_OWNER)
            sweep(place)
            made = stack.enter_context(folder_aside(place / "copy"))
        yield made


class Lent:
    """One such folder, made when it is first asked for and gone with this or with the program."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._folder: Path | None = None
        finalize(self, self._stack.close)

    def folder(self) -> Path:
        """Where it lies; from any one thread. Raises ``BlockedError``."""
        if self._folder is None or not self._folder.is_dir():
            self._folder = self._stack.enter_context(lent())
        return self._folder
