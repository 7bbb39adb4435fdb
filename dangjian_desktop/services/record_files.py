"""Files that records keep beside the library."""

from __future__ import annotations

from pathlib import Path

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.services.files import hand_out
from dangjian_desktop.storage.library import Library


class RecordFiles:
    """The files of the records of one library."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def keep(self, source: Path, note: str = "") -> KeptFile:
        """Copy a file beside the library, for a value of a ``files`` field.

        Raises ``InputError`` for a file that is missing, empty or too large.
        """
        attached = self._library.keep_file(source)
        with self._library.changing() as work:
            work.attachments.register(attached)
        name, words = clean(source.name)[0], clean(note)[0].strip()
        return KeptFile(new_id(), name, attached.sha256, attached.size, words)

    def hand_out(self, file: KeptFile, folder: Path) -> Path:
        """Write a copy of a kept file under its own name into a folder, and return its path."""
        return hand_out(self._library, file, "附件", folder)
