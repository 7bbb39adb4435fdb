"""What goes out masked: no ID number and no phone number in any text of it."""

from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.documents.model import Block, Cell, Document, Paragraph, Table, WriteLines
from dangjian_desktop.domain.members.covering import covered_numbers
from dangjian_desktop.services.workbooks import Workbook


def covered_document(document: Document) -> Document:
    """The paper with every such number covered, wherever it stands."""
    if all(covered_numbers(text) == text for text in document.texts()):
        return document
    return replace(document, blocks=tuple(map(_block, document.blocks)))


def covered_workbook(book: Workbook) -> Workbook:
    """The sheet with every such number covered."""
    return replace(book, rows=[tuple(map(covered_numbers, row)) for row in book.rows])


def _block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return _paragraph(block)
    if isinstance(block, Table):
        rows = (replace(row, cells=tuple(map(_cell, row.cells))) for row in block.rows)
        return replace(block, rows=tuple(rows))
    return block


def _cell(cell: Cell) -> Cell:
    return replace(cell, paragraphs=tuple(map(_paragraph, cell.paragraphs)))


def _paragraph(part: Paragraph | WriteLines) -> Paragraph | WriteLines:
    if isinstance(part, WriteLines):
        return part
    return replace(part, text=covered_numbers(part.text), lead=covered_numbers(part.lead))
