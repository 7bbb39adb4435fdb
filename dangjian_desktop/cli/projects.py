"""Commands about projects."""

from __future__ import annotations

import argparse
from typing import Any

from dangjian_desktop.cli.output import Result
from dangjian_desktop.errors import InputError


def listed(options: argparse.Namespace) -> Result:
    """List projects, the newest first."""
    from dangjian_desktop.domain.field_values import read_value
    from dangjian_desktop.domain.projects.project import ProjectFilter, ProjectState
    from dangjian_desktop.domain.projects.record import PROJECT
    from dangjian_desktop.services.library.opening import reading
    from dangjian_desktop.services.projects.projects import ProjectService

    with reading(options.library) as library:
        service = ProjectService(library)
        state: ProjectState | None = None
        if options.state is not None:
            try:
                state = ProjectState(read_value(PROJECT.field("stated_state"), options.state))
            except ValueError:
                known = "、".join(f"{s.value}（{s.label}）" for s in ProjectState)
                message = f"没有名为 {options.state} 的状态。"
                raise InputError(message, f"可用的状态：{known}") from None
        category = _category(service, options.category)
        found = service.as_json(ProjectFilter(year=options.year, category=category, state=state))
    labels = {s.value: s.label for s in ProjectState}
    lines = [
        f"{p['start'] or '未定'}　{labels[p['state']]}　完成{p['percent']}%　"
        f"{p['title']}　逾期{len(p['overdue'])}　{p['id']}"
        for p in found
    ]
    return Result({"projects": found}, (*lines, f"共 {len(found)} 个"))


def _category(service: Any, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    categories = service.categories()
    found: str | None = categories.named(wanted)
    if found is None:
        raise InputError(f"没有名为 {wanted} 的类别。", f"可用的类别：{categories.words()}")
    return found
