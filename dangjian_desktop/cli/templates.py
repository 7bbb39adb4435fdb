"""Commands about Word templates with placeholders."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian_desktop.cli.forms import asked_for
from dangjian_desktop.cli.output import Result, tell
from dangjian_desktop.cli.papers import written

if TYPE_CHECKING:
    from dangjian_desktop.domain.templates.fields import TemplateField
    from dangjian_desktop.domain.templates.template import Template
    from dangjian_desktop.services.templates.filling import TemplateFile


def listed(options: argparse.Namespace) -> Result:
    """Every template by section, those that ship among them."""
    from dangjian_desktop.services.library.opening import reading

    with reading(options.library) as library:
        found = _kept(library).all()
    lines = [f"{t.section}　{t.title}{'　已修改' if t.edited else ''}" for t in found]
    return Result({"templates": [_told(each) for each in found]}, (*lines, f"共 {len(found)} 个"))


def add(options: argparse.Namespace) -> Result:
    """Keep a .docx as a template, or take it in the place of the file of another."""
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        kept = _kept(library)
        if options.replace:
            made = kept.replace(kept.named(options.replace).id, options.file)
        else:
            made = kept.add(options.file, options.title, options.section)
    return Result({"id": made.id, "template": _told(made)}, (f"已保存模板：{made.title}",))


def export(options: argparse.Namespace) -> Result:
    """One template as a .docx (with ``--out``), or what is kept as a workbook."""
    from dangjian_desktop.cli.records import export as as_workbook
    from dangjian_desktop.services.library.opening import reading

    if options.out is None:
        return as_workbook(options)
    with reading(options.library) as library:
        kept = _kept(library)
        template = kept.named(str(options.file))
        return written([kept.export(template.id, options.out, force=options.force)])


def remove(options: argparse.Namespace) -> Result:
    """Put a template into the bin."""
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        kept = _kept(library)
        template = kept.named(options.template)
        kept.delete(template.id)
    line = f"已放进回收站：{template.title}（用 bin restore {template.id} 恢复）"
    return Result({"ids": [template.id]}, (line,))


def reset(options: argparse.Namespace) -> Result:
    """Make one that ships as it ships again."""
    from dangjian_desktop.services.library.opening import changing

    with changing(options.library) as library:
        kept = _kept(library)
        before = kept.reset(kept.named(options.template).id)
        made = kept.one(before.id)
    return Result({"template": _told(made)}, (f"已恢复原样：{made.title}",))


def fields(options: argparse.Namespace) -> Result:
    """What a template may use: each field as it is written, with its label."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.templates.filling import TemplateFilling

    with reading(options.library) as library:
        found = TemplateFilling(library).every_field(asked_for(options))
    lines = [f"{field.path}　{field.label}" for field in found]
    return Result({"fields": [_plain(field) for field in found]}, tuple(lines))


def check(options: argparse.Namespace) -> Result:
    """What a template misspells."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.templates.filling import TemplateFilling

    with reading(options.library) as library:
        template = _template(library, options.template)
        found = TemplateFilling(library).check(template, asked_for(options))
    problems = [{"field": issue.field, "message": issue.message} for issue in found]
    lines = [issue.message for issue in found] or ["模板里的写法都认得。"]
    return Result({"problems": problems}, tuple(lines))


def fill(options: argparse.Namespace) -> Result:
    """Fill a template: a file, or one that is kept."""
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.rendering import Format
    from dangjian_desktop.services.templates.filling import NO_PLACEHOLDER, TemplateFilling
    from dangjian_desktop.services.templates.showing import LEFT_OUT, write_view

    forms = [Format(form) for form in options.format or (Format.DOCX,)]
    with reading(options.library) as library:
        template = _template(library, options.template)
        view = TemplateFilling(library).view(template, asked_for(options))
    view.require_made(template.name)
    if view.plain:
        tell(NO_PLACEHOLDER)
    if Format.PDF in forms and view.beside:
        tell(LEFT_OUT)
    files = [
        path for form in forms for path in write_view(view, options.out, form, force=options.force)
    ]
    lines = [*written(files).lines, *(f"空着：{label}" for label in view.unknown)]
    return Result({"files": [*map(str, files)], "unknown": [*view.unknown]}, tuple(lines))


def _template(library: Any, named: str) -> TemplateFile:
    """A file where there is one of this name, else a template that is kept."""
    from dangjian_desktop.services.templates.filling import TemplateFile

    path = Path(named)
    if path.is_file() or path.suffix.lower() in (".docx", ".doc"):
        return TemplateFile.read(path)
    kept = _kept(library)
    found: TemplateFile = kept.file_of(kept.named(named))
    return found


def _kept(library: Any) -> Any:
    from datetime import datetime

    from dangjian_desktop.services.templates.keeping import TemplateService

    return TemplateService(library, datetime.now)


def _told(template: Template) -> dict[str, Any]:
    return {
        "id": template.id,
        "title": template.title,
        "section": template.section,
        "builtin": template.builtin or None,
        "edited": template.edited,
        "taken": None if template.taken is None else template.taken.isoformat(),
        "source": template.source or None,
    }


def _plain(field: TemplateField) -> dict[str, Any]:
    told: dict[str, Any] = {"path": field.path, "label": field.label, "group": field.group}
    if field.columns:
        told["columns"] = [{"path": each.path, "label": each.label} for each in field.columns]
    return told
