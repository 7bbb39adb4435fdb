"""What papers of projects are about: one of them, or those of a year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.projects.project import Project, ProjectFilter, ProjectState
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.projects.states import promoted_on
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.projects.lists import ProjectsSheet
from dangjian_desktop.papers.projects.sheet import ProjectSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.records.exporting import covered
from dangjian_desktop.storage.work import Work

PLUS_GROUP = "党建+N"
"""The group of categories whose projects make the matrix."""


def of_project(work: Work, asked: Asked) -> ProjectSheet:
    """The project as it stood on the day of the paper."""
    project: Project = _open(asked.record, asked)
    meetings = work.meetings.get(link.meeting_id for link in project.meetings)
    day = _day_of_project(project, asked)
    return ProjectSheet(
        project=project,
        branch=work.branch.on(day),
        stamp=asked.stamp(work, work.projects.revision_number(project.id) or None),
        today=day,
        group=categories_of(work).group_of(project.category).name,
        meetings=tuple(m for m in meetings.values() if not m.deleted),
        kinds=kinds_of(work),
    )


def _open(project: Project, asked: Asked) -> Project:
    """The project as everybody may see it, where that is asked for."""
    found: Project = covered(PROJECT, project) if asked.wanted.public else project
    return found


def _day_of_project(project: Project, asked: Asked) -> date:
    """The day that is asked for, else that of the stage, or of the end of the period, or today."""
    stage, period, day = asked.paper.stage, asked.wanted.period, asked.wanted.day
    if period is not None:
        return min(period.last, asked.today)
    if day is not None:
        return day
    if stage == ProjectState.DECLARED and project.declared_on is not None:
        return project.declared_on
    decided = [change.on for change in project.standing if change.state == stage]
    return decided[-1] if decided else asked.today


def of_projects(work: Work, asked: Asked) -> ProjectsSheet:
    """Of the year asked for, and of one group: the first unless told, all where it is not split."""
    day = asked.today
    year = asked.wanted.period.year if asked.wanted.period else day.year
    projects = work.projects.all(ProjectFilter(year=year))
    groups, group = categories_of(work), ""
    if asked.paper.lengths:
        wanted = groups.group(asked.wanted.group) if asked.wanted.group else groups.groups[0]
        if wanted is None:
            known = "、".join(g.name for g in groups.groups)
            words = f"没有名为“{asked.wanted.group}”的项目种类。"
            raise InputError(words, f"可用的种类：{known}。")
        projects = tuple(p for p in projects if groups.group_of(p.category) is wanted)
        group = wanted.name
    return ProjectsSheet(
        projects=tuple(_open(project, asked) for project in reversed(projects)),
        branch=work.branch.on(min(day, date(year, 12, 31)) if asked.paper.lengths else day),
        stamp=asked.stamp(work),
        today=day,
        year=year,
        members=work.roster(),
        group=group,
    )


def of_plus(work: Work, asked: Asked) -> ProjectsSheet:
    """Those of 党建+N of the year asked for, with every N that the branch knows."""
    group = categories_of(work).group(PLUS_GROUP)
    sheet = of_projects(work, replace(asked, wanted=replace(asked.wanted, group=PLUS_GROUP)))
    known = () if group is None else group.categories
    return replace(sheet, categories={name: name for name in known})


def of_cases(work: Work, asked: Asked) -> ProjectsSheet:
    """The projects that were promoted (推广) in the year asked for, in the order of that."""
    day = asked.today
    year = asked.wanted.period.year if asked.wanted.period else day.year
    known = (_open(project, asked) for project in work.projects.all())
    found = [(on, p) for p in known if (on := promoted_on(p, day)) is not None and on.year == year]
    return ProjectsSheet(
        projects=tuple(p for _on, p in sorted(found, key=lambda each: (each[0], each[1].title))),
        branch=work.branch.on(min(day, date(year, 12, 31))),
        stamp=asked.stamp(work),
        today=day,
        year=year,
    )
