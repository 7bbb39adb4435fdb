"""The process in which a template is read or rendered; it knows no library and no window.

Standard input holds one JSON object: ``template`` (base64 of the .docx) and, to render it,
``context``. Standard output gets one: ``used`` (each placeholder as (path, words around it)) or
``file`` (base64), or ``error`` with its ``kind`` and what it is about.
"""

from __future__ import annotations

import base64
import json
import sys
from io import BytesIO
from typing import Any

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

from dangjian_desktop.documents.templates.used import used_in

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]

_MEMORY = 768 << 20
_SECONDS = 30


def main() -> None:
    """Do what is asked on standard input."""
    _limit()
    asked = json.load(sys.stdin)
    json.dump(answer(asked), sys.stdout)


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """What the parent is told."""
    data = base64.b64decode(asked["template"])
    env = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        template = DocxTemplate(BytesIO(data))
        if "context" not in asked:
            return {"used": used_in(_parsed(template, env))}
        template.render(asked["context"], env, autoescape=True)
        filled = BytesIO()
        template.save(filled)
    except TemplateError as error:
        return {"error": _told(error)}
    except RecursionError:
        return {"error": {"kind": "deep", "what": ""}}
    except Exception as error:  # noqa: BLE001 - foreign input may break its readers anywhere
        return {"error": {"kind": "broken", "what": type(error).__name__}}
    return {"file": base64.b64encode(filled.getvalue()).decode("ascii")}


def _parsed(template: DocxTemplate, env: SandboxedEnvironment) -> nodes.Template:
    """Body, headers and footers as one; compiled once, which finds unknown filters and tests."""
    template.init_docx()
    xml = template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _key, part in template.get_headers_footers(uri):
            xml += template.patch_xml(template.get_part_xml(part))
    env.compile(xml)
    return env.parse(xml)


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
