"""申报表 and 立项表: what is promised, with room for the opinions that others write."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import Block, Document, Layout, Paragraph, Role, Row
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.papers.blanks import DAY_BLANK, UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.projects.sheet import (
    ProjectSheet,
    amount,
    day_of,
    name_of,
    span_words,
    yuan,
)
from dangjian_desktop.papers.ruled_form import (
    band,
    form_table,
    line,
    numbered,
    opinion,
    running,
    wide,
)

_COPIES = "注：本表一式两份，党支部、上级党组织各存一份。"
_TARGET_HEAD = ("指标", "单位", "基准值", "目标值", "数据来源")
_TARGET_COLUMNS = (6, 3, 3, 3, 5)


def compose_declaration(sheet: ProjectSheet, _wanted: Wanted) -> Document:
    """申报表 in the order in which superiors hand it out."""
    project = sheet.project
    rows = (
        line(("编号", project.number or "", 6), ("申报党支部", sheet.branch.name, 10)),
        line(
            (sheet.responsible, name_of(project.secretary), 4),
            ("联系电话", project.phone, 4),
            ("协助责任人", name_of(project.assistant), 4),
        ),
        line(("项目名称", project.title, 10), ("项目类别", sheet.category_words, 6)),
        line(
            ("起止时间", span_words(project), 10),
            ("申报日期", day_of(project.declared_on, DAY_BLANK.strip("　")), 6),
        ),
        wide(
            "立项背景及\n拟解决的\n问题",
            (
                *running(project.background, "立项背景："),
                *running(project.problem, "拟解决的问题："),
            ),
            blank_mm=30.0,
        ),
        *_targets("目标任务及\n量化指标", project),
        wide("推进措施及\n时间安排", (*_measures(project), *_schedule(project)), blank_mm=30.0),
        wide("经费", _funds(project), blank_mm=9.0),
        wide("成员及分工", _team(project)),
        wide("预期成效", running(project.expected_effect), blank_mm=24.0),
        *_opinions("上级党组织\n意见"),
    )
    blocks = _form(sheet, "申报表", rows)
    return sheet.document("申报表", project.declared_on or sheet.today, Layout.FORM, *blocks)


def compose_approval(sheet: ProjectSheet, _wanted: Wanted) -> Document:
    """立项表: the same facts in the order of the approval, milestones as a table."""
    project = sheet.project
    rows = (
        line(("项目名称", project.title, 10), ("项目类别", sheet.category_words, 6)),
        line(("党支部", sheet.branch.name, 10), (sheet.responsible, name_of(project.secretary), 6)),
        wide("项目成员", _team(project)),
        line(("起止时间", span_words(project), 10), ("编号", project.number or "", 6)),
        wide("立项背景", running(project.background), blank_mm=24.0),
        wide("拟解决的\n问题", running(project.problem), blank_mm=20.0),
        *_targets("项目目标", project),
        wide("主要措施", _measures(project), blank_mm=30.0),
        *band(
            "阶段安排",
            ("节点", "权重", "计划完成时间"),
            [(m.what, amount(m.weight), day_of(m.planned)) for m in project.milestones],
            (11, 3, 6),
            blank_rows=3,
        ),
        wide("预期成效", running(project.expected_effect), blank_mm=24.0),
        wide("经费", _funds(project), blank_mm=9.0),
        *_opinions("上级党组织\n审批意见"),
    )
    blocks = _form(sheet, "立项表", rows)
    return sheet.document("立项表", sheet.today, Layout.FORM, *blocks)


def _form(sheet: ProjectSheet, what: str, rows: tuple[Row, ...]) -> Iterator[Block]:
    yield Paragraph(f"“{sheet.group}”{what}", Role.TITLE)
    yield form_table(rows)
    yield Paragraph(_COPIES, Role.NOTE)


def _opinions(superior: str) -> Iterator[Row]:
    yield opinion("党支部意见", "支部书记")
    yield opinion(superior, "负责人")


def _targets(asked: str, project: Project) -> Iterator[Row]:
    rows = [
        (
            f"{target.indicator}\n（{target.direction.label}）",
            target.unit or UNKNOWN,
            amount(target.baseline),
            amount(target.target),
            target.source or UNKNOWN,
        )
        for target in project.targets
    ]
    yield from band(asked, _TARGET_HEAD, rows, _TARGET_COLUMNS, blank_rows=3)


def _measures(project: Project) -> tuple[Paragraph, ...]:
    return numbered(project.measures)


def _schedule(project: Project) -> Iterator[Paragraph]:
    """Milestones in order of time, one a line."""
    if project.milestones:
        yield Paragraph("", Role.CELL, "时间安排：")
    for milestone in project.milestones:
        share = f"（权重{amount(milestone.weight)}）" if milestone.weight else ""
        yield Paragraph(f"{day_of(milestone.planned)}前：{milestone.what}{share}", Role.CELL)


def _funds(project: Project) -> tuple[Paragraph, ...]:
    texts = [f"{fund.item}：{yuan(fund.planned)}" for fund in project.funds]
    known = [fund.planned for fund in project.funds if fund.planned is not None]
    if len(known) == len(project.funds) > 1:
        texts.append(f"合计：{yuan(sum(known[1:], known[0]))}")
    return tuple(Paragraph(text, Role.CELL) for text in texts)


def _team(project: Project) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(f"{m.person.name}：{m.task or f'分工{UNKNOWN}'}", Role.CELL) for m in project.team
    )
