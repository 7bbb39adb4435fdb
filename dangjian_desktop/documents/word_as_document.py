"""A Word file as a document of ours, to be shown and printed where no Word is.

Files that we wrote come back as they were; of others the words, tables and alignments come over,
set in our faces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docx.document import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph

from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.word_opening import open_word
from dangjian_desktop.documents.word_parts import END_STYLE, LEAD_STYLE, WRITE_STYLE, style_id

_ROLES = {style_id(role): role for role in Role}
# Word has no rule by which a date begins behind its signature: both stand at the right.
_ROLES[style_id(Role.DATE_LINE)] = Role.SIGNATURE
_OURS = style_id(Role.CELL_LABEL)
"""No other program has a style of this name."""
_LARGE = 18.0
_ALIGNED = {
    WD_ALIGN_PARAGRAPH.CENTER: (Role.CENTER, Role.CELL_CENTER),
    WD_ALIGN_PARAGRAPH.RIGHT: (Role.SIGNATURE, Role.CELL_RIGHT),
}
_LONGEST_HEAD = 40


def as_document(data: bytes, name: str) -> Document:
    """The file; raises ``InputError`` for what is no plain .docx."""
    file = open_word(data, name)
    section = file.sections[0]
    wide = (section.page_width or 0) > (section.page_height or 0)
    head = " ".join(p.text.strip() for p in section.header.paragraphs if p.text.strip())
    return Document(
        name=name.removesuffix(".docx"),
        title=name.removesuffix(".docx"),
        blocks=tuple(_blocks(file)),
        layout=Layout.LANDSCAPE if wide else Layout.OFFICIAL,
        mark=head if len(head) <= _LONGEST_HEAD else "",
    )


def _blocks(file: WordFile) -> Iterator[Block]:
    ours = any(style.style_id == _OURS for style in file.styles)
    titled = False
    for element in _parts(file.element.body, "w:p", "w:tbl"):
        if element.tag == qn("w:tbl"):
            if (table := _table(element, file)) is not None:
                yield table
            continue
        paragraph = WordParagraph(element, file)
        yield from (WriteLines(1) for _ in range(_style(element) == WRITE_STYLE))
        if _style(element) not in (END_STYLE, WRITE_STYLE):
            made = _paragraph(element, paragraph, ours=ours, first=not titled)
            titled = titled or bool(made.words.strip())
            yield made
        if element.xpath('.//w:br[@w:type="page"]'):
            yield PageBreak()


def _paragraph(element: Any, paragraph: WordParagraph, *, ours: bool, first: bool) -> Paragraph:
    lead, text = _words(element, paragraph)
    if not (lead + text).strip():
        return Paragraph("", Role.BLANK_LINE)
    role = _ROLES.get(_style(element))
    if ours and role is not None:
        return Paragraph(text, role, lead=lead)
    if role in (Role.TITLE, Role.HEADING1, Role.HEADING2, Role.HEADING3):
        return Paragraph(lead + text, role)
    return Paragraph(lead + text, _foreign(element, paragraph, first=first))


def _foreign(element: Any, paragraph: WordParagraph, *, first: bool) -> Role:
    aligned = paragraph.alignment
    if aligned is WD_ALIGN_PARAGRAPH.CENTER and first and _size(paragraph) >= _LARGE:
        return Role.TITLE
    if aligned in _ALIGNED:
        return _ALIGNED[aligned][0]
    ind = element.find(f".//{qn('w:ind')}")
    indented = ind is not None and any(
        ind.get(qn(f"w:{name}")) not in (None, "0") for name in ("firstLine", "firstLineChars")
    )
    return Role.BODY if indented else Role.FLUSH


def _size(paragraph: WordParagraph) -> float:
    sizes = [run.font.size.pt for run in paragraph.runs if run.font.size is not None]
    return max(sizes, default=0.0)


def _words(element: Any, paragraph: WordParagraph) -> tuple[str, str]:
    """The lead, and the rest."""
    lead = ""
    for run in element.findall(qn("w:r")):
        style = run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")
        if style is None or style.get(qn("w:val")) != LEAD_STYLE:
            break
        lead += "".join(part.text or "" for part in run.findall(qn("w:t")))
    return lead, paragraph.text.removeprefix(lead).rstrip("\n")


def _table(element: Any, file: WordFile) -> Table | None:
    widths = [float(c.get(qn("w:w")) or 0) for c in element.findall(f"{qn('w:tblGrid')}/*")]
    rows = [*_parts(element, "w:tr")]
    placed = [_placed(row, file) for row in rows]
    count = max([len(widths), *(at + cell.columns for row in placed for at, cell, _c in row)])
    if not rows or not count:
        return None
    widths = widths[:count] + [0.0] * (count - len(widths))
    mean = sum(widths) / max(sum(1 for width in widths if width), 1) or 1.0
    heads = _heads(rows)
    return Table(
        tuple(
            Row(_cells(placed, number, count), header=number < heads, splittable=True)
            for number in range(len(rows))
        ),
        tuple(width or mean for width in widths),
    )


def _heads(rows: list[Any]) -> int:
    """How many rows are repeated on each page: those marked so, from the first on."""
    for number, row in enumerate(rows):
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            return number
    return 0


def _placed(row: Any, file: WordFile) -> list[tuple[int, Cell, bool]]:
    """Each field with its column, and whether it goes on from the row above."""
    found: list[tuple[int, Cell, bool]] = []
    before = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    at = 0 if before is None else int(before.get(qn("w:val")))
    for element in _parts(row, "w:tc"):
        span = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        columns = 1 if span is None else int(span.get(qn("w:val")))
        goes_on = merge is not None and merge.get(qn("w:val"), "continue") != "restart"
        found.append((at, Cell(tuple(_lines(element, file)), columns=columns), goes_on))
        at += columns
    return found


def _cells(rows: list[list[tuple[int, Cell, bool]]], number: int, count: int) -> tuple[Cell, ...]:
    """The fields that start in a row; what the row leaves open is an empty one."""
    made: list[Cell] = []
    at = 0
    for place, cell, goes_on in rows[number]:
        if place > at:
            made.append(Cell(columns=place - at))
        if not goes_on or number == 0:
            made.append(replace(cell, rows=1 + _below(rows, number, place)))
        at = place + cell.columns
    return (*made, Cell(columns=count - at)) if at < count else tuple(made)


def _below(rows: list[list[tuple[int, Cell, bool]]], number: int, place: int) -> int:
    """Over how many further rows a field goes on."""
    for count, row in enumerate(rows[number + 1 :]):
        if not any(at == place and goes_on for at, _cell, goes_on in row):
            return count
    return len(rows) - number - 1


def _lines(element: Any, file: WordFile) -> Iterator[Paragraph | WriteLines]:
    for each in element.iter(qn("w:p")):
        if _style(each) == WRITE_STYLE:
            yield WriteLines(1)
            continue
        paragraph = WordParagraph(each, file)
        own = _ROLES.get(_style(each), Role.CELL)
        role = own if own.value.startswith(Role.CELL.value) else Role.CELL
        aligned = paragraph.alignment
        yield Paragraph(paragraph.text, _ALIGNED[aligned][1] if aligned in _ALIGNED else role)


def _style(element: Any) -> str:
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style_id(Role.BODY) if style is None else str(style.get(qn("w:val")))


def _parts(parent: Any, *tags: str) -> Iterator[Any]:
    """Parts of these kinds right below, or within a content control there."""
    for element in parent:
        if element.tag in map(qn, tags):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _parts(element, *tags)
