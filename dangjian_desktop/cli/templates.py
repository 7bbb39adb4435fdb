"""Commands about Word templates with placeholders."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dangjian_desktop.cli.forms import asked_for
from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import written

if TYPE_CHECKING:
    from dangjian_desktop.domain.templates.fields import TemplateField


def fields(options: argparse.Namespace) -> Result:
    """What a template may use: each field as it is written, with its label."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.templates.filling import TemplateFilling

    with reading(options.library) as library:
        found = TemplateFilling(library).fields(asked_for(options))
    lines = [f"{field.path}　{field.label}" for field in found]
    return Result({"fields": [_plain(field) for field in found]}, tuple(lines))


def check(options: argparse.Namespace) -> Result:
    """What a template misspells."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling

    template = TemplateFile.read(options.file)
    with reading(options.library) as library:
        found = TemplateFilling(library).check(template, asked_for(options))
    problems = [{"field": issue.field, "message": issue.message} for issue in found]
    lines = [issue.message for issue in found] or ["模板里的字段都认得。"]
    return Result({"problems": problems}, tuple(lines))


def fill(options: argparse.Namespace) -> Result:
    """Fill a template."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.templates.filling import TemplateFile, TemplateFilling

    template = TemplateFile.read(options.file)
    with reading(options.library) as library:
        service, how = TemplateFilling(library), {"force": options.force}
        done = service.fill(template, asked_for(options), options.out, **how)
    lines = [*written([done.file]).lines, *(f"空着：{label}" for label in done.unknown)]
    return Result({"files": [str(done.file)], "unknown": [*done.unknown]}, tuple(lines))


def _plain(field: TemplateField) -> dict[str, Any]:
    told: dict[str, Any] = {"path": field.path, "label": field.label, "group": field.group}
    if field.columns:
        told["columns"] = [{"path": each.path, "label": each.label} for each in field.columns]
    return told
