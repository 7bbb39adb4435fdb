"""典型案例集: the projects that others are to learn from, one behind the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    PageBreak,
    Paragraph,
    Role,
)
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.domain.projects.progress import reached_value
from dangjian_desktop.domain.projects.project import Project, ProjectState
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.projects.lists import ProjectsSheet
from dangjian_desktop.papers.projects.sheet import name_of, span_words

TITLE = "典型案例集"
NONE = "这一年没有状态为“推广”的项目。"


def compose_cases(sheet: ProjectsSheet, _wanted: Wanted) -> Document:
    """The list of cases, then each with what its project tells, in the secretary's own words."""
    day = min(sheet.today, date(sheet.year, 12, 31))
    title = f"{sheet.year}年{TITLE}"
    blocks: list[Block] = [Paragraph(full_title(sheet.branch, title), Role.TITLE)]
    if not sheet.projects:
        blocks.append(Paragraph(NONE))
    blocks += (
        Paragraph(f"案例{numeral(number)}　{project.title}")
        for number, project in enumerate(sheet.projects, 1)
    )
    for number, project in enumerate(sheet.projects, 1):
        blocks += (PageBreak(), *_case(number, project, day))
    return Document(
        name=paper_name(sheet.branch, TITLE, Period(sheet.year, 1, 12)),
        title=f"{sheet.branch.short}{title}",
        blocks=tuple(blocks),
        layout=Layout.OFFICIAL,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=sheet.stamp.names,
    )


def _case(number: int, project: Project, day: date) -> Iterator[Block]:
    yield Paragraph(f"案例{numeral(number)}　{project.title}", Role.HEADING1)
    yield Paragraph(name_of(project.secretary) or UNKNOWN, Role.LABELLED, "负责人：")
    yield Paragraph(span_words(project, UNKNOWN), Role.LABELLED, "起止时间：")
    closing = project.closing
    parts = (
        ("背景和问题", (project.background, project.problem)),
        ("主要做法", (*project.measures, "" if closing is None else closing.experience)),
        ("成效", (*_effects(project, day), "" if closing is None else closing.effect)),
        ("成果", ("" if closing is None else closing.results,)),
        ("推广", tuple(_decided(project, day))),
    )
    told = [(heading, [*filter(None, map(str.strip, texts))]) for heading, texts in parts]
    for place, (heading, texts) in enumerate(((h, t) for h, t in told if t), 1):
        yield Paragraph(f"（{numeral(place)}）{heading}", Role.HEADING2)
        lines = (line.strip() for text in texts for line in text.split("\n"))
        yield from (Paragraph(line) for line in lines if line)


def _effects(project: Project, day: date) -> Iterator[str]:
    upto = Period(day.year, day.month, 1)
    for target in project.targets:
        if reached_value(target, upto) is not None:
            yield effect(target, upto)


def _decided(project: Project, day: date) -> Iterator[str]:
    """2025年12月18日，支部委员会决定推广（会议记录）."""
    for change in project.standing:
        if change.state is ProjectState.PROMOTED and change.on <= day:
            yield f"{chinese_date(change.on)}，{change.by}决定推广（{change.paper}）。"
