"""The command about a superior's own form (上级空表)."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from dangjian_desktop.cli.output import Result
from dangjian_desktop.cli.papers import period_asked, written
from dangjian_desktop.errors import InputError

if TYPE_CHECKING:
    from dangjian_desktop.domain.blank_forms.form import Filled
    from dangjian_desktop.domain.references import Link
    from dangjian_desktop.services.blank_forms.filling import FilledForm, FormScope


def fill(options: argparse.Namespace) -> Result:
    """Fill a form; a map that is given is kept for the next time."""
    from dangjian_desktop.services.blank_forms.filling import BlankFormService
    from dangjian_desktop.services.library.opening import changing, reading

    chosen = _map(options)
    asked = asked_for(options)
    with (changing if chosen else reading)(options.library) as library:
        service, how = BlankFormService(library), {"force": options.force}
        done = service.fill(options.form, asked, options.out, chosen, **how)
        if chosen:
            service.confirm(done.view.form, done.view.given, options.form, asked)
    return _told(done)


def asked_for(options: argparse.Namespace) -> FormScope:
    """What a form or template is filled for."""
    from dangjian_desktop.services.blank_forms.filling import FormScope

    return FormScope(about=_about(options.query), period=period_asked(options), as_of=options.as_of)


def _told(done: FilledForm) -> Result:
    view = done.view
    proposed = {name: p.source for name, p in view.proposals.items() if p.source is not None}
    data: dict[str, Any] = {
        "files": [str(done.file)],
        "filled": {name: _plain(value) for name, value in view.values.items()},
        "unknown": [*view.unknown],
        "proposed": proposed,
        "certainty": {name: view.proposals[name].certainty.value for name in proposed},
        "reasons": {name: proposal.reason for name, proposal in view.proposals.items()},
        "changed": [{"old": change.old, "new": change.new} for change in view.changes],
        "notes": [*done.notes],
        "wants": view.wants,
    }
    lines = [*written([done.file]).lines, f"填了 {len(view.values)} 处"]
    if view.wants:
        lines.append(f"这张表像是关于一条{view.wants}记录的，请用 --query 说明是哪一条。")
    if view.changes:
        lines += ["这张表与上次相比有变化：", *(f"  {change.words}" for change in view.changes)]
    if view.unknown:
        lines += [f"空着 {len(view.unknown)} 处："]
    for name in view.unknown:
        made = view.proposals.get(name)
        lines.append(f"  {name}" + (f"（{made.reason}）" if made else ""))
    return Result(data, (*lines, *done.notes))


def _plain(value: Filled) -> Any:
    if value.rows:
        return [list(row) for row in value.rows]
    return value.text or "、".join(value.chosen)


def _about(query: str | None) -> Link | None:
    from dangjian_desktop.domain.references import Link

    if query is None or query == "branch":
        return None
    subject, colon, uid = query.partition(":")
    if not colon or not subject or not uid:
        raise InputError(
            f"“{query}”看不出指哪一条记录。", "请写成 project:编号、meeting:编号 或 member:编号。"
        )
    return Link(subject.strip(), uid.strip())


def _map(options: argparse.Namespace) -> dict[str, str | None]:
    if options.map is None:
        return {}
    from dangjian_desktop.cli.meetings import read_json

    content = read_json(options.map)
    if not isinstance(content, dict) or not all(
        source is None or isinstance(source, str) for source in content.values()
    ):
        raise InputError(
            f"“{options.map.name}”应为表上的项目到内容的对应。",
            '例如：{"党员总数": "members.formal", "备注": null}',
        )
    return content
