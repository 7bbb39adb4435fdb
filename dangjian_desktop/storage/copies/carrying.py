"""A whole library in one file, for a stick: an ordinary zip that unpacks into what it was."""

from __future__ import annotations

import errno
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import open_input
from dangjian_desktop.storage.copies.attachments import files_in, folder_of, sha256_of
from dangjian_desktop.storage.copies.copies import Copy, backup
from dangjian_desktop.storage.copies.fresh import forget, other_bytes
from dangjian_desktop.storage.copies.kept import SUFFIX
from dangjian_desktop.storage.file.companions import companions_of
from dangjian_desktop.storage.file.failures import system_told_in_words
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.placing import (
    folder_aside,
    put_in_place,
    sweep,
    sync_file,
    written_aside,
)

ZIP = ".zip"
TO_A_STICK = "拷出"
_CHUNK = 1 << 20
_SPOILED = (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error)


def carried_out(library: Path, file: Path) -> Copy:
    """Write a verified copy of the library with its attachments as one file, in place of what has
    that name, or into a folder; it is read back from the drive and compared before it is there.

    Raises ``BlockedError`` where the drive is full, cannot be written or gives back other bytes.
    """
    if file.is_dir():
        file /= f"{library.stem}_{now():%Y%m%d}{ZIP}"
    target = file if file.suffix.lower() == ZIP else file.with_name(file.name + ZIP)
    if target.exists() and not target.is_file():
        raise BlockedError(f"“{target}”不是普通文件，不能拷到那里。", "请另选一个文件名或文件夹。")
    copy = backup(library, reason=TO_A_STICK)
    sources = dict(_sources(copy.file, library.stem))
    needed = sum(source.stat().st_size for source in sources.values())
    with system_told_in_words(target.parent, "写入", needed), _told_of_fat():
        sweep(target.parent)
        with written_aside(target) as part:
            sums = _zipped(sources, part)
            sync_file(part)
            _require_same(part, sums, target)
            put_in_place(part, target)
    return Copy(target, sha256_of(target), copy.counts, copy.at, copy.lost)


@contextmanager
def brought_in(file: Path, near: Path) -> Iterator[Path]:
    """The copy in a file of ``carried_out``, unpacked beside ``near`` for as long as the block
    lasts; any other copy as it is. Raises ``InputError`` for a zip that is none of these."""
    if file.suffix.lower() != ZIP:
        yield file
        return
    with open_input(file) as opened, _read_as_zip(opened, file) as packed:
        parts = _parts(packed, file)
        needed = sum(part.file_size for part in parts.values())
        with system_told_in_words(near.parent, "写入", needed), folder_aside(near) as folder:
            for name, part in parts.items():
                _unpack(packed, part, folder / name, file)
            yield next(path for path in folder.iterdir() if path.suffix == SUFFIX)


def name_inside(file: Path) -> str:
    """What the library in a file of ``carried_out`` is called; raises ``InputError`` for a zip
    that is none."""
    with open_input(file) as opened, _read_as_zip(opened, file) as packed:
        parts = _parts(packed, file)
        return next(name for name in parts if "/" not in name and name.endswith(SUFFIX))


def _sources(copy: Path, stem: str) -> Iterator[tuple[str, Path]]:
    """What goes into the zip, under the names that belong together when it is unpacked."""
    yield f"{stem}{SUFFIX}", copy
    for companion in companions_of(copy):
        if companion.is_file():
            yield f"{stem}{companion.suffix}", companion
    folder = folder_of(copy)
    for name, file in files_in(folder).items():
        yield f"{stem}{folder.suffix}/{name}", file


def _zipped(sources: dict[str, Path], part: Path) -> dict[str, str]:
    """Write the zip; the SHA-256 of what was read, by name."""
    sums = {}
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as packed:
        for name, source in sources.items():
            digest = hashlib.sha256()
            with (
                open_input(source) as read,
                packed.open(zipfile.ZipInfo(name), "w", force_zip64=True) as write,
            ):
                while chunk := read.read(_CHUNK):
                    digest.update(chunk)
                    write.write(chunk)
            sums[name] = digest.hexdigest()
    return sums


def _require_same(part: Path, sums: dict[str, str], target: Path) -> None:
    """Raise ``BlockedError`` unless the drive gives back every part as it was read."""
    with open_input(part) as opened:
        forget(opened)
        try:
            with zipfile.ZipFile(opened) as packed:
                same = all(_digest(packed, name) == digest for name, digest in sums.items())
        except _SPOILED:
            same = False
    if not same:
        raise other_bytes(target)


def _digest(packed: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with packed.open(name) as read:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _read_as_zip(opened: BinaryIO, file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(opened) as packed:
            yield packed
    except _SPOILED as error:
        raise _no_copy(file) from error


def _parts(packed: zipfile.ZipFile, file: Path) -> dict[str, zipfile.ZipInfo]:
    """Every part by the path to unpack it to; only what ``_sources`` puts there."""
    found = {info.filename: info for info in packed.infolist() if not info.is_dir()}
    stems = [
        PurePosixPath(name).stem for name in found if "/" not in name and name.endswith(SUFFIX)
    ]
    if len(stems) != 1 or len(found) != len({name.casefold() for name in found}):
        raise _no_copy(file)
    own = Path(f"{stems[0]}{SUFFIX}")
    beside, folder = {own.name, *(c.name for c in companions_of(own))}, folder_of(own).name
    for name, info in found.items():
        path = PurePosixPath(name)
        inside = len(path.parts) > 1 and path.parts[0] == folder
        plain = not path.is_absolute() and not {"..", "."} & {*path.parts} and "\\" not in name
        if not plain or not (name in beside or inside) or info.flag_bits & 1:
            raise _no_copy(file)
    return found


def _unpack(packed: zipfile.ZipFile, part: zipfile.ZipInfo, to: Path, file: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    left = part.file_size
    with packed.open(part) as read, to.open("xb") as write:
        while chunk := read.read(_CHUNK):
            left -= len(chunk)
            if left < 0:  # the size that was told is not the true one
                raise _no_copy(file)
            write.write(chunk)


@contextmanager
def _told_of_fat() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        raise BlockedError(
            "U盘的格式（FAT32）放不下超过4GB的文件，没有拷出。",
            "请换一个格式为 exFAT 或 NTFS 的U盘，或改用“第二备份位置”。",
        ) from error


def _no_copy(file: Path) -> InputError:
    return InputError(
        f"“{file.name}”不是本程序拷出的资料库，或已损坏。",
        "请选择用“拷到U盘”做出的 .zip 文件，或以 .dangjian 结尾的备份。",
    )
