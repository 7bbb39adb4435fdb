"""A face inside a PDF: one Type0 subset, whose text can be copied and searched in full."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from struct import pack
from typing import NamedTuple

from dangjian_desktop.documents.pdf_objects import Name, PdfObjects, Reference, Value
from dangjian_desktop.documents.truetype import TrueTypeFile

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
_CMAP_END = "endcmap CMapName currentdict /CMap defineresource pop end end"
_CMAP_PART = 100
_STEM = 80
# The width of every character that is not told: a whole cell.
_CELL = 1000
_ONE_UNIT = 0x10000
_LEVEL = 1
# Titles, headings and labels are the same on one paper after another.
_FEW, _KEPT = 150, 64


class _Subset(NamedTuple):
    """What stands in a file for some characters; streams are compressed.

    ``length`` is that of the program; ``glyphs`` is the glyph of each character, none where
    they are numbered alike.
    """

    program: bytes
    length: int
    unicode: bytes
    widths: tuple[int | tuple[int, ...], ...]
    glyphs: bytes


class PdfFont:
    """The characters of one file used in one document, numbered in the order of first use."""

    def __init__(self, name: str, file: TrueTypeFile) -> None:
        self.name = name
        self._file = file
        self._codes: dict[str, str] = {}

    def code(self, character: str) -> str:
        """Four hexadecimal digits that stand for the character in a content stream."""
        code = self._codes.get(character)
        if code is None:
            code = self._codes[character] = f"{len(self._codes) + 1:04X}"
        return code

    def add_to(self, objects: PdfObjects) -> Reference:
        """Write the font's objects; a reference to the font."""
        make = _kept_subset if len(self._codes) <= _FEW else _subset
        subset = make(self._file, "".join(self._codes))
        known_as = Name(f"{self._tag()}+{self._plain_name()}")
        inner: dict[str, Value] = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": known_as,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": self._descriptor(objects, known_as, subset),
            "DW": _CELL,
            "W": subset.widths,
            "CIDToGIDMap": objects.stream(subset.glyphs) if subset.glyphs else Name("Identity"),
        }
        return objects.add(
            {
                "Type": Name("Font"),
                "Subtype": Name("Type0"),
                "BaseFont": known_as,
                "Encoding": Name("Identity-H"),
                "DescendantFonts": (objects.add(inner),),
                "ToUnicode": objects.packed(subset.unicode, {}),
            }
        )

    def _tag(self) -> str:
        number = int(self.name.removeprefix("F"))
        return "DANGJ" + chr(ord("A") + number % 26)

    def _plain_name(self) -> str:
        plain = (c for c in self._file.path.stem if c.isascii() and (c.isalnum() or c == "-"))
        return "".join(plain) or "Face"

    def _descriptor(self, objects: PdfObjects, known_as: Name, subset: _Subset) -> Reference:
        scale = _CELL / self._file.units
        return objects.add(
            {
                "Type": Name("FontDescriptor"),
                "FontName": known_as,
                "Flags": 4,
                "ItalicAngle": 0,
                "StemV": _STEM,
                "Ascent": round(self._file.ascent * scale),
                "Descent": round(self._file.descent * scale),
                "CapHeight": round(self._file.ascent * scale),
                "FontBBox": [round(edge * scale) for edge in self._file.box],
                "FontFile2": objects.packed(subset.program, {"Length1": subset.length}),
            }
        )


def _subset(file: TrueTypeFile, characters: str) -> _Subset:
    """What the characters need; the first of them is numbered 1."""
    glyphs = [0, *map(file.glyph_number, map(ord, characters))]
    places = {glyph: place for place, glyph in enumerate(dict.fromkeys(glyphs))}
    program = file.subset(places)
    return _Subset(
        _packed(program),
        len(program),
        zlib.compress("\n".join(_to_unicode(characters)).encode(), _LEVEL),
        tuple(_widths([file.shape(glyph).width for glyph in glyphs])),
        b"" if len(places) == len(glyphs) else _numbered(glyphs, places),
    )


_kept_subset = lru_cache(maxsize=_KEPT)(_subset)


def _packed(program: bytes) -> bytes:
    """Shorter by a quarter: outlines hardly repeat, and to look for what does took a third of all
    the time of two pages, for 5 % of their bytes."""
    packing = zlib.compressobj(_LEVEL, strategy=zlib.Z_HUFFMAN_ONLY)
    return packing.compress(program) + packing.flush()


def _widths(widths: Sequence[int]) -> Iterator[int | tuple[int, ...]]:
    """Each run of characters that are no whole cell wide: its first number, its widths."""
    start = 0
    for whole, run in groupby(widths, _CELL.__eq__):
        told = tuple(run)
        if not whole:
            yield start
            yield told
        start += len(told)


def _numbered(glyphs: Sequence[int], places: Mapping[int, int]) -> bytes:
    return pack(f">{len(glyphs)}H", *(places[glyph] for glyph in glyphs))


def _to_unicode(characters: str) -> Iterator[str]:
    yield _CMAP_HEAD
    pairs = [f"<{number:04X}> <{_utf16(each)}>" for number, each in enumerate(characters, 1)]
    for start in range(0, len(pairs), _CMAP_PART):
        part = pairs[start : start + _CMAP_PART]
        yield f"{len(part)} beginbfchar"
        yield from part
        yield "endbfchar"
    yield _CMAP_END


def _utf16(character: str) -> str:
    code = ord(character)
    return f"{code:04X}" if code < _ONE_UNIT else character.encode("utf-16-be").hex().upper()
