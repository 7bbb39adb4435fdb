"""A face inside a PDF: one Type0 subset, whose text can be copied and searched in full."""

from __future__ import annotations

from collections.abc import Iterator
from struct import pack

from dangjian_desktop.documents.pdf_objects import Name, PdfObjects, Reference, Value
from dangjian_desktop.documents.truetype import TrueTypeFile

_CMAP_HEAD = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def /CMapType 2 def
1 begincodespacerange <0000> <FFFF> endcodespacerange"""
_CMAP_END = "endcmap CMapName currentdict /CMap defineresource pop end end"
_CMAP_PART = 100
_STEM = 80


class PdfFont:
    """The characters of one file used in one document, numbered in the order of first use."""

    def __init__(self, name: str, file: TrueTypeFile) -> None:
        self.name = name
        self._file = file
        self._characters = [""]
        self._codes: dict[str, str] = {}

    def code(self, character: str) -> str:
        """Four hexadecimal digits that stand for the character in a content stream."""
        code = self._codes.get(character)
        if code is None:
            code = self._codes[character] = f"{len(self._characters):04X}"
            self._characters.append(character)
        return code

    def add_to(self, objects: PdfObjects) -> Reference:
        """Write the font's objects; a reference to the font."""
        glyphs = [self._file.glyph_number(ord(c)) if c else 0 for c in self._characters]
        places = {glyph: place for place, glyph in enumerate(dict.fromkeys(glyphs))}
        known_as = Name(f"{self._tag()}+{self._plain_name()}")
        program = self._file.subset(places)
        inner: dict[str, Value] = {
            "Type": Name("Font"),
            "Subtype": Name("CIDFontType2"),
            "BaseFont": known_as,
            "CIDSystemInfo": {"Registry": "Adobe", "Ordering": "Identity", "Supplement": 0},
            "FontDescriptor": self._descriptor(objects, known_as, program),
            "DW": 1000,
            "W": (0, self._widths(glyphs)),
            "CIDToGIDMap": objects.stream(pack(f">{len(glyphs)}H", *(places[g] for g in glyphs))),
        }
        return objects.add(
            {
                "Type": Name("Font"),
                "Subtype": Name("Type0"),
                "BaseFont": known_as,
                "Encoding": Name("Identity-H"),
                "DescendantFonts": (objects.add(inner),),
                "ToUnicode": objects.stream("\n".join(self._to_unicode()).encode()),
            }
        )

    def _tag(self) -> str:
        number = int(self.name.removeprefix("F"))
        return "DANGJ" + chr(ord("A") + number % 26)

    def _plain_name(self) -> str:
        plain = (c for c in self._file.path.stem if c.isascii() and (c.isalnum() or c == "-"))
        return "".join(plain) or "Face"

    def _widths(self, glyphs: list[int]) -> list[int]:
        scale = 1000 / self._file.units
        return [round(self._file.advance(glyph) * scale) for glyph in glyphs]

    def _descriptor(self, objects: PdfObjects, known_as: Name, program: bytes) -> Reference:
        scale = 1000 / self._file.units
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
                "FontFile2": objects.stream(program, {"Length1": len(program)}),
            }
        )

    def _to_unicode(self) -> Iterator[str]:
        yield _CMAP_HEAD
        pairs = [
            f"<{number:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for number, character in enumerate(self._characters)
            if character
        ]
        for start in range(0, len(pairs), _CMAP_PART):
            part = pairs[start : start + _CMAP_PART]
            yield f"{len(part)} beginbfchar"
            yield from part
            yield "endbfchar"
        yield _CMAP_END
