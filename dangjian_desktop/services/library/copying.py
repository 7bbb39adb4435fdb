"""Copies of a library: made, verified, put back; works on files, so also on damaged ones."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.copies.attachments import lost_files
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.copies.copies import BY_HAND, Copy, backup, restore
from dangjian_desktop.storage.copies.kept import KeptCopy, copies_folder, copy_name, kept_copies
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.records.settings import COPIES_FOLDER

__all__ = [
    "Copy",
    "CopyService",
    "KeptCopy",
    "back_up",
    "lost_files",
    "problems_of",
    "put_back",
]


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


class CopyService(OfLibrary):
    """Copies of one open library."""

    def backup(self, to: Path | None = None, *, reason: str = BY_HAND) -> Copy:
        """A verified copy."""
        return backup(self._library.path, to, reason=reason)

    def newest(self) -> KeptCopy | None:
        """The newest copy in the copies folder, if there is one."""
        return next(iter(kept_copies(self._library.path)), None)

    def kept(self) -> tuple[KeptCopy, ...]:
        """All copies in the copies folder, newest first."""
        return kept_copies(self._library.path)

    def folder(self) -> Path:
        """Where copies are kept now."""
        return copies_folder(self._library.path)

    def beside(self) -> bool:
        """Whether copies are kept beside the library, because no other place was chosen."""
        with self._library.reading() as work:
            return work.settings.get(COPIES_FOLDER) is None

    def keep_in(self, folder: Path | None) -> Copy:
        """Keep copies in this folder from now on (nothing: beside the library).

        A copy is made there first, so that a place which cannot be written to is refused with
        ``BlockedError`` and nothing is changed.
        """
        place = folder or self._library.path.with_suffix(".copies")
        made = backup(self._library.path, place / copy_name(self._library.path, now(), BY_HAND))
        with self._library.changing(Topic.SETTINGS) as work:
            work.settings.put(COPIES_FOLDER, None if folder is None else str(folder))
        return made

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the open library, in sentences; empty when it is whole."""
        return verify(self._library.path)
