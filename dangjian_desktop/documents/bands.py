"""A small table beside one label goes on over a page with its label and its heading.

The break is told, so that Word turns where the PDF does and no heading stands within a page.
"""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.documents.counted import turns
from dangjian_desktop.documents.model import Block, Document, PageBreak, Row, Table
from dangjian_desktop.documents.table_layout import continued, is_band
from dangjian_desktop.documents.typeset import Typesetter

# What Word may round up in the rows of a page.
_SPARE = 6.0
_MOST_PAGES = 50


def with_bands(document: Document, typesetter: Typesetter) -> Document:
    """The document with such tables parted where a page turns in them."""
    if not any(isinstance(b, Table) and any(map(is_band, b.rows)) for b in document.blocks):
        return document
    for _ in range(_MOST_PAGES):
        parted = _parted(document, typesetter)
        if parted is None:
            break
        document = parted
    return document


def _parted(document: Document, typesetter: Typesetter) -> Document | None:
    """The document parted at the first page that turns in a band; None where none does."""
    for place, row, left in turns(document, typesetter):
        table = document.blocks[place]
        if not isinstance(table, Table):
            continue
        head = _head_of(table, row)
        at = row if left >= _SPARE else row - 1
        if head is None or at < head + 2:
            continue
        parts = _two(table, head, at)
        blocks = (*document.blocks[:place], *parts, *document.blocks[place + 1 :])
        return replace(document, blocks=blocks)
    return None


def _head_of(table: Table, row: int) -> int | None:
    """The row that heads the band in which a row stands, if it is not that row itself."""
    for place in range(row - 1, -1, -1):
        if is_band(table.rows[place]):
            return place if row < place + table.rows[place].cells[0].rows else None
    return None


def _two(table: Table, head: int, at: int) -> tuple[Block, ...]:
    """The rows of a table up to one inside a band, and the rest with its heading again."""
    first, count = table.rows[head], table.rows[head].cells[0].rows
    above = _labelled(first, at - head)
    below = _labelled(
        replace(first, cells=(continued(first.cells[0]), *first.cells[1:])), count - (at - head) + 1
    )
    headers = tuple(row for row in table.rows if row.header)
    return (
        replace(table, rows=(*table.rows[:head], above, *table.rows[head + 1 : at])),
        PageBreak(),
        replace(table, rows=(*headers, below, *table.rows[at:])),
    )


def _labelled(head: Row, rows: int) -> Row:
    """The heading with a label that reaches over so many rows."""
    return replace(head, cells=(replace(head.cells[0], rows=rows), *head.cells[1:]))
