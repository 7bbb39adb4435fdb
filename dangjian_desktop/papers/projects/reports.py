"""中期报告 and 结项报告: facts beside the secretary's own words, lines to write where none are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dangjian_desktop.documents.charts import picture
from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role, WriteLines
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import attained, finished, overdue, reached_value
from dangjian_desktop.domain.projects.project import ClosingReport, MidtermReport, Target
from dangjian_desktop.papers.blanks import DAY_BLANK, UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.naming import full_title
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.projects.charts import chart_of
from dangjian_desktop.papers.projects.sheet import (
    ProjectSheet,
    amount,
    day_of,
    indicator_words,
    name_of,
    span_words,
)
from dangjian_desktop.papers.projects.tables import funds_table, milestones_table, targets_table

_LINES = 3
_SIGN = "　" * 6


def compose_midterm(sheet: ProjectSheet, _wanted: Wanted) -> Document:
    """中期报告: what is done, why it deviates, what is adjusted."""
    said = sheet.project.midterm or MidtermReport()
    sections = (
        ("完成情况", (*_own(said.done), *_standing(sheet))),
        ("偏差及原因", (*_late(sheet), *_own(said.deviation))),
        ("调整措施", tuple(_own(said.adjustment))),
    )
    blocks = (*_head(sheet, "中期报告"), *_sections(sections), *_foot(sheet))
    return sheet.document("中期报告", sheet.today, Layout.OFFICIAL, *blocks)


def compose_closing(sheet: ProjectSheet, _wanted: Wanted) -> Document:
    """结项报告: targets against actual values, what is not attained and why, effects, results."""
    said = sheet.project.closing or ClosingReport()
    sections = (
        ("完成情况", (*_own(said.done), *_standing(sheet), *_charts(sheet))),
        ("未达到的目标、未完成的节点及原因", tuple(_unattained(sheet))),
        ("工作成效", tuple(_own(said.effect))),
        ("经验做法", tuple(_own(said.experience))),
        ("存在不足", tuple(_own(said.shortcomings))),
        ("成果清单", tuple(_results(sheet, said.results))),
        *_funds(sheet),
        ("自评分", _score(said)),
        ("验收意见及等次", tuple(_acceptance(said))),
    )
    blocks = (*_head(sheet, "结项报告"), *_sections(sections), *_foot(sheet))
    return sheet.document("结项报告", sheet.today, Layout.OFFICIAL, *blocks)


def _head(sheet: ProjectSheet, what: str) -> Iterator[Block]:
    project = sheet.project
    yield Paragraph(full_title(sheet.branch, f"“{sheet.group}”{what}"), Role.TITLE)
    yield Paragraph(f"（数据截止日：{day_of(sheet.today)}）", Role.SUBTITLE)
    yield Paragraph("", Role.BLANK_LINE)
    facts = (
        ("项目名称", project.title),
        ("项目类别", sheet.category_words or UNKNOWN),
        (sheet.responsible, name_of(project.secretary) or UNKNOWN),
        ("项目成员", "、".join(m.person.name for m in project.team) or UNKNOWN),
        ("起止时间", span_words(project, UNKNOWN)),
        ("项目状态", _decided(sheet)),
    )
    yield Paragraph("一、项目概况", Role.HEADING1)
    yield from (Paragraph(value, Role.LABELLED, f"{asked}：") for asked, value in facts)
    if problem := project.problem.strip():
        yield Paragraph(problem, Role.LABELLED, "拟解决的问题：")


def _decided(sheet: ProjectSheet) -> str:
    """The state with day, person and paper of its decision."""
    standing = [change for change in sheet.project.standing if change.on <= sheet.today]
    label = sheet.project.state_on(sheet.today).label
    if not standing:
        return label
    last = standing[-1]
    more = (part for part in (day_of(last.on), last.by, last.paper) if part)
    return f"{label}（{'，'.join(more)}）"


def _sections(sections: Sequence[tuple[str, Sequence[Block]]]) -> Iterator[Block]:
    for number, (heading, blocks) in enumerate(sections, 2):
        yield Paragraph(f"{numeral(number)}、{heading}", Role.HEADING1)
        yield from blocks or (WriteLines(_LINES),)


def _own(text: str) -> Iterator[Block]:
    yield from (Paragraph(line.strip()) for line in text.split("\n") if line.strip())


def _standing(sheet: ProjectSheet) -> Iterator[Block]:
    """Percent beside time, targets against values, milestones against plan."""
    project, day = sheet.project, sheet.today
    words = f"截至{day_of(day)}，完成率{sheet.complete_words(day)}，"
    words += f"时序进度{sheet.time_words(day)}。"
    yield Paragraph(words, keep_with_next=bool(project.targets))
    if project.targets:
        yield targets_table(project.targets, sheet.upto)
    if project.milestones:
        yield milestones_table(project.milestones, day)


def _charts(sheet: ProjectSheet) -> Iterator[Block]:
    for target in sheet.project.targets:
        chart = chart_of(sheet.project, target, sheet.upto)
        if chart is not None:
            yield picture(chart)


def _late(sheet: ProjectSheet) -> Iterator[Block]:
    """Milestones past their day, as the records have them."""
    late = overdue(sheet.project, sheet.today)
    if late:
        names = "；".join(f"{m.what}（计划{day_of(m.planned)}）" for m in late)
        yield Paragraph(f"逾期节点{len(late)}个：{names}。")


def _unattained(sheet: ProjectSheet) -> Iterator[Block]:
    project = sheet.project
    missed = [target for target in project.targets if not attained(target, sheet.upto)]
    still_open = [m for m in project.milestones if not finished(m, sheet.today)]
    for target in missed:
        yield Paragraph(_missed_words(target, sheet.upto))
        yield from _reason(target.reason or "")
    for milestone in still_open:
        planned = day_of(milestone.planned)
        yield Paragraph(f"节点“{milestone.what}”未完成，计划完成时间{planned}。")
        yield from _reason("")
    if project.targets and not missed:
        yield Paragraph(f"{len(project.targets)}项指标均达到目标值。")
    if project.milestones and not still_open:
        yield Paragraph(f"{len(project.milestones)}个节点均已完成。")


def _reason(text: str) -> Iterator[Block]:
    if text.strip():
        yield Paragraph(text.strip(), Role.LABELLED, "原因：")
    else:
        yield Paragraph("", Role.LABELLED, "原因：", keep_with_next=True)
        yield WriteLines(1)


def _missed_words(target: Target, upto: Period) -> str:
    reached, wanted = reached_value(target, upto), amount(target.target)
    if reached is None:
        return f"{indicator_words(target)}：目标值{wanted}，没有实际值。"
    if target.target is None:
        return f"{indicator_words(target)}：目标值{UNKNOWN}，实际值{amount(reached)}。"
    return f"{indicator_words(target)}：目标值{wanted}，实际值{amount(reached)}，未达到。"


def _results(sheet: ProjectSheet, text: str) -> Iterator[Block]:
    yield from _own(text)
    for number, evidence in enumerate(sheet.evidence(), 1):
        yield Paragraph(f"佐证{number}：{evidence}")


def _funds(sheet: ProjectSheet) -> Iterator[tuple[str, Sequence[Block]]]:
    if sheet.project.funds:
        yield "经费使用", (funds_table(sheet.project.funds),)


def _score(said: ClosingReport) -> Sequence[Block]:
    score = f"{'　' * 4}" if said.self_score is None else amount(said.self_score)
    return (Paragraph(f"自评{score}分。"),)


def _acceptance(said: ClosingReport) -> Iterator[Block]:
    """The superior's words as they were told; never drafted."""
    if said.acceptance.strip():
        yield from _own(said.acceptance)
    else:
        yield WriteLines(_LINES)
    yield Paragraph(f"等次：{said.grade.strip()}", keep_with_next=True)
    yield Paragraph(f"验收负责人（签字）：{_SIGN}（盖章）", keep_with_next=True)
    yield Paragraph(f"日期：{DAY_BLANK}", keep_with_next=True)


def _foot(sheet: ProjectSheet) -> Iterator[Block]:
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield Paragraph(f"{sheet.responsible}（签字）：", keep_with_next=True)
    yield Paragraph(f"报送日期：{DAY_BLANK}", keep_with_next=True)
    yield Paragraph("（盖章）", Role.SIGNATURE)
