"""A paper that runs over by little is drawn together, by means that GB/T 9704 allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from dangjian_desktop.documents.closing import closes, settled
from dangjian_desktop.documents.columns import widened
from dangjian_desktop.documents.flow import Flow
from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Paragraph,
    Picture,
    Row,
    Table,
    WriteLines,
)
from dangjian_desktop.documents.styles import sheet_of
from dangjian_desktop.documents.typeset import SetLine, Typesetter

_SIGNED_MM, _LEAST_SIGNED_MM = 12.0, 10.0
_TIGHTER = (0.0, 1.0, 2.0)
# A last page that is fuller than this part of it cannot be saved.
_LITTLE = 0.4


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
        return document
    found = settled(document, typesetter)
    pages, used = page_use(found, typesetter)
    if pages == 1 or used > _LITTLE * sheet.page.height:
        return found
    narrow = replace(document, blocks=tuple(_narrow(document.blocks)))
    for tight in _TIGHTER:
        tried = settled(replace(narrow, tight=tight), typesetter)
        if page_use(tried, typesetter)[0] < pages:
            return tried
    return found


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


def page_use(document: Document, typesetter: Typesetter) -> tuple[int, float]:
    """How many pages a document takes, and how many points of the last."""
    counted = _Counted(document)
    used = Flow(document, typesetter, counted).pour()
    return counted.count, used


class _Counted:
    """Pages that are counted and not written."""

    def __init__(self, document: Document) -> None:
        self.sheet = sheet_of(document)
        self.page = self.sheet.page
        self.count = 1

    def new_page(self) -> None:
        self.count += 1

    def show(self, line: SetLine, x: float, y: float, number: int) -> None:
        """Nothing is written."""

    def picture(self, picture: Picture, x: float, y: float, number: Callable[[], int]) -> None:
        """Nothing is written."""

    def boxes(self, boxes: list[tuple[float, float, float, float]], width: float) -> None:
        """Nothing is written."""

    def bookmark(self, title: str, level: int, y: float) -> None:
        """Nothing is written."""
