"""The same document through python-docx alone, styles set by their identifiers."""

from __future__ import annotations

from io import BytesIO

import docx

from dangjian_desktop.documents.model import Document, Paragraph, Table

_NORMAL = "Normal"


def render(document: Document) -> bytes:
    file = docx.Document()
    for block in document.blocks:
        match block:
            case Paragraph():
                file.add_paragraph(block.words)._p.style = _NORMAL
            case Table():
                table = file.add_table(rows=0, cols=len(block.widths))
                for row in block.rows:
                    for field, cell in zip(table.add_row().cells, row.cells, strict=True):
                        for part in cell.paragraphs:
                            assert isinstance(part, Paragraph)
                            field.paragraphs[0].text = part.words
                            field.paragraphs[0]._p.style = _NORMAL
            case _:
                raise AssertionError(block)
    made = BytesIO()
    file.save(made)
    return made.getvalue()
