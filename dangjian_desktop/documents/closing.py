"""What closes a paper (signatures, dates, 以下空白) takes the last lines of its content along.

A last page with nothing but places to sign is returned by every superior (此页无正文).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dangjian_desktop.documents.model import (
    HEADINGS,
    Block,
    Cell,
    Document,
    Paragraph,
    Row,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.styles import CELL_PADDING, Sheet, sheet_of
from dangjian_desktop.documents.typeset import Typesetter

_FEWEST = 2
# A field of so many lines goes whole with the closing; of a longer one its last paragraphs go.
_WHOLE = 6


def closing_start(blocks: Sequence[Block]) -> int:
    """The place from which everything is kept together up to the end of the document."""
    start = max(len(blocks) - 1, 0)
    while start and _kept(blocks[start - 1]):
        start -= 1
    return start


def closes(blocks: Sequence[Block]) -> bool:
    """Whether a document ends with anything that is kept together."""
    return closing_start(blocks) < len(blocks) - 1 or bool(
        blocks and isinstance(blocks[-1], Table) and closing_rows(blocks[-1]) > 1
    )


def closing_rows(table: Table) -> int:
    """How many of the last rows of a table are kept together."""
    count = min(1, len(table.rows))
    while count < len(table.rows) and table.rows[-count - 1].keep_with_next:
        count += 1
    return count


def settled(document: Document, typesetter: Typesetter) -> Document:
    """The document with the last lines before its closing kept on the page of the closing."""
    blocks = list(document.blocks)
    if not closes(blocks):
        return document
    sheet, start = sheet_of(document), closing_start(blocks)
    first = blocks[start]
    if isinstance(first, Table):
        blocks[start] = _with_content(first, closing_rows(first), sheet, typesetter)
    elif start:
        blocks[:start] = _kept_before(blocks[:start], sheet, typesetter)
    return replace(document, blocks=tuple(blocks))


def _kept(block: Block) -> bool:
    match block:
        case Paragraph() | WriteLines():
            return block.keep_with_next
        case Table():
            return bool(block.rows) and block.rows[-1].keep_with_next
        case _:
            return False


def _kept_before(blocks: list[Block], sheet: Sheet, typesetter: Typesetter) -> list[Block]:
    """The blocks before a closing, two lines of the last of them kept with it."""
    lines, place = 0, len(blocks)
    while place and lines < _FEWEST:
        place -= 1
        block = blocks[place]
        match block:
            case Paragraph():
                style = sheet.style(block.role)
                if block.role not in HEADINGS:
                    lines += len(typesetter.paragraph(block, style, sheet.page.width))
                blocks[place] = replace(block, keep_with_next=True)
            case WriteLines():
                blocks[place] = replace(block, keep_with_next=True)
            case Table():
                blocks[place] = _with_content(block, 0, sheet, typesetter)
                return blocks
            case _:
                return blocks
    return blocks


def _with_content(table: Table, closing: int, sheet: Sheet, typesetter: Typesetter) -> Table:
    """The table with the row before its last ``closing`` rows kept with them."""
    place = len(table.rows) - closing - 1
    if place < 0 or table.rows[place].header:
        return table
    row = table.rows[place]
    parts: tuple[Row, ...] = (replace(row, keep_with_next=True),)
    if not row.splittable and place and not table.rows[place - 1].header:
        place -= 1
        parts = (replace(table.rows[place], keep_with_next=True), *parts)
        return replace(table, rows=(*table.rows[:place], *parts, *table.rows[place + 2 :]))
    if row.splittable:
        total = sum(table.widths)
        columns = row.cells[-1].columns if row.cells else 0
        width = sheet.page.width * sum(table.widths[-columns:]) / total - 2 * CELL_PADDING
        parts = _parted(row, _heights(row.cells[-1], sheet, typesetter, width))
    return replace(table, rows=(*table.rows[:place], *parts, *table.rows[place + 1 :]))


def _heights(cell: Cell, sheet: Sheet, typesetter: Typesetter, width: float) -> list[int]:
    """The lines of each paragraph of a field."""
    return [
        len(typesetter.paragraph(part, sheet.style(part.role), width))
        if isinstance(part, Paragraph)
        else part.count
        for part in cell.paragraphs
    ]


def _parted(row: Row, lines: Sequence[int]) -> tuple[Row, ...]:
    """A row whose last paragraphs go with the closing; a short row goes whole."""
    kept = replace(row, keep_with_next=True)
    if sum(lines) <= _WHOLE:
        return (replace(kept, splittable=False),)
    simple = len(row.cells) == 2 and all(cell.rows == 1 for cell in row.cells)
    place, taken = len(lines), 0
    while place and taken < _FEWEST:
        place -= 1
        taken += lines[place]
    if not simple or not place or taken > _WHOLE:
        return (kept,)
    label, text = row.cells
    above = (replace(label, rows=2), replace(text, paragraphs=text.paragraphs[:place]))
    below = replace(text, paragraphs=text.paragraphs[place:])
    return (
        replace(row, cells=above),
        replace(kept, cells=(below,), splittable=False, goes_on=True, min_height_mm=0.0),
    )
