"""Templates edited in Word: a copy lies in a folder of the user's until it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from dangjian_desktop.domain.templates.template import Template
from dangjian_desktop.errors import InputError, UserError
from dangjian_desktop.inputs import read_input
from dangjian_desktop.paths import data_folder
from dangjian_desktop.services.files import file_name, told_of, write_file
from dangjian_desktop.services.of_library import Clock
from dangjian_desktop.services.templates.filling import MOST
from dangjian_desktop.services.templates.keeping import SUFFIX, TemplateService
from dangjian_desktop.storage.library import Library

FOLDER = "editing"
_OWNER = 0o700


class WordEdits:
    """Copies of the templates of one library. Methods raise ``InputError``, ``BlockedError``."""

    def __init__(self, library: Library, clock: Clock) -> None:
        self._library = library
        self._templates = TemplateService(library, clock)

    def copy(self, uid: str) -> Path:
        """The copy to be opened in Word; one that was changed and not taken back goes on."""
        template = self._templates.one(uid)
        if (there := self._changed(template)) is not None:
            return there
        folder = self._place(uid)
        with told_of(folder):
            folder.chmod(_OWNER)
        file = self._templates.file_of(template)
        return write_file(folder, file_name(file.title), SUFFIX, file.data, force=True)

    def waiting(self) -> dict[str, Path]:
        """The copies that were changed, by the ids of their templates."""
        found = ((each.id, self._changed(each)) for each in self._templates.all())
        return {uid: path for uid, path in found if path is not None}

    def take_back(self, uid: str) -> Template:
        """Keep what was made of the copy; the copy goes."""
        template = self._templates.one(uid)
        path = self._changed(template)
        if path is None:
            words = f"模板“{template.title}”没有改动，或者在 Word 中还没有保存。"
            raise InputError(words, "请在 Word 中保存后再取回。")
        kept = self._templates.replace(uid, path)
        self.drop(uid)
        return kept

    def drop(self, uid: str) -> None:
        """Forget the copy; one that Word still holds stays, as it is kept."""
        for path in self._copies(uid):
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            self._place(uid).rmdir()

    def _changed(self, template: Template) -> Path | None:
        kept: bytes | None = None
        for path in self._copies(template.id):
            with suppress(UserError):
                kept = kept or self._templates.file_of(template).data
                if read_input(path, MOST) != kept:
                    return path
        return None

    def _copies(self, uid: str) -> Iterator[Path]:
        with suppress(OSError):
            # What begins with ~$ is Word's own mark that the file is open.
            found = [p for p in self._place(uid).iterdir() if p.suffix.lower() == SUFFIX]
            yield from (path for path in sorted(found) if not path.name.startswith("~$"))

    def _place(self, uid: str) -> Path:
        return data_folder() / FOLDER / file_name(self._identity) / uid

    @cached_property
    def _identity(self) -> str:
        with self._library.reading() as work:
            return work.identity
