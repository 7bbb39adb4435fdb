"""A document as a Word file that keeps its lines and pages in Word and LibreOffice alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC
from functools import partial
from io import BytesIO
from itertools import count
from typing import assert_never

import docx
from docx.document import Document as WordFile
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm

from dangjian_desktop.documents import word_parts
from dangjian_desktop.documents.endings import ending_room
from dangjian_desktop.documents.fitting import fitted
from dangjian_desktop.documents.flow import WHOLE, gap_behind, is_led
from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.look import Numbering
from dangjian_desktop.documents.looks import keyword_of
from dangjian_desktop.documents.model import (
    Document,
    EndMark,
    PageBreak,
    Paragraph,
    Picture,
    Role,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.styles import (
    BASELINE,
    FOOT_SIZE,
    MARK_MM,
    MM,
    TABLE_GAP,
    Page,
    sheet_of,
)
from dangjian_desktop.documents.table_layout import TableLayout
from dangjian_desktop.documents.typeset import Typesetter, typesetter_of
from dangjian_desktop.documents.word_pictures import word_picture
from dangjian_desktop.documents.word_styles import grid_twips, grown
from dangjian_desktop.documents.word_template import blank
from dangjian_desktop.undated import undated

_NAMESPACE = f'xmlns:w="{word_parts.NAMESPACE}"'
# What Word may round up in the heights of a page's rows.
_SPARE = 24.0
# Where characters stand in a line of exact height, from above.
_WORD_BASELINE = 0.8


def render_word(document: Document) -> bytes:
    """The document as .docx; the names of the faces are those that Word shows in China."""
    typesetter = typesetter_of(bundled_fonts()).naming(document)
    document = fitted(document, typesetter)
    sheet = sheet_of(document)
    file = docx.Document(BytesIO(blank(sheet)))
    _set_properties(file, document)
    _set_page(file.sections[0], document, sheet_of(replace(document, tight=0.0)).page)
    _furnish(file, document, sheet.page)
    body = file.element.body
    inner = "".join(_blocks(document, typesetter, partial(_embed, file)))
    parsed = parse_xml(f"<w:body {_NAMESPACE}>{inner}</w:body>")
    for element in list(parsed):
        body.insert(len(body) - 1, element)
    made = BytesIO()
    file.save(made)
    return undated(made.getvalue())


def _embed(file: WordFile, picture: Picture) -> str:
    """Keep the dots of a picture in the file; the name under which it refers to them."""
    name, _ = file.part.get_or_add_image(BytesIO(picture.raster(picture)))
    return str(name)


def _blocks(
    document: Document, typesetter: Typesetter, embed: Callable[[Picture], str]
) -> Iterator[str]:
    sheet = sheet_of(document)
    setting = word_parts.Setting(sheet, typesetter, sheet.page.width)
    for place, block in enumerate(document.blocks):
        match block:
            case Paragraph():
                free = ending_room(document, place, typesetter)
                after = gap_behind(document, place)
                # The lines around a table are beside its rows in Word.
                after -= sheet.edge if after else 0.0
                whole = block.keep_with_next and _is_short(block, setting)
                yield word_parts.paragraph(block, setting, free=free, after=after, whole=whole)
            case Table():
                height = _fill_height(document, place, block, typesetter)
                kept = bool(block.rows) and block.rows[-1].keep_with_next
                gap = TABLE_GAP - sheet.frame
                gap -= 0.0 if is_led(document, place) else sheet.edge
                gap = max(gap, 1.0) if place + 1 < len(document.blocks) else 0.0
                yield word_parts.table(block, setting, height) + word_parts.spacer(gap, kept=kept)
            case Picture():
                yield word_picture(block, embed(block), place + 1)
            case PageBreak():
                yield word_parts.PAGE_BREAK
            case WriteLines():
                yield word_parts.write_lines(block.count, kept=block.keep_with_next)
            case EndMark():
                yield word_parts.paragraph(Paragraph(block.text, Role.CENTER), setting)
            case _:
                assert_never(block)


def _is_short(block: Paragraph, setting: word_parts.Setting) -> bool:
    """Whether a paragraph that is kept with the next goes whole with it."""
    style = setting.sheet.style(block.role)
    return len(setting.typesetter.paragraph(block, style, setting.width)) <= WHOLE


def _fill_height(document: Document, place: int, table: Table, typesetter: Typesetter) -> float:
    """What is left of a page for each fill row when everything else stands on the same page."""
    fills = sum(row.fill for row in table.rows)
    if not fills:
        return 0.0
    sheet = sheet_of(document)
    page = sheet.page
    numbers = count(1)
    rows = TableLayout(table, sheet, typesetter, lambda: next(numbers)).rows
    used = sum(row.height for row in rows if not row.row.fill) + _SPARE
    for block in _same_page(document, place):
        lines = typesetter.paragraph(block, sheet.style(block.role), page.width)
        used += sum(line.height for line in lines)
        used += sheet.style(block.role).after
    height = (page.height - used) / fills
    wanted = max(row.height for row in rows if row.row.fill)
    return height if height > wanted else 0.0


def _same_page(document: Document, place: int) -> Iterator[Paragraph]:
    """The paragraphs around a table that share its page."""
    start = place
    while start and isinstance(document.blocks[start - 1], Paragraph):
        start -= 1
    end = place + 1
    while end < len(document.blocks) and isinstance(document.blocks[end], Paragraph):
        end += 1
    for block in document.blocks[start:end]:
        if isinstance(block, Paragraph):
            yield block


def _set_properties(file: WordFile, document: Document) -> None:
    properties = file.core_properties
    properties.title, properties.author = document.title, document.author
    properties.last_modified_by, properties.language = document.author, "zh-CN"
    properties.keywords = keyword_of(document.look)
    if document.made is not None:
        at = document.made.astimezone(UTC)
        properties.created = properties.modified = at.replace(tzinfo=None)


def _lift_mm(page: Page) -> float:
    """What the first line begins above the margin for its characters to stand where the PDF has
    them: in a line of exact height Word sets them lower."""
    size = page.grid - 2 * page.lift_mm * MM
    lower = (_WORD_BASELINE - 0.5) * page.grid - BASELINE * size
    return page.lift_mm + lower / MM if page.grid else 0.0


def _set_page(section: Section, document: Document, page: Page) -> None:
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    wide = page.width_mm > page.height_mm
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    lift = _lift_mm(page)
    section.top_margin = Mm(page.top_mm - lift)
    section.bottom_margin = Mm(page.bottom_mm + lift - grown(page) / MM)
    section.header_distance = Mm(MARK_MM)
    section.footer_distance = Mm(_footer_distance(page, document.foot))
    grid = section._sectPr.find(qn("w:docGrid"))  # noqa: SLF001 - the library has no name for it
    if grid is None:
        grid = parse_xml(f"<w:docGrid {_NAMESPACE}/>")
        section._sectPr.append(grid)  # noqa: SLF001
    if page.grid:
        grid.set(qn("w:type"), "lines")
        grid.set(qn("w:linePitch"), str(grid_twips(page)))
    else:
        grid.set(qn("w:type"), "default")


def _footer_distance(page: Page, foot: str) -> float:
    """Millimetres below the foot, so that the page number's lower edge stands where it should."""
    number = page.number_mm - 0.6
    return number - (FOOT_SIZE + 2 + 6) / MM if foot else number


