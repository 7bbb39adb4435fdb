"""The text of a Word file line by line, whoever made it, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from dangjian_desktop.documents.word_opening import open_word
from dangjian_desktop.domain.submissions.delivered import Line


def word_lines(data: bytes, name: str) -> tuple[Line, ...]:
    """Paragraphs and rows in the order of the file, those in content controls included.

    Raises ``InputError`` for what is no plain .docx.
    """
    return tuple(lines_of(open_word(data, name)))


def lines_of(file: WordFile) -> Iterator[Line]:
    """The same of a file that is open."""
    paragraphs = tables = 0
    for element in _parts(file.element.body, "w:p", "w:tbl"):
        if element.tag == qn("w:p"):
            paragraphs += 1
            yield Line(where=f"第{paragraphs}段", text=Paragraph(element, file).text)
        else:
            tables += 1
            for number, row in enumerate(_parts(element, "w:tr"), 1):
                cells = tuple(_cell(cell, file) for cell in _parts(row, "w:tc"))
                text = "\n".join(filter(None, cells))
                yield Line(where=f"表{tables}第{number}行", text=text, cells=cells)


def _parts(parent: Any, *tags: str) -> Iterator[Any]:
    """Parts of these kinds right below, or within a content control there."""
    for element in parent:
        if element.tag in map(qn, tags):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _parts(element, *tags)


def _cell(cell: Any, file: WordFile) -> str:
    return "\n".join(Paragraph(each, file).text for each in cell.iter(qn("w:p"))).strip()
