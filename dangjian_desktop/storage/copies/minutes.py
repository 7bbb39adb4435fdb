"""Minutes that were printed, each also in a small sealed file of its own.

They lie with the copies but are none: a fault that spoils every generation alike does not reach
them, and a library can be made anew of them when nothing else is left.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.errors import UserError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE, read_input
from dangjian_desktop.late import Late
from dangjian_desktop.storage.copies.kept import copies_folder
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.keys import PUBLISHED_KEY, key_name, unlocked
from dangjian_desktop.storage.file.placing import put_in_place, sync_file, written_aside

_SUFFIX = ".minutes"
_HEAD = b"DJMN\x01\x01"  # the second number: AES-256-GCM
_NAME, _VERSION = 8, 4
_CLEAR = len(_HEAD) + _NAME + _VERSION
_LARGEST = 16 * MEBIBYTE
_USE = "会议记录副本".encode()


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
    """Which state of the record its file holds; 0 where there is none of the library's key."""
    head = _head(_file(library, uid))
    if head is None or _name(head) != _name_of(library):
        return 0
    return int.from_bytes(head[-_VERSION:])


def keep_minutes(library: Path, about: Mapping[str, Any], kept: Kept) -> None:
    """Seal the state in the file of its record; the one that was printed first stays beside it.

    ``about`` is what a library made of it will need: the name of the branch. Raises
    ``BlockedError`` where the folder cannot be written.
    """
    file = _file(library, kept.uid)
    before = _opened(file)
    first = before["first"] if before else _plain(kept)
    told = {"about": dict(about), "first": first, "last": _plain(kept)}
    _write(library, file, kept.version, told)


def reseal(library: Path) -> None:
    """Seal every file anew that has another key than the library; what cannot be opened stays.

    Raises ``BlockedError`` where the folder cannot be written.
    """
    for file in _files(library):
        head = _head(file)
        if head is not None and _name(head) != _name_of(library):
            told = _opened(file)
            if told is not None:
                _write(library, file, int.from_bytes(head[-_VERSION:]), told)


def _write(library: Path, file: Path, version: int, told: Mapping[str, Any]) -> None:
    name = _name_of(library)
    head = _HEAD + name + version.to_bytes(_VERSION)
    with system_told_in_words(file.parent, "写入备份文件夹"):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with written_aside(file) as part:
            sealed = _sealing().seal(_key(name), json_text(told).encode(), head)
            part.write_bytes(head + sealed)
            sync_file(part)
            put_in_place(part, file)


def drop_minutes(library: Path, uids: Iterable[str]) -> None:
    """Take away the files of records that were purged; one on a drive that is away stays."""
    for uid in uids:
        with suppress(OSError):
            _file(library, uid).unlink(missing_ok=True)


def count_minutes(library: Path) -> int:
    """How many records have such a file, whole or not."""
    return len(_files(library))


def key_names(library: Path) -> frozenset[bytes]:
    """The names of the keys of passwords under which files of it are sealed, held or not."""
    heads = filter(None, map(_head, _files(library)))
    return frozenset(name for name in map(_name, heads) if any(name))


def closed_names(library: Path) -> frozenset[bytes]:
    """Those of them that are not held now."""
    return frozenset(name for name in key_names(library) if unlocked(name) is None)


def kept_minutes(library: Path) -> Iterator[tuple[Mapping[str, Any], Kept]]:
    """What was said about, and the last state of every record that can be opened."""
    for told in filter(None, map(_opened, _files(library))):
        with suppress(LookupError, TypeError):
            yield told["about"], Kept(**told["last"])


def _files(library: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(minutes_folder(library).glob(f"*{_SUFFIX}"))
    return []


def _head(file: Path) -> bytes | None:
    """What lies in clear in a file; none where there is no such file."""
    with suppress(UserError, OSError):
        data = read_input(file, _LARGEST)
        return data[:_CLEAR] if data.startswith(_HEAD) and len(data) > _CLEAR else None
    return None


def _file(library: Path, uid: str) -> Path:
    return minutes_folder(library) / f"{uid}{_SUFFIX}"


def _plain(kept: Kept) -> dict[str, Any]:
    return {"uid": kept.uid, "version": kept.version, "at": kept.at, "state": dict(kept.state)}


def _opened(file: Path) -> dict[str, Any] | None:
    """The content of a file; none where it is missing, damaged or of a key that is not held."""
    with suppress(UserError, OSError, ValueError):
        data = read_input(file, _LARGEST)
        head, rest = data[:_CLEAR], data[_CLEAR:]
        if head.startswith(_HEAD):
            found = json.loads(_sealing().unseal(_key(_name(head)), rest, head))
            return found if isinstance(found, dict) else None
    return None


def _name(head: bytes) -> bytes:
    return head[len(_HEAD) : len(_HEAD) + _NAME]


def _name_of(library: Path) -> bytes:
    return key_name(library) or bytes(_NAME)


def _key(name: bytes) -> bytes:
    """The key of this name; that of libraries without a password has none."""
    keys = unlocked(name) if any(name) else None
    if keys is None and any(name):
        raise ValueError("key")
    key = bytes.fromhex(PUBLISHED_KEY) if keys is None else keys.drafts
    return hmac.new(key, _USE, hashlib.sha256).digest()


def _sealing() -> ModuleType:
    # It takes long to load, and is wanted only when something is printed.
    return Late("storage.file.sealing:seal").module()
