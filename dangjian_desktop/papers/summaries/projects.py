"""书记项目 in a summary: state, percent, values of the period, what is overdue, from records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from dangjian_desktop.documents.model import Block, Paragraph, Role, Row, Table, cell, row
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import counts_more, present_words
from dangjian_desktop.domain.projects.progress import attainment, overdue
from dangjian_desktop.domain.projects.project import Project, Target
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.of_projects import reported_projects
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.projects.sheet import NONE, percent
from dangjian_desktop.papers.summaries.work import period_words, short_day


def project_blocks(
    projects: Sequence[Project], figures: Mapping[str, Figure], period: Period, today: date
) -> Iterator[Block]:
    """The section, from the figures of the period; nothing where there is no project."""
    found = reported_projects(projects, period, today)
    if not found:
        return
    total, late = figures["projects.total"].text, figures["projects.overdue"].text
    words = f"项目共{total}，逾期节点{late}。"
    yield Paragraph(words, lead="书记项目：", keep_with_next=True)
    yield _table(found, figures, period, cutoff(period, today))


def _table(
    found: Sequence[Project], figures: Mapping[str, Figure], period: Period, day: date
) -> Table:
    this = period_words(period).this
    head = ("项目", "状态", "完成率\n时序进度", f"{this}指标值、达成率", "逾期节点")
    rows = (
        _row(
            (
                project.title,
                figures[f"project.{project.id}.state"].text,
                f"{figures[f'project.{project.id}.complete'].text}\n"
                f"{figures[f'project.{project.id}.time'].text}",
                "\n".join(_value(project, target, figures, period) for target in project.targets)
                or UNKNOWN,
                "\n".join(f"{m.what}（计划{short_day(m.planned)}）" for m in overdue(project, day))
                or NONE,
            )
        )
        for project in found
    )
    return Table(
        (row(head, Role.CELL_HEAD, header=True), *rows),
        (2.5, 1.2, 1.6, 4.3, 2.3),
    )


def _row(texts: Sequence[str]) -> Row:
    fields = (
        cell(text, Role.CELL_CENTER if n in (1, 2) or text == NONE else Role.CELL)
        for n, text in enumerate(texts)
    )
    return Row(tuple(fields), splittable=False)


def _value(project: Project, target: Target, figures: Mapping[str, Figure], period: Period) -> str:
    figure = figures[f"project.{project.id}.{target.id}"]
    share = attainment(target, period)
    more = "" if share is None else f"达成率{percent(share)}"
    # What the fusion page holds against the target, where it is not the figure of the period.
    whole = present_words(target, period) if counts_more(target, period) else ""
    return "\n".join(filter(None, (f"{target.indicator}：{figure.text}", whole, more)))