def _furnish(file: WordFile, document: Document, page: Page) -> None:
    section = file.sections[0]
    foot = _foot(document.foot)
    if page.numbering is Numbering.OFFICIAL:
        file.settings.odd_and_even_pages_header_footer = True
        _fill(section.footer, _number(page, "right") + foot)
        _fill(section.even_page_footer, _number(page, "left") + foot)
        _fill(section.even_page_header, _mark(document.mark))
    else:
        _fill(section.footer, _number(page, "") + foot)
    _fill(section.header, _mark(document.mark))


_NUMBERS = {
    Numbering.OFFICIAL: ("— ", "PAGE", " —"),
    Numbering.CENTERED: ("— ", "PAGE", " —"),
    Numbering.COUNTED: ("第", "PAGE", "页 共", "NUMPAGES", "页"),
    Numbering.PLAIN: ("PAGE",),
}


def _number(page: Page, side: str) -> str:
    parts = _NUMBERS[page.numbering]
    runs = "".join(word_parts.field(p) if p.isascii() else word_parts.run(p) for p in parts)
    place = ""
    if side:
        free = word_parts.twips(page.number_size)
        place = f'<w:ind w:{side}="{free}"/><w:jc w:val="{side}"/>'
    style = f'<w:pStyle w:val="{word_parts.NUMBER_STYLE}"/>'
    return f"<w:p><w:pPr>{style}{place}</w:pPr>{runs}</w:p>"


def _foot(text: str) -> str:
    if not text:
        return ""
    style = f'<w:pPr><w:pStyle w:val="{word_parts.FOOT_STYLE}"/></w:pPr>'
    return f"<w:p>{style}{word_parts.run(text)}</w:p>"


def _mark(text: str) -> str:
    style = f'<w:pPr><w:pStyle w:val="{word_parts.MARK_STYLE}"/></w:pPr>'
    return f"<w:p>{style}{word_parts.run(f'【{text}】' if text else '')}</w:p>"


def _fill(part: object, inner: str) -> None:
    """Put paragraphs in the place of those of a head or foot."""
    element = part._element  # type: ignore[attr-defined]  # noqa: SLF001
    for old in list(element):
        element.remove(old)
    for new in list(parse_xml(f"<w:hdr {_NAMESPACE}>{inner}</w:hdr>")):
        element.append(new)
