"""Minutes that were printed, each also in a small sealed file of its own.

They lie with the copies but are none: a fault that spoils every generation alike does not reach
them, and a library can be made anew of them when nothing else is left.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import UserError
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.late import Late
from dangjian_desktop.storage.copies.kept import copies_folder
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import library_key
from dangjian_desktop.storage.file.placing import put_in_place, sync_file, written_aside

_SUFFIX = ".minutes"
_HEAD = b"DJMN\x01\x01"  # the second number: AES-256-GCM
_VERSION = 4
_CLEAR = len(_HEAD) + _VERSION
_LARGEST = 16 * MEBIBYTE
_USE = "会议记录副本".encode()
# What seals takes long to load, and is wanted only when something is printed.
_SEAL, _UNSEAL = Late("storage.copies.sealed:seal"), Late("storage.copies.sealed:unseal")


@dataclass(frozen=True, slots=True)
class Kept:
    """One record as it was printed: its state as history keeps it, which one that is, when."""

    uid: str
    version: int
    at: str
    state: Mapping[str, Any]


def minutes_folder(library: Path) -> Path:
    """Where the sealed minutes of a library lie; may not exist."""
    return copies_folder(library) / f"{library.stem}.minutes"


def version_kept(library: Path, uid: str) -> int:
    """Which state of the record its file holds; 0 where there is none."""
    with suppress(UserError, OSError):
        data = read_input(_file(library, uid), _LARGEST)
        if data.startswith(_HEAD):
            return int.from_bytes(data[len(_HEAD) : _CLEAR])
    return 0


def keep_minutes(library: Path, about: Mapping[str, Any], kept: Kept) -> None:
    """Seal the state in the file of its record; the one that was printed first stays beside it.

    ``about`` is what a library made of it will need: the name of the branch. Raises
    ``BlockedError`` where the folder cannot be written.
    """
    file = _file(library, kept.uid)
    before = _opened(library, file)
    first = before["first"] if before else _plain(kept)
    told = {"about": dict(about), "first": first, "last": _plain(kept)}
    head = _HEAD + kept.version.to_bytes(_VERSION)
    with system_told_in_words(file.parent, "写入备份文件夹"):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written_aside(file) as part:
            sealed = _SEAL.read()(_key(library), json_text(told).encode(), head)
            part.write_bytes(head + sealed)
            sync_file(part)
            put_in_place(part, file)


def count_minutes(library: Path) -> int:
    """How many records have such a file, whole or not."""
    return len(_files(library))


def kept_minutes(library: Path) -> Iterator[tuple[Mapping[str, Any], Kept]]:
    """What was said about, and the last state of every record that can be opened."""
    for told in filter(None, map(partial(_opened, library), _files(library))):
        with suppress(LookupError, TypeError):
            yield told["about"], Kept(**told["last"])


def _files(library: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(minutes_folder(library).glob(f"*{_SUFFIX}"))
    return []


def _file(library: Path, uid: str) -> Path:
    return minutes_folder(library) / f"{uid}{_SUFFIX}"


def _plain(kept: Kept) -> dict[str, Any]:
    return {"uid": kept.uid, "version": kept.version, "at": kept.at, "state": dict(kept.state)}


def _opened(library: Path, file: Path) -> dict[str, Any] | None:
    """The content of a file; none where it is missing, damaged or of another key."""
    with suppress(UserError, OSError, ValueError):
        data = read_input(file, _LARGEST)
        head, rest = data[:_CLEAR], data[_CLEAR:]
        if head.startswith(_HEAD):
            found = json.loads(_UNSEAL.read()(_key(library), rest, head))
            return found if isinstance(found, dict) else None
    return None


def _key(library: Path) -> bytes:
    key = bytes.fromhex(library_key(library))
    return hmac.new(key, _USE, hashlib.sha256).digest()
