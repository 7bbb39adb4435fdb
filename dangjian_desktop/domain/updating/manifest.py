"""What an update package says of itself, before anything in it is believed or unpacked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from dangjian_desktop.domain.updating.canonical import canonical, read_canonical
from dangjian_desktop.domain.updating.names import name_issues
from dangjian_desktop.errors import InputError, Issue
from dangjian_desktop.frozen import dataclass

PRODUCT, FORMAT = "dangjian-desktop", 1
VERSION = "version"
"""The file of a program that says which version it is."""
MODES = {"0644": 0o644, "0755": 0o755}
MOST_FILES, MOST_BYTES = 20_000, 2 << 30
MOST_RATIO, SMALL = 2000, 1 << 20
"""What grows by more than this, and is larger than that, is no file of a program (one library
that is shipped grows by 360)."""
FULL_INSTALLER = "请重新拷贝更新文件；仍不行的，用完整安装包更新。"
_SUM = re.compile(r"[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9]\d{0,5})(\.(0|[1-9]\d{0,5})){2}")
_FLOOR = re.compile(r"\d{1,3}\.\d{1,3}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the program: where it goes, what it is, and its bytes as they are packed."""

    path: str
    size: int
    sha256: str
    mode: int
    pressed: bool
    packed: int
    packed_sha256: str
    crc: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``day`` is that of the release or empty, ``floor`` the glibc it needs or empty, ``schema``
    the newest of a library that it writes, ``changes`` the lines of its changelog, ``rotations``
    the SHA-256 of what travels with it about keys."""

    version: str
    platform: str
    machine: str
    floor: str
    day: str
    schema: int
    changes: tuple[str, ...]
    rotations: str
    size: int
    files: tuple[Part, ...]


def written(manifest: Manifest) -> bytes:
    """The bytes that are signed."""
    named = {name: getattr(manifest, name) for name in _FIELDS}
    files = [{name: getattr(part, name) for name in _PART} for part in manifest.files]
    for part in files:
        part["mode"] = f"{part['mode']:04o}"
    return canonical(
        {
            **named,
            "changes": list(manifest.changes),
            "files": files,
            "product": PRODUCT,
            "format": FORMAT,
        }
    )


def read(data: bytes) -> Manifest:
    """The manifest of signed bytes; raises ``InputError`` with everything that is wrong in it."""
    try:
        told = read_canonical(data)
    except (ValueError, RecursionError) as error:
        raise _wrong("清单不是规定的写法，或有重复的项目") from error
    if not isinstance(told, dict) or told.get("product") != PRODUCT:
        raise InputError("这是别的程序的更新文件。", "请选择党支部工作台的更新文件（.update）。")
    if told.get("format") != FORMAT:
        message = "更新文件的格式比这个版本认识的新。"
        raise InputError(message, "请用完整安装包更新。")
    if not _shaped(told, {**_FIELDS, "product": str, "format": int}):
        raise _wrong("清单的项目不对")
    files = tuple(_part(each) for each in told["files"])
    manifest = Manifest(
        **{name: told[name] for name in _FIELDS if name not in ("files", "changes")},
        changes=tuple(told["changes"]),
        files=files,
    )
    if issues := tuple(_issues(manifest)):
        raise InputError("更新文件的内容不能采用，没有改动任何东西。", FULL_INSTALLER, issues)
    return manifest


def _wrong(what: str) -> InputError:
    return InputError(f"更新文件的{what}，没有改动任何东西。", FULL_INSTALLER)


_FIELDS: Mapping[str, type] = {
    **dict.fromkeys(("version", "platform", "machine", "floor", "day", "rotations"), str),
    **dict.fromkeys(("schema", "size"), int),
    **dict.fromkeys(("changes", "files"), list),
}
_PART: Mapping[str, type] = {
    **dict.fromkeys(("path", "sha256", "mode", "packed_sha256"), str),
    **dict.fromkeys(("size", "packed", "crc"), int),
    "pressed": bool,
}


def _shaped(told: Any, fields: Mapping[str, type]) -> bool:
    """Whether it has these fields, each of its type, and no more."""
    return (
        isinstance(told, dict)
        and told.keys() == fields.keys()
        and all(type(told[name]) is kind for name, kind in fields.items())
    )


def _part(told: Any) -> Part:
    if not _shaped(told, _PART):
        raise _wrong("清单的项目不对")
    # What is neither a plain file nor one that is started is kept apart: ``_issues`` names it.
    return Part(**{**told, "mode": MODES.get(told["mode"], -1)})


def _issues(manifest: Manifest) -> Iterator[Issue]:
    told = {
        "更新说明不是文字。": all(type(line) is str for line in manifest.changes),
        "版本号不是规定的写法。": _VERSION.fullmatch(manifest.version),
        "所需 glibc 的版本不是规定的写法。": not manifest.floor or _FLOOR.fullmatch(manifest.floor),
        "密钥说明的校验值不是规定的写法。": _SUM.fullmatch(manifest.rotations),
        f"文件太多或没有：{len(manifest.files)}个。": 0 < len(manifest.files) <= MOST_FILES,
        f"总共{manifest.size}字节，太大或没有内容。": 0 < manifest.size <= MOST_BYTES,
        "各文件的大小加起来与总数不符。": sum(p.size for p in manifest.files) == manifest.size,
        f"里面的程序不是 {manifest.version[:20]}。": _holds_itself(manifest),
    }
    yield from (Issue(words) for words, holds in told.items() if not holds)
    yield from name_issues([part.path for part in manifest.files])
    for part in manifest.files:
        if why := _wrong_in(part):
            yield Issue(f"文件“{part.path[:60]}”{why}。", code="part")


def _holds_itself(manifest: Manifest) -> bool:
    """Whether the program in it says the same version as the package does."""
    said = hashlib.sha256(f"{manifest.version}\n".encode()).hexdigest()
    return any(part.path == VERSION and part.sha256 == said for part in manifest.files)


def _wrong_in(part: Part) -> str:
    if part.mode < 0:
        return "是链接或特殊文件，不是普通文件"
    if min(part.size, part.packed) < 0 or not 0 <= part.crc < 1 << 32:
        return "的大小不对"
    if not _SUM.fullmatch(part.sha256) or not _SUM.fullmatch(part.packed_sha256):
        return "的校验值不是规定的写法"
    if not part.pressed and part.size != part.packed:
        return "的大小与存放的不符"
    if part.size > SMALL and part.size > part.packed * MOST_RATIO:
        return "解开后大得不合理"
    return ""
