"""A TrueType file read only where it is needed, so that opening one costs next to nothing."""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from pathlib import Path
from struct import error, pack, pack_into, unpack_from
from typing import NamedTuple

from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.inputs import open_input

_COPIED = ("cvt ", "fpgm", "prep")
_RESTRICTED = 0x0002
_PADDED = 4
_COMPOSITE_WORDS = 0x0001
_COMPOSITE_SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))
_COMPOSITE_MORE = 0x0020
_THOUSAND = 1000


class Shape(NamedTuple):
    """A glyph as a program holds it; ``width`` is its advance in thousandths of the type size."""

    width: int
    metric: bytes
    outline: bytes


class TrueTypeFile:
    """One face of a .ttf or .ttc file, mapped into memory and never parsed as a whole.

    Raises ``BlockedError`` when the file is no TrueType face, may not be embedded, or has
    PostScript outlines (.otf).
    """

    def __init__(self, path: Path, index: int = 0) -> None:
        self.path = path
        try:
            with open_input(path) as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._open(index)
        except (InputError, OSError, ValueError, error, KeyError, IndexError) as cause:
            message = f"字体文件“{path.name}”读不出来，可能已损坏。"
            raise BlockedError(message, "请从字体文件夹中删去它，或换一个 .ttf 文件。") from cause

    def _open(self, index: int) -> None:
        data = self._data
        start = 0
        if data[:4] == b"ttcf":
            start = unpack_from(">L", data, 12 + 4 * index)[0]
        if data[start : start + 4] == b"OTTO":
            raise BlockedError(
                f"字体文件“{self.path.name}”是 .otf 格式，不能嵌入打印文件。",
                "请改放同一字体的 .ttf 文件。",
            )
        count = unpack_from(">H", data, start + 4)[0]
        self._tables: dict[str, tuple[int, int]] = {}
        for number in range(count):
            tag, _, offset, length = unpack_from(">4sLLL", data, start + 12 + 16 * number)
            self._tables[tag.decode("latin-1")] = (offset, length)
        self._read_metrics()
        self._read_cmap()
        self._cache: dict[int, int] = {}
        self._shapes: dict[int, Shape] = {}

    def _at(self, tag: str) -> int:
        return self._tables[tag][0]

    def _read_metrics(self) -> None:
        data = self._data
        head, hhea = self._at("head"), self._at("hhea")
        self.units: int = unpack_from(">H", data, head + 18)[0]
        self.box: tuple[int, ...] = unpack_from(">4h", data, head + 36)
        self._long_offsets = bool(unpack_from(">h", data, head + 50)[0])
        self.ascent, self.descent = unpack_from(">hh", data, hhea + 4)
        self._metrics: int = unpack_from(">H", data, hhea + 34)[0]
        self._widths, self._offsets, self._glyphs = map(self._at, ("hmtx", "loca", "glyf"))
        kind: int = 0
        if "OS/2" in self._tables:
            kind = unpack_from(">H", data, self._at("OS/2") + 8)[0]
        self.embeddable = kind & 0xF != _RESTRICTED

    def _read_cmap(self) -> None:
        data, base = self._data, self._at("cmap")
        found: dict[int, int] = {}
        for number in range(unpack_from(">H", data, base + 2)[0]):
            platform, encoding, offset = unpack_from(">HHL", data, base + 4 + 8 * number)
            kind = unpack_from(">H", data, base + offset)[0]
            if kind in (4, 12) and (platform == 0 or (platform, encoding) in ((3, 1), (3, 10))):
                found[kind] = base + offset
        self._direct = 12 in found
        if self._direct:
            offset = found[12]
            count = unpack_from(">L", data, offset + 12)[0]
            flat = unpack_from(f">{3 * count}L", data, offset + 16)
            self._first: Sequence[int] = flat[0::3]
            self._last: Sequence[int] = flat[1::3]
            self._shift: Sequence[int] = flat[2::3]
        else:
            self._read_segments(found[4])

    def _read_segments(self, offset: int) -> None:
        data = self._data
        count = unpack_from(">H", data, offset + 6)[0] // 2
        self._last = unpack_from(f">{count}H", data, offset + 14)
        self._first = unpack_from(f">{count}H", data, offset + 16 + 2 * count)
        self._shift = unpack_from(f">{count}h", data, offset + 16 + 4 * count)
        self._range_at = offset + 16 + 6 * count
        self._range = unpack_from(f">{count}H", data, self._range_at)

    def glyph_number(self, code: int) -> int:
        """The glyph of a character; 0 when the face has none."""
        number = self._cache.get(code)
        if number is None:
            number = self._cache[code] = self._find(code)
        return number

    def _find(self, code: int) -> int:
        place = bisect_right(self._first, code) - 1
        if place < 0 or code > self._last[place]:
            return 0
        if self._direct:
            return self._shift[place] + code - self._first[place]
        if not self._range[place]:
            return (code + self._shift[place]) & 0xFFFF
        offset = self._range_at + 2 * place + self._range[place]
        number: int = unpack_from(">H", self._data, offset + 2 * (code - self._first[place]))[0]
        return (number + self._shift[place]) & 0xFFFF if number else 0

    @property
    def whole(self) -> bool:
        """Whether its characters lead to glyphs that it has; else others would be printed."""
        try:
            count: int = unpack_from(">H", self._data, self._at("maxp") + 4)[0]
            before = -1
            for first, last in zip(self._first, self._last, strict=True):
                if not before < first <= last:
                    return False
                ends = {first, last} - {0xFFFF}  # with which the last range ends, mapped or not
                if not all(self._drawn(self._find(code), count) for code in ends):
                    return False
                before = last
        except (error, ValueError, KeyError, IndexError):
            return False
        return True

    def _drawn(self, glyph: int, count: int) -> bool:
        start, end = self._outline_place(glyph)
        return 0 <= glyph < count and start <= end <= self._tables["glyf"][1]

    def advance(self, glyph: int) -> int:
        """The width of a glyph in units of the face."""
        offset = self._widths + 4 * min(glyph, self._metrics - 1)
        width: int = unpack_from(">H", self._data, offset)[0]
        return width

    def shape(self, glyph: int) -> Shape:
        """How a glyph is drawn; read once, for papers share most of their characters."""
        shape = self._shapes.get(glyph)
        if shape is None:
            shape = self._shapes[glyph] = self._read(glyph)
        return shape

    def _read(self, glyph: int) -> Shape:
        data, advance = self._data, self.advance(glyph)
        start, end = self._outline_place(glyph)
        outline = data[self._glyphs + start : self._glyphs + end]
        # Behind the whole metrics stand the bearings of the glyphs that share the last advance.
        beyond = max(0, glyph - self._metrics + 1)
        offset = self._widths + 4 * (glyph - beyond) + 2 + 2 * beyond
        return Shape(
            round(advance * _THOUSAND / self.units),
            pack(">H", advance) + data[offset : offset + 2],
            outline + b"\0" * (-len(outline) % _PADDED),
        )

    def _outline_place(self, glyph: int) -> tuple[int, int]:
        if self._long_offsets:
            found: tuple[int, int] = unpack_from(">LL", self._data, self._offsets + 4 * glyph)
            return found
        half, end = unpack_from(">HH", self._data, self._offsets + 2 * glyph)
        return 2 * half, 2 * end

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A TrueType program whose n-th glyph is the n-th one asked for."""
        order = list(glyphs)
        where = {glyph: place for place, glyph in enumerate(order)}
        shapes: list[Shape] = []
        for glyph in order:  # grows while parts of composed glyphs are added behind
            shape = self.shape(glyph)
            if len(shape.outline) > _PADDED and shape.outline[0] & 0x80:
                shape = _with_parts_renumbered(shape, order, where)
            shapes.append(shape)
        return _program(self._subset_tables(shapes))

    def _subset_tables(self, shapes: Sequence[Shape]) -> dict[str, bytes]:
        count, outlines = len(shapes), [shape.outline for shape in shapes]
        tables = {tag: self._raw(tag) for tag in _COPIED if tag in self._tables}
        head, hhea, maxp = (bytearray(self._raw(tag)) for tag in ("head", "hhea", "maxp"))
        pack_into(">L", head, 8, 0)
        pack_into(">h", head, 50, 1)
        pack_into(">H", hhea, 34, count)
        pack_into(">H", maxp, 4, count)
        return tables | {
            "head": bytes(head),
            "hhea": bytes(hhea),
            "maxp": bytes(maxp),
            "glyf": b"".join(outlines),
            "loca": pack(f">{count + 1}L", *accumulate(map(len, outlines), initial=0)),
            "hmtx": b"".join([shape.metric for shape in shapes]),
        }

    def _raw(self, tag: str) -> bytes:
        offset, length = self._tables[tag]
        return self._data[offset : offset + length]

    def families(self) -> frozenset[str]:
        """Every family and full name the file gives itself."""
        data, base = self._data, self._at("name")
        count, strings = unpack_from(">HH", data, base + 2)
        found = set()
        for number in range(count):
            record = unpack_from(">6H", data, base + 6 + 12 * number)
            platform, name, length, offset = record[0], record[3], record[4], record[5]
            if platform in (0, 3) and name in (1, 4, 16):
                place = base + strings + offset
                found.add(data[place : place + length].decode("utf-16-be", "replace"))
        return frozenset(found)


def _with_parts_renumbered(shape: Shape, order: list[int], where: dict[int, int]) -> Shape:
    changed, place = bytearray(shape.outline), 10
    more = True
    while more:
        flags, part = unpack_from(">HH", changed, place)
        if part not in where:
            where[part] = len(order)
            order.append(part)
        pack_into(">H", changed, place + 2, where[part])
        place += 8 if flags & _COMPOSITE_WORDS else 6
        place += next((size for flag, size in _COMPOSITE_SCALES if flags & flag), 0)
        more = bool(flags & _COMPOSITE_MORE)
    return shape._replace(outline=bytes(changed))


def _program(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    directory = [
        pack(
            ">LHHHH",
            0x00010000,
            count,
            power * 16,
            power.bit_length() - 1,
            (count - power) * 16,
        )
    ]
    offset, bodies = 12 + 16 * count, []
    for tag in sorted(tables):
        body = tables[tag]
        directory.append(pack(">4sLLL", tag.encode(), 0, offset, len(body)))
        bodies.append(body + b"\0" * (-len(body) % 4))
        offset += len(bodies[-1])
    return b"".join(directory + bodies)


def faces_in(path: Path) -> int:
    """How many faces a .ttc holds; 1 for any other file."""
    with open_input(path) as file:
        head = file.read(12)
    return int(unpack_from(">L", head, 8)[0]) if head[:4] == b"ttcf" else 1
