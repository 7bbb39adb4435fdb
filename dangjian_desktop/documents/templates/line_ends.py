"""Line ends within data: each line is a paragraph of its own, as people write.

A line break would leave lines that Word spreads over the whole width in justified text.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

MARK = "\ufdd0"
"""Stands for a line end while a template is rendered; no text has it."""
LINE_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
"""A line end within the text of a run."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HOLDERS = (qn("w:body"), qn("w:tc"), qn("w:txbxContent"), qn("w:hdr"), qn("w:ftr"))


def marked(value: Any) -> Any:
    """A context whose texts have the mark in place of their line ends."""
    if isinstance(value, str):
        return "\n".join(value.splitlines()).replace("\n", MARK)
    if isinstance(value, Mapping):
        return {name: marked(part) for name, part in value.items()}
    return [marked(part) for part in value] if isinstance(value, list) else value


def parted(root: Any) -> None:
    """Put the line ends in: paragraphs where a paragraph stands by itself, else line breaks."""
    for text in [each for each in root.iter(qn("w:t")) if MARK in (each.text or "")]:
        run = text.getparent()
        around = run.getparent()
        alone = around.tag == qn("w:p") and around.getparent().tag in _HOLDERS
        first, *rest = text.text.split(MARK)
        text.text = first
        text.set(_SPACE, "preserve")
        for line in rest:
            text = (_next_paragraph if alone else _next_line)(text, line)  # noqa: PLW2901


def _next_paragraph(text: Any, line: str) -> Any:
    """A new paragraph of the same form that begins with the line; what stood behind comes along."""
    run = text.getparent()
    paragraph = run.getparent()
    made = OxmlElement("w:p")
    if paragraph.pPr is not None:
        made.append(deepcopy(paragraph.pPr))
    begun = OxmlElement("w:r")
    if run.rPr is not None:
        begun.append(deepcopy(run.rPr))
    behind, later = [*text.itersiblings()], [*run.itersiblings()]
    begun.append(new := _text(line))
    for part in behind:
        begun.append(part)
    made.append(begun)
    for part in later:
        made.append(part)
    paragraph.addnext(made)
    return new


def _next_line(text: Any, line: str) -> Any:
    text.addnext(end := OxmlElement("w:br"))
    end.addnext(new := _text(line))
    return new


def _text(line: str) -> Any:
    made = OxmlElement("w:t")
    made.text = line
    made.set(_SPACE, "preserve")
    return made
