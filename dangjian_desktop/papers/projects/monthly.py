"""推进表 of a month or a quarter: what is done against plan, time and targets."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.progress import attainment, reached_value, value_in
from dangjian_desktop.domain.projects.project import ProgressEntry
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.projects.sheet import (
    ProjectSheet,
    actual_day,
    amount,
    indicator_lines,
    milestone_state,
    name_of,
    percent,
    short_day,
)
from dangjian_desktop.papers.ruled_form import (
    band,
    form_table,
    line,
    numbered,
    opinion,
    running,
    signature,
    wide,
)

_THIS = {1: "本月", 3: "本季度", 6: "本半年", 12: "本年"}


def compose_progress(sheet: ProjectSheet, wanted: Wanted) -> Document:
    """推进表 as of the end of the period, or as of today while it runs."""
    period = wanted.period or Period.around(sheet.today, 1)
    project, day = sheet.project, min(period.last, sheet.today)
    rows = (
        line(("项目", project.title, 10), ("责任人", name_of(project.secretary), 6)),
        line(("报告期", period.label, 10), ("项目状态", project.state_on(day).label, 6)),
        line(
            ("完成率", sheet.complete_words(day), 4),
            ("时序进度", sheet.time_words(day), 4),
            ("数据截止", short_day(day), 4),
        ),
        *_milestones(sheet, period),
        wide("本期完成", _said(sheet, period, "done"), blank_mm=26.0),
        *_targets(sheet, period),
        wide("存在问题", _said(sheet, period, "problems"), blank_mm=20.0),
        wide("需协调事项", _said(sheet, period, "coordination"), blank_mm=16.0),
        wide("下期计划", _said(sheet, period, "next"), blank_mm=20.0),
        wide("佐证", numbered(tuple(sheet.evidence(period))), blank_mm=12.0),
        signature("书记签字"),
        opinion("上级督导\n意见", "督导人", height_mm=30.0),
    )
    title = Paragraph(f"“{sheet.group}”推进表", Role.TITLE)
    note = Paragraph(
        "注：完成率为已完成节点权重之和占全部节点权重的比例；时序进度为项目周期已过时间的比例。",
        Role.NOTE,
    )
    return sheet.document("推进表", period, Layout.FORM, title, form_table(rows), note)


def _milestones(sheet: ProjectSheet, period: Period) -> Iterator[Row]:
    day = min(period.last, sheet.today)
    rows = [
        (
            milestone.what,
            amount(milestone.weight),
            short_day(milestone.planned),
            actual_day(milestone, day),
            milestone_state(milestone, day),
        )
        for milestone in sheet.project.milestones
    ]
    head = ("节点", "权重", "计划", "实际", "状态")
    yield from band("节点", head, rows, (7, 2, 4, 4, 3), blank_rows=3)


def _targets(sheet: ProjectSheet, period: Period) -> Iterator[Row]:
    rows = [
        (
            indicator_lines(target),
            amount(value_in(target, period)),
            amount(reached_value(target, period)),
            amount(target.target),
            percent(attainment(target, period)),
            target.source or UNKNOWN,
        )
        for target in sheet.project.targets
    ]
    head = ("指标", _THIS[period.length], "累计", "目标", "达成率", "数据来源")
    yield from band("指标", head, rows, (5, 3, 3, 3, 3, 3), blank_rows=3)


def _said(sheet: ProjectSheet, period: Period, field: str) -> tuple[Paragraph, ...]:
    """The secretary's own words for the period, or those for each of its months."""
    entry = sheet.project.entry(period)
    if entry is not None and (text := _words(entry, field)):
        return running(text)
    if period.length == 1:
        return ()
    parts: list[Paragraph] = []
    for month in period.split(1):
        entry = sheet.project.entry(month)
        if entry is not None and (text := _words(entry, field)):
            parts += running(text, f"{month.start}月：")
    return tuple(parts)


def _words(entry: ProgressEntry, field: str) -> str:
    words = {
        "done": entry.done,
        "problems": entry.problems,
        "coordination": entry.coordination,
        "next": entry.next,
    }
    return words[field].strip()
