"""Figures of projects for a summary: states, shares, values of the period, what is late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.figure_values import Figure
from dangjian_desktop.domain.number_text import number_text
from dangjian_desktop.domain.project_progress import (
    attainment,
    finished,
    overdue,
    percent_complete,
    time_gone,
    value_in,
)
from dangjian_desktop.domain.projects import Milestone, Project, ProjectState, Target


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A target in a period: ``value`` of the period, ``attained`` per cent up to its end."""

    target: Target
    value: Decimal | None
    attained: Decimal | None


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """A project as a summary of a period tells it, as of the last day that it covers."""

    project: Project
    state: ProjectState
    percent: Decimal
    time_gone: Decimal | None
    targets: tuple[TargetLine, ...]
    finished: tuple[Milestone, ...]
    overdue: tuple[Milestone, ...]


def project_lines(
    projects: Sequence[Project], period: Period, day: date
) -> tuple[ProjectLine, ...]:
    """The projects that a period is concerned with, as of ``day`` (its end, or today).

    Left out are drafts, projects that began later, and those that were over before it.
    """
    return tuple(_line(p, period, day) for p in projects if _concerns(p, period, day))


def _concerns(project: Project, period: Period, day: date) -> bool:
    if project.deleted or project.state_on(day) is ProjectState.DRAFT:
        return False
    if project.start is not None and project.start > day:
        declared = project.reference_day
        return declared is not None and declared in period
    decided = [change for change in project.standing if change.on <= day]
    over = project.state_on(day).over
    return not over or (bool(decided) and decided[-1].on >= period.first)


def _line(project: Project, period: Period, day: date) -> ProjectLine:
    over = project.state_on(day).over
    return ProjectLine(
        project=project,
        state=project.state_on(day),
        percent=percent_complete(project, day),
        time_gone=time_gone(project, day),
        targets=tuple(
            TargetLine(target, value_in(target, period), attainment(target, period))
            for target in project.targets
        ),
        finished=tuple(
            m for m in project.milestones if finished(m, day) and m.actual and m.actual in period
        ),
        overdue=() if over else overdue(project, day),
    )


def project_figures(projects: Sequence[Project], period: Period, day: date) -> Mapping[str, Figure]:
    """Figures under ``projects.``, and under ``projects.ID.`` those of each project.

    ``projects.ID.target.N`` is the value of the period of its N-th target.
    """
    lines = project_lines(projects, period, day)
    if not lines:
        return {}
    late = [line for line in lines if line.overdue]
    done = [line for line in lines if line.finished]
    running = [line for line in lines if line.state.under_way]
    found = {
        "projects.all": _counted(lines, "项目", "个"),
        "projects.under_way": _counted(running, "推进中的项目", "个"),
        "projects.milestones_done": Figure(
            sum(len(line.finished) for line in done), _ids(done), "本期完成节点", "个"
        ),
        "projects.overdue": Figure(
            sum(len(line.overdue) for line in late), _ids(late), "逾期节点", "个"
        ),
    }
    for line in lines:
        found |= dict(_of_one(line))
    return found


def _of_one(line: ProjectLine) -> Iterator[tuple[str, Figure]]:
    ids, name = (line.project.id,), f"projects.{line.project.id}"
    yield f"{name}.state", Figure(line.state.label, ids, "状态")
    yield f"{name}.percent", Figure(str(line.percent), ids, "完成率", "%")
    if line.time_gone is not None:
        yield f"{name}.time_gone", Figure(str(line.time_gone), ids, "时序进度", "%")
    yield f"{name}.overdue", Figure(len(line.overdue), ids, "逾期节点", "个")
    for number, row in enumerate(line.targets, 1):
        if row.value is not None:
            label, unit = row.target.indicator, row.target.unit
            rounded = row.value if row.value == row.value.to_integral() else round(row.value, 2)
            yield f"{name}.target.{number}", Figure(number_text(rounded), ids, label, unit)


def _counted(lines: Sequence[ProjectLine], label: str, unit: str) -> Figure:
    return Figure(len(lines), _ids(lines), label, unit)


def _ids(lines: Sequence[ProjectLine]) -> tuple[str, ...]:
    return tuple(line.project.id for line in lines)
