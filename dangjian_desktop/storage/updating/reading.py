"""An update package is believed step by step: signature, list, structure, then each file."""

from __future__ import annotations

import hashlib
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.updating.canonical import read_canonical
from dangjian_desktop.domain.updating.keys import (
    KEY,
    SIGNATURE,
    Keys,
    Rotation,
    key_now,
    read_rotations,
)
from dangjian_desktop.domain.updating.manifest import FULL_INSTALLER, Manifest, Part, read
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.inputs import MEBIBYTE, open_input
from dangjian_desktop.late import Late
from dangjian_desktop.storage.updating.layout import HEAD, Member, begun, offsets, tail

SUFFIX = ".update"
MANIFEST, SIGNED, ROTATIONS = "manifest.json", "signature.json", "rotations.json"
FIRST = (MANIFEST, SIGNED, ROTATIONS)
INSIDE = "program/"
_LIMITS = {MANIFEST: 16 * MEBIBYTE, SIGNED: 4096, ROTATIONS: 65_536}
_CHUNK = 1 << 18
_MEMORY = 64 * MEBIBYTE
_HOLDS = Late("storage.updating.signing:holds")

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose signature and structure are what they must be; ``rotations`` are the
    statements about keys that it brought."""

    file: Path
    manifest: Manifest
    rotations: tuple[Rotation, ...]
    opened: BufferedReader
    places: tuple[int, ...]
    """Where the content of each file begins."""

    def check(self, progress: Progress) -> None:
        """Look at every byte of every file as it is packed; raises ``InputError``."""
        done = 0
        for part, place in self._parts():
            digest = hashlib.sha256()
            for chunk in self._packed(part, place):
                digest.update(chunk)
            if digest.hexdigest() != part.packed_sha256:
                raise changed(f"里的“{part.path}”与清单不符")
            done += part.size
            progress(done, self.manifest.size, "正在核对更新文件")

    def unpack(self, folder: Path, progress: Progress) -> None:
        """Write every file into the empty folder, each as the list tells it; raises ``InputError``
        for what is otherwise, and ``OSError``."""
        done = 0
        for part, place in self._parts():
            _write(part, self._unpacked(part, place), folder / part.path)
            done += part.size
            progress(done, self.manifest.size, "正在解开更新文件")

    def _parts(self) -> Iterator[tuple[Part, int]]:
        return zip(self.manifest.files, self.places, strict=True)

    def _packed(self, part: Part, place: int) -> Iterator[bytes]:
        self.opened.seek(place)
        left = part.packed
        while left:
            with _reading(self.file):
                chunk = self.opened.read(min(_CHUNK, left))
            if not chunk:
                raise half_copied()
            left -= len(chunk)
            yield chunk

    def _unpacked(self, part: Part, place: int) -> Iterator[bytes]:
        if not part.pressed:
            yield from self._packed(part, place)
            return
        stream = lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_MEMORY)
        try:
            for chunk in self._packed(part, place):
                yield stream.decompress(chunk, _CHUNK)
                while not stream.needs_input and not stream.eof:
                    yield stream.decompress(b"", _CHUNK)
        except (lzma.LZMAError, EOFError) as error:
            raise changed(f"里的“{part.path}”解不开") from error
        if not stream.eof or stream.unused_data:
            raise changed(f"里的“{part.path}”解开后与清单不符")


def _write(part: Part, chunks: Iterator[bytes], target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, crc, left = hashlib.sha256(), 0, part.size
    with target.open("xb") as write:
        for chunk in chunks:
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            write.write(chunk)
    if left or digest.hexdigest() != part.sha256 or crc != part.crc:
        raise changed(f"里的“{part.path}”解开后与清单不符")
    target.chmod(part.mode)


@contextmanager
def package(file: Path, keys: Keys, kept: tuple[Rotation, ...]) -> Iterator[Package]:
    """The package in a file, opened, where a key that counts today has signed it.

    Raises ``InputError`` for what is none, is signed by another, is half copied or was changed in
    any byte of its structure; ``BlockedError`` where this program was built without keys.
    """
    if not keys:
        raise BlockedError("这个版本没有配置更新公钥，不能从更新文件更新。", "请用完整安装包更新。")
    with open_input(file) as opened:
        with _reading(file):
            made = _opened(file, opened, keys, kept)
        yield made


def _opened(file: Path, opened: BufferedReader, keys: Keys, kept: tuple[Rotation, ...]) -> Package:
    content = {name: _first(opened, name, file) for name in FIRST}
    told, rotations = _signature(content[SIGNED]), _rotations(content[ROTATIONS])
    _require_signed(content[MANIFEST], told, key_now(keys, (*kept, *rotations), _HOLDS.read()))
    manifest = read(content[MANIFEST])
    if hashlib.sha256(content[ROTATIONS]).hexdigest() != manifest.rotations:
        raise changed("关于密钥的说明与清单不符")
    return Package(file, manifest, rotations, opened, _places(opened, content, manifest))


@contextmanager
def _reading(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BlockedError(
            f"读取“{file.name}”时出错。", "请检查U盘是否接好，或先把更新文件拷到本机再试。"
        ) from error


def changed(what: str) -> InputError:
    """What to say of a package that is not as it was made."""
    return InputError(f"更新文件{what}，可能没有拷好或被改动过。没有改动任何东西。", FULL_INSTALLER)


def half_copied() -> InputError:
    """What to say of a package that ends too early."""
    return InputError("更新文件没有拷全。没有改动任何东西。", FULL_INSTALLER)


def no_package(file: Path) -> InputError:
    """What to say of a file that is something else."""
    return InputError(
        f"“{file.name}”不是党支部工作台的更新文件。", f"请选择以 {SUFFIX} 结尾的更新文件。"
    )


def _first(opened: BufferedReader, name: str, file: Path) -> bytes:
    """One of the members that stand at the beginning, stored; nothing of it is believed yet."""
    head = opened.read(HEAD)
    length, size = begun(head) or (0, 0)
    called = opened.read(length)
    if called == name.encode() and size <= _LIMITS[name]:
        data = opened.read(size)
        if len(data) == size:
            return data
        raise half_copied()
    if name == MANIFEST:
        raise no_package(file)
    raise changed("的结构不对") if opened.read(1) else half_copied()


def _signature(data: bytes) -> dict[str, str]:
    told: Any = _canonical(data, "的签名不是规定的写法")
    fields = {"key": KEY, "signature": SIGNATURE}
    if not isinstance(told, dict) or told.keys() != fields.keys():
        raise changed("的签名不是规定的写法")
    if not all(isinstance(told[n], str) and p.fullmatch(told[n]) for n, p in fields.items()):
        raise changed("的签名不是规定的写法")
    return told


def _rotations(data: bytes) -> tuple[Rotation, ...]:
    what = "关于密钥的说明不是规定的写法"
    try:
        return read_rotations(_canonical(data, what))
    except ValueError as error:
        raise changed(what) from error


def _canonical(data: bytes, what: str) -> Any:
    try:
        return read_canonical(data)
    except (ValueError, RecursionError) as error:
        raise changed(what) from error


def _require_signed(manifest: bytes, told: dict[str, str], key: str) -> None:
    if told["key"] != key:
        raise InputError(
            f"更新文件的签名密钥（{told['key'][:8]}…）不是这个程序认可的（{key[:8]}…），没有采用。",
            "请向发布单位核对这个更新文件的来历；来历可靠的，用完整安装包更新。",
        )
    if not _HOLDS.read()(key, manifest, told["signature"]):
        raise changed("的签名与内容不符")


def _places(
    opened: BufferedReader, content: dict[str, bytes], manifest: Manifest
) -> tuple[int, ...]:
    """Where the content of each file begins; every byte between them is as the list wants it."""
    members = [*members_first(content), *map(member_of, manifest.files)]
    places, end = offsets(members), tail(members)
    wanted = places[-1] + len(end)
    there = os.fstat(opened.fileno()).st_size
    if there < wanted:
        raise half_copied()
    if there > wanted:
        raise changed(f"比清单多出{there - wanted}字节")
    for member, place in zip(members, places, strict=False):
        opened.seek(place)
        if opened.read(len(member.head)) != member.head:
            raise changed(f"在“{member.name}”处与清单不符")
    opened.seek(places[-1])
    if opened.read() != end:
        raise changed("的目录与清单不符")
    found = (place + len(m.head) for m, place in zip(members, places, strict=False))
    return tuple(found)[len(FIRST) :]


def members_first(content: dict[str, bytes]) -> list[Member]:
    """The members that stand at the beginning."""
    return [
        Member(name, len(content[name]), len(content[name]), zlib.crc32(content[name]))
        for name in FIRST
    ]


def member_of(part: Part) -> Member:
    """How the zip tells of a file of the program."""
    return Member(f"{INSIDE}{part.path}", part.size, part.packed, part.crc, part.pressed, part.mode)
