"""The second place: what a library could not take waits on this computer until it can."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, fields
from datetime import datetime
from hashlib import blake2b
from pathlib import Path
from types import ModuleType
from typing import Any

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.paths import data_folder
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import Keys, unlocked
from dangjian_desktop.storage.file.placing import put_in_place, sweep, sync_file, written_aside

FOLDER = "held"
_SUFFIX = ".json"
_OWNER = 0o700


@dataclass(frozen=True, slots=True)
class Held:
    """An unsaved form as a draft keeps it; ``library`` says of which library, whatever its path.

    ``name`` is that of its file, for people. ``base_revision`` is None where it is not known.
    """

    library: str
    name: str
    form: str
    uid: str
    content: Mapping[str, Any]
    saved_at: str
    base_revision: int | None = None
    version: int = 1

    @property
    def plain(self) -> dict[str, Any]:
        """As plain JSON; ``held_from`` reads it."""
        return asdict(self)


def held_from(plain: Any) -> Held:
    """What ``plain`` gave; raises ``ValueError``, ``TypeError`` or ``KeyError`` for the rest."""
    made = Held(**{field.name: plain[field.name] for field in fields(Held)})
    datetime.fromisoformat(made.saved_at)
    texts = (made.library, made.name, made.form, made.uid)
    numbers = (made.version, made.base_revision or 0)
    if not all(isinstance(text, str) for text in texts) or not isinstance(made.content, dict):
        raise TypeError("held")
    if not all(isinstance(number, int) for number in numbers):
        raise TypeError("held")
    return made


class Holding:
    """A folder of the owner's alone, one file for each form and record; names tell nothing.

    Methods may be called from any thread.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or data_folder() / FOLDER

    def put(self, held: Held, keys: Keys | None = None) -> None:
        """Keep it in place of an older one of the same record, sealed where its library has a
        password; raises ``BlockedError``."""
        text = json_text(held.plain if keys is None else _sealed(held, keys))
        with system_told_in_words(self._folder, "写入"):
            self._folder.mkdir(mode=_OWNER, parents=True, exist_ok=True)
            with suppress(OSError):
                self._folder.chmod(_OWNER)
            target = self._place(held.library, held.form, held.uid)
            with written_aside(target) as part:
                part.write_text(text, encoding="utf-8")
                sync_file(part)
                put_in_place(part, target)

    def all(self, library: str) -> tuple[Held, ...]:
        """What waits for a library, the newest first; a file that cannot be read is left alone."""
        sweep(self._folder)
        found = [held for held in self._every() if held.library == library]
        return tuple(sorted(found, key=_when, reverse=True))

    def libraries(self) -> Mapping[str, int]:
        """How many wait, by the name of their library."""
        counted: dict[str, int] = {}
        for plain in self._plain():
            with suppress(ValueError, TypeError, KeyError):
                name = str(plain["name"] if "sealed" in plain else held_from(plain).name)
                counted[name] = counted.get(name, 0) + 1
        return counted

    def drop(self, library: str, form: str, uid: str) -> None:
        """Forget it; nothing happens where there is none."""
        place = self._place(library, form, uid)
        with system_told_in_words(place, "删除"):
            place.unlink(missing_ok=True)

    def _every(self) -> Iterator[Held]:
        for plain in self._plain():
            with suppress(ValueError, TypeError, KeyError):
                yield held_from(_opened(plain) if "sealed" in plain else plain)

    def _plain(self) -> Iterator[Any]:
        try:
            files = [place for place in self._folder.iterdir() if place.suffix == _SUFFIX]
        except OSError:
            return
        for file in files:
            with suppress(OSError, ValueError, RecursionError):
                plain = json.loads(file.read_text(encoding="utf-8"))
                if isinstance(plain, dict):
                    yield plain

    def _place(self, library: str, form: str, uid: str) -> Path:
        named = os.fsencode("\n".join((library, form, uid)))
        return self._folder / f"{blake2b(named, digest_size=16).hexdigest()}{_SUFFIX}"


def _sealed(held: Held, keys: Keys) -> dict[str, str]:
    """Which library it is of is told outside, and nothing else."""
    made = {"library": held.library, "name": held.name, "key": keys.name.hex()}
    data = json_text(held.plain).encode()
    return made | {"sealed": _sealing().seal(keys.drafts, data, _about(made)).hex()}


def _opened(told: Mapping[str, Any]) -> Any:
    """What was sealed; raises ``KeyError`` where its key is not held now, ``ValueError`` where it
    does not open."""
    keys = unlocked(bytes.fromhex(told["key"]))
    if keys is None:
        raise KeyError(told["key"])
    sealed = bytes.fromhex(told["sealed"])
    return json.loads(_sealing().unseal(keys.drafts, sealed, _about(told)))


def _about(told: Mapping[str, Any]) -> bytes:
    return json_text([told[name] for name in ("library", "name", "key")]).encode()


def _sealing() -> ModuleType:
    return Late("storage.file.sealing:seal").module()


def _when(held: Held) -> datetime:
    return datetime.fromisoformat(held.saved_at).astimezone()


class NotKeptError(BlockedError):
    """A library took no draft; ``held`` tells whether it waits in the second place."""

    def __init__(self, cause: Exception, *, held: bool) -> None:
        words = cause if isinstance(cause, BlockedError) else BlockedError("程序出了差错。")
        super().__init__(words.message, words.remedy)
        self.cause, self.held = cause, held
