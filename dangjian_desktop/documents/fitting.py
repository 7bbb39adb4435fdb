"""A paper that runs over by little is drawn together, by means that GB/T 9704 allows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dangjian_desktop.documents.abreast import set_abreast
from dangjian_desktop.documents.bands import with_bands
from dangjian_desktop.documents.closing import closes, settled
from dangjian_desktop.documents.columns import widened
from dangjian_desktop.documents.counted import closing_height, page_use
from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Paragraph,
    Row,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.styles import sheet_of
from dangjian_desktop.documents.typeset import Typesetter

_SIGNED_MM, _LEAST_SIGNED_MM = 12.0, 10.0
_TIGHTER = (0.0, 1.0, 2.0)
# A last page that is fuller than this part of it cannot be saved.
_LITTLE = 0.5


def fitted(document: Document, typesetter: Typesetter) -> Document:
    """The document with its closing settled, on one page less where little runs over.

    Unused lines to write on become one, rows to sign 10 mm high, and the leading gives way by at
    most 2 points; all of it only where that saves a page.
    """
    sheet = sheet_of(document)
    blocks = (
        widened(block, sheet, typesetter) if isinstance(block, Table) else block
        for block in document.blocks
    )
    document = replace(document, blocks=tuple(blocks))
    if not closes(document.blocks):
        return with_bands(set_abreast(document, typesetter), typesetter)
    found = _settled(document, typesetter)
    pages, used = page_use(found, typesetter)
    if pages == 1 or used > _LITTLE * sheet.page.height:
        return found
    narrow = replace(document, blocks=tuple(_narrow(document.blocks)))
    # Where nothing was unused, the first would end as the document does.
    for tight in _TIGHTER[narrow.blocks == document.blocks :]:
        tried = _settled(replace(narrow, tight=tight), typesetter)
        if page_use(tried, typesetter)[0] < pages:
            return tried
    return found


def _settled(document: Document, typesetter: Typesetter) -> Document:
    """The closing takes its last lines along where a page has room for both."""
    found = set_abreast(document, typesetter)
    kept = settled(found, typesetter)
    height = closing_height(kept, typesetter)
    return with_bands(kept if height <= sheet_of(document).page.height else found, typesetter)


def _narrow(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        match block:
            case WriteLines():
                yield replace(block, count=1)
            case Table():
                yield replace(block, rows=tuple(map(_narrow_row, block.rows)))
            case _:
                yield block


def _narrow_row(row: Row) -> Row:
    least = row.min_height_mm
    return replace(
        row,
        cells=tuple(map(_narrow_cell, row.cells)),
        min_height_mm=_LEAST_SIGNED_MM if least == _SIGNED_MM else least,
    )


def _narrow_cell(cell: Cell) -> Cell:
    if not any(isinstance(part, WriteLines) for part in cell.paragraphs):
        return cell
    parts = (
        part if isinstance(part, Paragraph) else replace(part, count=1) for part in cell.paragraphs
    )
    return replace(cell, paragraphs=tuple(parts))
