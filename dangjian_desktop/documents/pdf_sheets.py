"""The pages of a PDF while they are written: text, rules, head and foot, bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import assert_never

from dangjian_desktop.documents.fonts import FontSet, bundled_fonts
from dangjian_desktop.documents.look import Numbering
from dangjian_desktop.documents.model import Document, Face, Picture, Stroke
from dangjian_desktop.documents.pdf_about import about_file, metadata
from dangjian_desktop.documents.pdf_font import PdfFont
from dangjian_desktop.documents.pdf_objects import Name, PdfObjects, Reference, Value
from dangjian_desktop.documents.pdf_outline import Bookmark, add_outline
from dangjian_desktop.documents.pdf_pictures import label_place, stroke_operators
from dangjian_desktop.documents.styles import (
    BASELINE,
    FOOT_SIZE,
    MARK_MM,
    MARK_SIZE,
    MM,
    Align,
    Style,
    sheet_of,
)
from dangjian_desktop.documents.typeset import SetLine, Typesetter

_ARTIFACT = 0
_METADATA = {"Type": Name("Metadata"), "Subtype": Name("XML")}


@dataclass(slots=True)
class _Sheet:
    """The operators of one page; ``number`` is the paragraph whose mark is open."""

    operators: list[str] = field(default_factory=list)
    number: int | None = None

    def under(self, number: int) -> None:
        """What follows belongs to that paragraph; 0 is what is no part of the text."""
        if number == self.number:
            return
        self.close()
        mark = f"/P <</N {number}>> BDC" if number else "/Artifact BMC"
        self.operators.append(mark)
        self.number = number

    def close(self) -> None:
        if self.number is not None:
            self.operators.append("EMC")
        self.number = None


class _Codes(dict[str, str]):
    """Character to the digits that print it, with a change of font around them where needed."""

    def __init__(self, sheets: Sheets, fonts: FontSet, face: Face, size: float) -> None:
        super().__init__()
        self._sheets, self._fonts, self._face, self._size = sheets, fonts, face, size
        self._main, self._sources = fonts.chain(face)[0], fonts.sources(face)
        self._font = sheets.font(self._main)
        self.select = f"/{self._font.name} {size:g} Tf"

    def __missing__(self, character: str) -> str:
        source = self._sources[character]
        if source == self._main:
            digits = self._font.code(character)
        elif source is None:
            shown = self._fonts.shown(self._face, character)
            digits = "".join(self._from(self._sources[each], each) for each in shown)
        else:
            digits = self._from(source, character)
        self[character] = digits
        return digits

    def _from(self, source: str | None, character: str) -> str:
        font = self._sheets.font(source or self._main)
        code = font.code(character)
        if font is self._font:
            return code
        return f"> Tj /{font.name} {self._size:g} Tf <{code}> Tj {self.select} <"


def _runs(line: SetLine) -> Iterator[tuple[float, Face, str]]:
    """The parts of a line that are tracked alike, each with what is added behind a character."""
    less, lead, words, start = dict(line.tight), len(line.lead), line.lead + line.text, 0
    ends = {lead, len(words), *(place + n for place in less for n in (0, 1))} - {0}
    for end in sorted(ends):
        face = Face.HEITI if start < lead else line.style.face
        yield line.tracking - less.get(start, 0.0), face, words[start:end]
        start = end


class Sheets:
    """Collects pages; lengths are points from the upper left corner of the type area."""

    def __init__(self, document: Document, typesetter: Typesetter) -> None:
        self.sheet = sheet_of(document)
        self.page = self.sheet.page
        self.fonts: FontSet = typesetter.fonts
        self._document, self._typesetter = document, typesetter
        self._left = self._inner = self.page.left_mm * MM
        self._top = (self.page.height_mm - self.page.top_mm + self.page.lift_mm) * MM
        self._fonts: dict[str, PdfFont] = {}
        self._codes: dict[tuple[FontSet, Face, float], _Codes] = {}
        self._bookmarks: list[Bookmark] = []
        self._sheets = [_Sheet()]

    def font(self, source: str) -> PdfFont:
        """The part of a file that this document embeds."""
        found = self._fonts.get(source)
        if found is None:
            name = f"F{len(self._fonts) + 1}"
            found = self._fonts[source] = PdfFont(name, self.fonts.file(source))
        return found

    def new_page(self) -> None:
        """What follows is written on the next page; numbers outside ask for mirrored margins."""
        self._sheets.append(_Sheet())
        self._left = self._left_of(len(self._sheets))

    def _left_of(self, number: int) -> float:
        mirrored = self.page.numbering is Numbering.OFFICIAL and number % 2 == 0
        return self.page.right_mm * MM if mirrored else self._inner

    def show(self, line: SetLine, x: float, y: float, number: int) -> None:
        """Write one line whose upper edge is at ``y``; ``number`` is its paragraph's, 0 if none."""
        if line.rule:
            self.rules([(x, y + line.height - 3, x + line.rule, y + line.height - 3)], 0.5)
        if not line.text and not line.lead:
            return
        size = line.style.size
        baseline = self._top - y - line.height / 2 - BASELINE * size
        parts = [
            f"BT {line.tracking:.3f} Tc 1 0 0 1 {self._left + x + line.x:.2f} {baseline:.2f} Tm"
        ]
        if line.tight:
            parts.append(self._tight(line))
        else:
            if line.lead:
                parts.append(self._string(Face.HEITI, size, line.lead))
            if line.text:
                parts.append(self._string(line.style.face, size, line.text))
        sheet = self._sheets[-1]
        sheet.under(number)
        parts.append("ET")
        sheet.operators.append(" ".join(parts))

    def picture(self, picture: Picture, x: float, y: float, number: Callable[[], int]) -> None:
        """Draw a picture whose upper left corner is at ``x``, ``y``; a number for each label."""
        left, low = self._left + x, self._top - y - picture.height
        sheet = self._sheets[-1]
        for mark in picture.marks:
            if isinstance(mark, Stroke):
                self._draw(stroke_operators(mark, left, low))
                continue
            sheet.under(_ARTIFACT if mark.furniture else number())
            place = label_place(mark, left, low)
            string = self._string(mark.face, mark.size, mark.text, bundled_fonts())
            sheet.operators.append(f"BT 0 Tc {place} Tm {string} ET")

    def _codes_of(self, fonts: FontSet, face: Face, size: float) -> _Codes:
        codes = self._codes.get((fonts, face, size))
        if codes is None:
            codes = self._codes[fonts, face, size] = _Codes(self, fonts, face, size)
        return codes

    def _string(self, face: Face, size: float, text: str, fonts: FontSet | None = None) -> str:
        codes = self._codes_of(fonts or self.fonts, face, size)
        return f"{codes.select} <{''.join(map(codes.__getitem__, text))}> Tj"

    def _tight(self, line: SetLine) -> str:
        size = line.style.size
        runs = [
            f"{each:.3f} Tc {self._string(face, size, text)}" for each, face, text in _runs(line)
        ]
        return " ".join(runs)

    def rules(self, lines: list[tuple[float, float, float, float]], width: float) -> None:
        """Draw straight lines, each ``(x1, y1, x2, y2)``."""
        left, top = self._left, self._top
        path = " ".join(
            f"{left + x1:.2f} {top - y1:.2f} m {left + x2:.2f} {top - y2:.2f} l"
            for x1, y1, x2, y2 in lines
        )
        self._draw(f"{width:g} w {path} S")

    def boxes(self, boxes: list[tuple[float, float, float, float]], width: float) -> None:
        """Draw frames, each ``(x, y, width, height)``; none of no width."""
        if not width:
            return
        path = " ".join(
            f"{self._left + x:.2f} {self._top - y - high:.2f} {wide:.2f} {high:.2f} re"
            for x, y, wide, high in boxes
        )
        self._draw(f"{width:g} w {path} S")

    def _draw(self, operators: str) -> None:
        sheet = self._sheets[-1]
        sheet.under(_ARTIFACT)
        sheet.operators.append(operators)

    def bookmark(self, title: str, level: int, y: float) -> None:
        """A bookmark to a place on the present page; ``level`` 0 or 1."""
        height = self._top - y
        self._bookmarks.append(Bookmark(title, level, len(self._sheets), height))

    def _furnish(self, sheet: _Sheet, number: int) -> None:
        style = Style(self.sheet.number_face, self.page.number_size, 0.0)
        text, align = self._number(number)
        self._put(sheet, text, style, self.page.number_mm, align)
        if self._document.foot:
            small = Style(Face.SONGTI, FOOT_SIZE, 0.0)
            self._put(sheet, self._document.foot, small, self.page.foot_mm, Align.CENTER)
        if self._document.mark:
            mark = Style(Face.HEITI, MARK_SIZE, 0.0)
            height = self.page.height_mm - MARK_MM - MARK_SIZE / MM
            self._put(sheet, f"【{self._document.mark}】", mark, height, Align.RIGHT, edge=0.0)

    def _number(self, number: int) -> tuple[str, Align]:
        match self.page.numbering:
            case Numbering.OFFICIAL:
                return f"— {number} —", Align.RIGHT if number % 2 else Align.LEFT
            case Numbering.CENTERED:
                return f"— {number} —", Align.CENTER
            case Numbering.COUNTED:
                return f"第{number}页 共{len(self._sheets)}页", Align.CENTER
            case Numbering.PLAIN:
                return str(number), Align.CENTER
            case _:
                assert_never(self.page.numbering)

    def _put(
        self,
        sheet: _Sheet,
        text: str,
        style: Style,
        above_mm: float,
        align: Align,
        *,
        edge: float | None = None,
    ) -> None:
        gap = style.size if edge is None else edge
        width = self._typesetter.natural_width(text, style)
        x = {
            Align.LEFT: gap,
            Align.RIGHT: self.page.width - gap - width,
            Align.CENTER: (self.page.width - width) / 2,
        }[align]
        sheet.under(_ARTIFACT)
        string = self._string(style.face, style.size, text)
        place = f"{self._left + x:.2f} {above_mm * MM:.2f}"
        sheet.operators.append(f"BT 0 Tc 1 0 0 1 {place} Tm {string} ET")

    def finish(self) -> bytes:
        """The whole file; the same document gives the same bytes."""
        objects = PdfObjects()
        catalog, tree, faces = objects.reserve(), objects.reserve(), objects.reserve()
        size = (0, 0, round(self.page.width_mm * MM, 2), round(self.page.height_mm * MM, 2))
        pages = [self._page(objects, tree, sheet, n) for n, sheet in enumerate(self._sheets, 1)]
        objects.put(
            tree,
            {
                "Type": Name("Pages"),
                "Kids": pages,
                "Count": len(pages),
                "MediaBox": size,
                "Resources": {"Font": faces},
            },
        )
        objects.put(faces, {font.name: font.add_to(objects) for font in self._fonts.values()})
        root: dict[str, Value] = {
            "Type": Name("Catalog"),
            "Pages": tree,
            "Lang": "zh-CN",
            "Metadata": objects.plain_stream(metadata(self._document), _METADATA),
            "ViewerPreferences": {"DisplayDocTitle": True},
        }
        outline = add_outline(objects, self._bookmarks, pages, self._inner)
        if outline is not None:
            root["Outlines"] = outline
        objects.put(catalog, root)
        return objects.file(catalog, objects.add(about_file(self._document)))

    def _page(self, objects: PdfObjects, tree: Reference, sheet: _Sheet, number: int) -> Reference:
        self._left = self._left_of(number)
        self._furnish(sheet, number)
        sheet.close()
        content = objects.stream("\n".join(sheet.operators).encode("ascii"))
        sheet.operators.clear()
        return objects.add({"Type": Name("Page"), "Parent": tree, "Contents": content})
