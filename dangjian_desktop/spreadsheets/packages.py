"""Zipped workbooks are unpacked under limits first; only parts that passed reach a parser."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dangjian_desktop.errors import InputError

MAX_ENTRIES = 2_000
MAX_PART = 50 * 1024 * 1024
MAX_TOTAL = 300 * 1024 * 1024
MAX_RATIO = 100
_RATIO_COUNTS_FROM = 8 * 1024 * 1024
_CHUNK = 1 << 18
_SUFFIXES = (".xml", ".rels", ".bin", "mimetype")
_SKIPPED = ("media/", "embeddings/", "drawings/", "printerSettings/", "vbaProject", "Thumbnails/")
_TOO_BIG = "请用Excel或WPS打开，把人员表格单独复制到新文件，保存后再导入。"
_DAMAGED = "请用Excel或WPS打开该文件，另存为一份新的.xlsx文件后再导入。"
_FORBIDDEN = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)

_UNREADABLE = (
    *(BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, OverflowError, NotImplementedError, RuntimeError),
)

Parts = Mapping[str, bytes]


def read_parts(data: bytes, file_name: str) -> Parts:
    """The parts of a zipped workbook that hold tables, by name.

    Every byte is counted while it is unpacked, so that sizes written in the file need not be
    true. Raises ``InputError`` for what is damaged, too large, or carries a DOCTYPE.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            return _wanted(package, file_name)
    except _UNREADABLE as error:
        raise InputError(f"文件“{file_name}”已损坏，无法读取。", _DAMAGED) from error


def read_part(data: bytes, part: str, file_name: str) -> bytes:
    """One part that ``read_parts`` leaves aside, under the same limits; raises ``InputError``."""
    try:
        with ZipFile(BytesIO(data)) as package:
            found = _unpack(package, package.getinfo(part), file_name)
    except (*_UNREADABLE, KeyError) as error:
        raise InputError(f"文件“{file_name}”已损坏，无法读取。", _DAMAGED) from error
    _refuse_tricks(part, found, file_name)
    return found


def repacked(parts: Parts) -> BytesIO:
    """The checked parts alone, packed again without compression, for a parser."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as package:
        for name, data in parts.items():
            package.writestr(ZipInfo(name), data)
    packed.seek(0)
    return packed


def _wanted(package: ZipFile, file_name: str) -> Parts:
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise InputError(f"文件“{file_name}”里的部件太多，未读取。", _TOO_BIG)
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = entry.filename
        if not name.endswith(_SUFFIXES) or any(skipped in name for skipped in _SKIPPED):
            continue
        if name in parts or entry.flag_bits & 0x1:
            raise InputError(f"文件“{file_name}”已损坏或加密，无法读取。", _DAMAGED)
        data = _unpack(package, entry, file_name)
        total += len(data)
        if total > MAX_TOTAL:
            raise InputError(f"文件“{file_name}”展开后太大，未读取。", _TOO_BIG)
        _refuse_tricks(name, data, file_name)
        parts[name] = data
    return parts


def _unpack(package: ZipFile, entry: ZipInfo, file_name: str) -> bytes:
    unpacked: list[bytes] = []
    size, packed_size = 0, max(entry.compress_size, 1)
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked.append(chunk)
            size += len(chunk)
            swollen = size > _RATIO_COUNTS_FROM and size > MAX_RATIO * packed_size
            if size > MAX_PART or swollen:
                raise InputError(f"文件“{file_name}”展开后太大，未读取。", _TOO_BIG)
    return b"".join(unpacked)


def _refuse_tricks(name: str, data: bytes, file_name: str) -> None:
    if not name.endswith((".xml", ".rels")):
        return
    if b"\x00" in data[:4096] or (b"!" in data and _FORBIDDEN.search(data)):
        raise InputError(f"文件“{file_name}”的内容不合规范，为安全起见未读取。", _DAMAGED)
