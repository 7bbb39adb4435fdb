"""The text of a Word file line by line, whoever made it, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document as WordFile
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from dangjian_desktop.documents.word_opening import open_word
from dangjian_desktop.domain.submissions.delivered import Line

_RUNNING = {"header": "页眉", "footer": "页脚"}


def word_lines(data: bytes, name: str) -> tuple[Line, ...]:
    """Paragraphs and rows in the order of the file, those in content controls included.

    Raises ``InputError`` for what is no plain .docx.
    """
    return tuple(lines_of(open_word(data, name)))


def running_lines(data: bytes, name: str) -> tuple[Line, ...]:
    """What stands in the heads and feet of its pages, each once; raises as ``word_lines``."""
    found: dict[str, Line] = {}
    for part in open_word(data, name).part.package.iter_parts():
        kind = str(part.partname).rpartition("/")[2]
        where = next((told for start, told in _RUNNING.items() if kind.startswith(start)), "")
        if where and part.partname.startswith("/word/"):
            for each in parse_xml(part.blob).iter(qn("w:p")):
                text = "".join(t.text or "" for t in each.iter(qn("w:t"))).strip()
                found.setdefault(text, Line(where=where, text=text))
    return tuple(line for text, line in found.items() if text)


def has_pictures(data: bytes, name: str) -> bool:
    """Whether there are pictures in a Word file, as one made of scans has; raises as
    ``word_lines``."""
    parts = open_word(data, name).part.package.iter_parts()
    return any(str(part.partname).startswith("/word/media/") for part in parts)


def lines_of(file: WordFile) -> Iterator[Line]:
    """The same of a file that is open."""
    paragraphs = tables = 0
    page = 1
    for element in _parts(file.element.body, "w:p", "w:tbl"):
        if element.tag == qn("w:p"):
            paragraphs += 1
            before, behind = _breaks(element)
            page += before
            text = Paragraph(element, file).text
            yield Line(where=f"第{paragraphs}段", text=text, page=page)
            page += behind
        else:
            tables += 1
            for number, row in enumerate(_parts(element, "w:tr"), 1):
                page += sum(map(_is_break, row.iter()))
                cells = tuple(_cell(cell, file) for cell in _parts(row, "w:tc"))
                text = "\n".join(filter(None, cells))
                yield Line(where=f"表{tables}第{number}行", text=text, cells=cells, page=page)


def _breaks(paragraph: Any) -> tuple[int, int]:
    """How many pages end before the last words of a paragraph, and how many behind them."""
    before = behind = 0
    for part in paragraph.iter():
        if _is_break(part):
            behind += 1
        elif part.tag == qn("w:t") and (part.text or "").strip():
            before, behind = before + behind, 0
    section = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    return before, behind + (section is not None and not _goes_on(section))


def _goes_on(section: Any) -> bool:
    kind = section.find(qn("w:type"))
    return kind is not None and kind.get(qn("w:val")) == "continuous"


def _is_break(part: Any) -> bool:
    """Where the file says that a page ends, or where Word last ended one."""
    if part.tag == qn("w:br"):
        return bool(part.get(qn("w:type")) == "page")
    if part.tag == qn("w:pageBreakBefore"):
        return part.get(qn("w:val")) not in ("0", "false", "off")
    return bool(part.tag == qn("w:lastRenderedPageBreak"))


def _parts(parent: Any, *tags: str) -> Iterator[Any]:
    """Parts of these kinds right below, or within a content control there."""
    for element in parent:
        if element.tag in map(qn, tags):
            yield element
        elif element.tag in (qn("w:sdt"), qn("w:sdtContent")):
            yield from _parts(element, *tags)


def _cell(cell: Any, file: WordFile) -> str:
    return "\n".join(Paragraph(each, file).text for each in cell.iter(qn("w:p"))).strip()
