"""Files that lie in clear for a while: copies that other programs show, what a package holds.

They lie in a folder of the owner's alone and not in that of all programs: after a kill the next
opening of a library takes away what is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from weakref import WeakSet, finalize

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


def take_back() -> tuple[str, ...]:
    """Take away now whatever is lent in this program; the names of the files that stay because
    another program has them open."""
    return tuple(name for each in tuple(_LENT) for name in each.take_back())


class Lent:
    """One such folder, made when it is first asked for and gone with this or with the program."""

    def __init__(self) -> None:
        _LENT.add(self)
        self._stack = ExitStack()
        self._folder: Path | None = None
        finalize(self, self._stack.close)

    def folder(self) -> Path:
        """Where it lies; from any one thread. Raises ``BlockedError``."""
        if self._folder is None or not self._folder.is_dir():
            self._folder = self._stack.enter_context(lent())
        return self._folder

    def take_back(self) -> list[str]:
        """Take away what lies in it; the names of the files that could not be removed."""
        files = [] if self._folder is None else sorted(self._folder.rglob("*"))
        return [file.name for file in files if not file.is_dir() and not _gone(file)]


_LENT: WeakSet[Lent] = WeakSet()


def _gone(file: Path) -> bool:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return False
    return True
