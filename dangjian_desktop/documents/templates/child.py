"""The process in which a template is read or rendered; it knows no library and no window.

Each line of standard input holds one JSON object, each is answered by one on standard output.
The first has ``template`` (base64 of the .docx) and is answered by ``used`` (each path that it
reads), ``printed`` (those that it puts in as they are) and ``lines`` (place and text of what holds
placeholders); ``context`` then asks for ``file`` (base64). What is wrong is told by ``error`` with
its ``kind`` and what it is about.
"""

from __future__ import annotations

import base64
import json
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import (
    StrictUndefined,
    TemplateAssertionError,
    TemplateError,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from dangjian_desktop.documents.templates.line_ends import LINE_BREAK, MARK, marked, parted
from dangjian_desktop.documents.templates.used import used_in
from dangjian_desktop.documents.word_lines import lines_of
from dangjian_desktop.documents.word_opening import opened_word
from dangjian_desktop.errors import InputError

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

_MEMORY = 768 << 20
_SECONDS = 30
_BRACE = re.compile("[{｛}｝]")
_BESIDE = tuple(map(qn, ("w:drawing", "w:pict", "w:txbxContent", "w:footnoteReference")))
_PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""Those of a file that ``docxtpl`` renders too."""


def main() -> None:
    """Do what is asked on standard input."""
    _limit()
    child = Child()
    for line in sys.stdin:
        json.dump(child.answer(json.loads(line)), sys.stdout)
        sys.stdout.write("\n")
        sys.stdout.flush()


class Child:
    """One template, opened once: looked at first, then rendered."""

    def __init__(self) -> None:
        self._env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
        self._template: Any = None

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What the parent is told."""
        try:
            if "template" in asked:
                return self._look(base64.b64decode(asked["template"]), asked["name"])
            return self._render(asked["context"])
        except TemplateError as error:
            return {"error": _told(error)}
        except InputError as error:
            words = {"message": error.message, "remedy": error.remedy}
            return {"error": {"kind": "refused", **words}}
        except RecursionError:
            return {"error": {"kind": "deep", "what": ""}}
        except Exception as error:  # noqa: BLE001 - foreign input may break its readers anywhere
            return {"error": {"kind": "broken", "what": type(error).__name__}}

    def _look(self, data: bytes, name: str) -> dict[str, Any]:
        self._template = DocxTemplate(BytesIO(data))
        self._template.docx = opened_word(data, name)
        lines = [*_lines(self._template)]
        try:
            used, printed = used_in(_parsed(self._template, self._env))
        except TemplateError as error:
            return {"error": _told(error), "lines": lines}
        beside = any(True for _each in self._template.docx.element.body.iter(*_BESIDE))
        return {"used": used, "printed": printed, "lines": lines, "beside": beside}

    def _render(self, context: dict[str, Any]) -> dict[str, Any]:
        self._template.render(marked(context), self._env, autoescape=True)
        for root in _roots(self._template):
            parted(root)
        _unmark(self._template)
        filled = BytesIO()
        self._template.save(filled)
        return {"file": base64.b64encode(filled.getvalue()).decode("ascii")}


def _parsed(template: DocxTemplate, env: SandboxedEnvironment) -> nodes.Template:
    """All that is rendered as one; compiled once, which finds unknown filters and tests."""
    xml = "".join(template.patch_xml(part) for part in _parts(template))
    env.compile(xml)
    return env.parse(xml)


def _parts(template: DocxTemplate) -> Iterator[str]:
    yield template.get_xml()
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            yield template.get_part_xml(part)
    yield from _footnotes(template)
    yield from (str(getattr(template.core_properties, name) or "") for name in _PROPERTIES)


def _roots(template: DocxTemplate) -> Iterator[Any]:
    """Body, headers and footers."""
    yield template.docx.element.body
    for relation in template.docx.part.rels.values():
        if relation.reltype in (template.HEADER_URI, template.FOOTER_URI):
            yield relation.target_part.element


def _unmark(template: DocxTemplate) -> None:
    """Line ends where no paragraph can begin."""
    for part in template.docx.part.package.parts:
        if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
            part._blob = part.blob.replace(MARK.encode(), LINE_BREAK.encode())  # noqa: SLF001
    for name in _PROPERTIES:
        told = str(getattr(template.core_properties, name) or "")
        if MARK in told:
            setattr(template.core_properties, name, told.replace(MARK, " "))


def _footnotes(template: DocxTemplate) -> Iterator[str]:
    for part in template.part.package.parts:
        if part.content_type == CONTENT_TYPE.WML_FOOTNOTES:
            yield part.blob.decode("utf-8")


def _lines(template: DocxTemplate) -> Iterator[tuple[str, str]]:
    """Place and text of every line with a brace."""
    for line in lines_of(template.docx):
        if _BRACE.search(line.text):
            yield line.where, line.text
    for section in template.sections:
        for where, part in (("页眉", section.header), ("页脚", section.footer)):
            yield from ((where, text) for text in _texts(part.paragraphs) if _BRACE.search(text))


def _texts(paragraphs: Iterable[Any]) -> Iterator[str]:
    return (paragraph.text for paragraph in paragraphs)


def _told(error: TemplateError) -> dict[str, Any]:
    near = " ".join(part.strip() for part in getattr(error, "docx_context", ()) if part.strip())
    kinds = {
        SecurityError: "unsafe",
        UndefinedError: "unknown",
        TemplateAssertionError: "filter",
        TemplateSyntaxError: "syntax",
    }
    kind = next((name for of, name in kinds.items() if isinstance(error, of)), "broken")
    return {"kind": kind, "what": error.message or "", "near": near[:200]}


def _limit() -> None:
    """No more memory and time of the processor than a form may take; Windows knows no limits."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


if __name__ == "__main__":
    main()
