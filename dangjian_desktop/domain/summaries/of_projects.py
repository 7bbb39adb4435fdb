"""Figures of projects for a summary: states, shares, values of the period, what is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.amounts import shown
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import (
    finished,
    overdue,
    percent_complete,
    time_gone,
    value_in,
)
from dangjian_desktop.domain.projects.project import Milestone, Project, Target
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.domain.texts import UNKNOWN


def reported_projects(
    projects: Sequence[Project], period: Period, today: date
) -> tuple[Project, ...]:
    """The projects that a period is concerned with, as of its last day, or today before that.

    Left out are drafts, projects that began later and those that were over before it, unless
    something was decided about them in it.
    """
    day = min(period.last, today)
    return tuple(p for p in projects if not p.deleted and _concerns(p, period, day))


def _concerns(project: Project, period: Period, day: date) -> bool:
    if not any(change.on <= day for change in project.standing) and (
        project.standing or project.stated_state is None
    ):
        return False
    decided = any(change.on in period for change in project.standing)
    begun = project.start is None or project.start <= day
    return decided or (begun and not project.state_on(period.first).over)


def project_figures(
    projects: Sequence[Project], period: Period, today: date
) -> Mapping[str, Figure]:
    """Figures under ``projects.``, and under ``project.ID.`` those of each project.

    ``project.ID.TARGET_ID`` is the value of the period of that target. Without projects there
    are none.
    """
    found = reported_projects(projects, period, today)
    if not found:
        return {}
    day = min(period.last, today)
    running = [p.id for p in found if p.state_on(day).under_way]
    late = [p.id for p in found for _ in _late(p, day)]
    done = [p.id for p in found for m in p.milestones if finished(m, day) and _done_in(m, period)]
    figures = {
        "projects.total": _counted([p.id for p in found], "项目", Over.PERIOD),
        "projects.under_way": _counted(running, "推进中的项目", Over.DAY),
        "projects.milestones_done": _counted(done, "完成节点", Over.PERIOD),
        "projects.overdue": _counted(late, "逾期节点", Over.DAY),
    }
    for project in found:
        named = _of_project(project, period, day)
        figures |= {f"project.{project.id}.{name}": figure for name, figure in named}
    return figures


def _of_project(project: Project, period: Period, day: date) -> Iterator[tuple[str, Figure]]:
    gone, name = time_gone(project, day), project.title
    done = str(percent_complete(project, day)) if project.milestones else UNKNOWN
    known: tuple[tuple[str, str | int, str, str, Over], ...] = (
        ("state", project.state_on(day).label, "状态", "", Over.DAY),
        ("complete", done, "完成率", "%", Over.DAY),
        ("time", UNKNOWN if gone is None else str(gone), "时序进度", "%", Over.DAY),
        ("overdue", len(_late(project, day)), "逾期节点", "个", Over.DAY),
        *(_value(target, period) for target in project.targets),
    )
    for part, value, label, unit, over in known:
        yield (
            part,
            Figure(
                value=value,
                records=(project.id,),
                label=f"“{name}”{label}",
                unit=unit,
                group=Group.PROJECTS,
                over=over,
            ),
        )


def _value(target: Target, period: Period) -> tuple[str, str, str, str, Over]:
    value = value_in(target, period)
    text = UNKNOWN if value is None else shown(value)
    return target.id, text, target.indicator, target.unit, Over.PERIOD


def _done_in(step: Milestone, period: Period) -> bool:
    return step.actual is not None and step.actual in period


def _late(project: Project, day: date) -> tuple[Milestone, ...]:
    return () if project.state_on(day).over else overdue(project, day)


def _counted(ids: Sequence[str], label: str, over: Over) -> Figure:
    records, group = tuple(dict.fromkeys(ids)), Group.PROJECTS
    return Figure(value=len(ids), records=records, label=label, unit="个", group=group, over=over)
