"""What a project still lacks, as verdicts with their basis; all of them can be waived."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period, add_months
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.projects.progress import (
    attained,
    contradicts,
    finished,
    overdue,
    percent_complete,
    reached_value,
)
from dangjian_desktop.domain.projects.project import Project, ProjectState

BASIS = "书记项目管理通行做法，以上级通知为准"
"""No regulation orders projects; every verdict says so."""
MILESTONES_WANTED = 3
LONGEST_EXTENSION = 3
"""Months that extensions usually do not exceed."""

Message = tuple[str, str, str]
"""Rule id, sentence, and which part of the project it is about (empty for the whole)."""


def subject_of(project: Project) -> str:
    """How a verdict names the project; waivers are kept under it."""
    year = f"{project.year}年" if project.year else ""
    return f"{year}项目“{project.title}”"


def lacking_for(project: Project, state: ProjectState, today: date) -> Iterator[Finding]:
    """What the project lacks for the state; nothing known to be lacking yields nothing."""
    for check in _FOR_STATE.get(state, ()):
        for rule, sentence, part in check(project, today):
            subject = f"{subject_of(project)}{part}"
            yield Finding(rule, Verdict.NOTICE, subject, sentence, BASIS, (project.id,))


def _unexplained_state(project: Project, _today: date) -> Iterator[Message]:
    if project.stated_state not in (None, ProjectState.DRAFT) and not project.standing:
        label = project.state.label
        yield "PRJ-STATE", f"“{label}”状态没有决定日期、决定人和依据文件，请补充完善。", ""


def _heading(project: Project, _today: date) -> Iterator[Message]:
    wanted: Mapping[str, object] = {
        "项目名称": project.title.strip(),
        "类别": project.category,
        "负责人": project.secretary,
        "开始日期": project.start,
        "结束日期": project.end,
        "拟解决的问题": project.problem.strip(),
        "立项背景": project.background.strip(),
        "措施": project.measures,
        "成员及分工": project.team,
        "预期成效": project.expected_effect.strip(),
    }
    lacking = [name for name, value in wanted.items() if not value]
    if lacking:
        yield "PRJ-FIELDS", f"还没有填写：{'、'.join(lacking)}。", ""


def _milestones(project: Project, _today: date) -> Iterator[Message]:
    count = len(project.milestones)
    if count < MILESTONES_WANTED:
        yield (
            "PRJ-MS3",
            f"阶段节点只有{count}个，一般不少于{MILESTONES_WANTED}个。"
            if count
            else f"还没有阶段节点，一般不少于{MILESTONES_WANTED}个。",
            "",
        )
    total = sum((milestone.weight for milestone in project.milestones), Decimal(0))
    if count and total != 100:
        yield "PRJ-WEIGHT", f"节点权重合计为{total.normalize():f}，不等于100。", ""


def _targets(project: Project, _today: date) -> Iterator[Message]:
    if not project.targets:
        yield "PRJ-TARGET", "还没有量化目标，结项时无从对照。", ""
    for number, target in enumerate(project.targets, 1):
        name = f"第{number}项目标“{target.indicator}”"
        blank = [
            word
            for word, value in (("基准", target.baseline), ("目标值", target.target))
            if value is None
        ]
        if blank and not (target.reason or "").strip():
            yield "PRJ-TARGET", f"{name}没有{'和'.join(blank)}，也没有写明原因。", name
        if contradicts(target):
            yield (
                "PRJ-TARGET",
                f"{name}写明{target.direction.label}，目标值却比基准差，请核对方向。",
                name,
            )


def _declared(project: Project, _today: date) -> Iterator[Message]:
    if project.declared_on is None:
        yield "PRJ-FIELDS", "没有申报日期。", ""


def _reviewed(project: Project, _today: date) -> Iterator[Message]:
    if all(change.state is not ProjectState.REVIEWED for change in project.standing):
        yield "PRJ-REVIEW", "没有评审记录；上级不组织评审的，写明情况即可。", ""


def _checked_midway(project: Project, _today: date) -> Iterator[Message]:
    if all(change.state is not ProjectState.MIDTERM for change in project.standing):
        yield "PRJ-MIDTERM", "没有中期检查记录；项目周期短、不作中期检查的，写明情况即可。", ""


def _midterm_words(project: Project, _today: date) -> Iterator[Message]:
    report = project.midterm
    if report is None or not report.done.strip():
        yield "PRJ-MIDTERM", "中期报告还没有写完成情况。", ""
    if project.milestones and not percent_complete(project):
        yield "PRJ-PROGRESS", "还没有一个节点完成。", ""


def _entries(project: Project, today: date) -> Iterator[Message]:
    lacking = months_without_entry(project, today)
    if lacking:
        words = "、".join(month.label for month in lacking)
        yield "PRJ-ENTRY", f"{words}没有进展记录。", f"（至{lacking[-1].label}）"


def _values(project: Project, _today: date) -> Iterator[Message]:
    for number, target in enumerate(project.targets, 1):
        explained = bool((target.reason or "").strip())
        name = f"第{number}项目标“{target.indicator}”"
        if reached_value(target) is None and not explained:
            yield "PRJ-VALUE", f"{name}没有实际值，也没有写明原因。", name
        elif attained(target) is False and not explained:
            yield "PRJ-VALUE", f"{name}没有达到目标值，还没有写明原因。", name


def _unfinished(project: Project, today: date) -> Iterator[Message]:
    open_steps = [m for m in project.milestones if not finished(m, today)]
    if open_steps:
        words = "、".join(f"“{milestone.what}”" for milestone in open_steps)
        yield "PRJ-OPEN", f"还有{len(open_steps)}个节点没有完成：{words}。", ""


def _closing_words(project: Project, _today: date) -> Iterator[Message]:
    report = project.closing
    wanted = {
        "完成情况": report and report.done.strip(),
        "成效": report and report.effect.strip(),
        "经验": report and report.experience.strip(),
        "不足": report and report.shortcomings.strip(),
    }
    lacking = [name for name, value in wanted.items() if not value]
    if lacking:
        yield "PRJ-CLOSING", f"结项报告还没有写：{'、'.join(lacking)}。", ""


def _evidence(project: Project, _today: date) -> Iterator[Message]:
    noted = any((m.evidence or "").strip() for m in project.milestones)
    if not project.evidence and not project.meetings and not noted:
        yield "PRJ-EVIDENCE", "还没有佐证：没有关联会议，也没有附上文件。", ""


def _verdict_of_superior(project: Project, _today: date) -> Iterator[Message]:
    report = project.closing
    if report is None or not report.acceptance.strip():
        yield "PRJ-ACCEPT", "还没有录入上级的验收意见。", ""


def _extension(project: Project, _today: date) -> Iterator[Message]:
    granted = [change for change in project.standing if change.until is not None]
    if project.end is None or not granted or granted[-1].until is None:
        return
    if granted[-1].until > add_months(project.end, LONGEST_EXTENSION):
        yield "PRJ-EXTEND", f"延期一般不超过{LONGEST_EXTENSION}个月。", ""


def _late(project: Project, today: date) -> Iterator[Message]:
    for step in overdue(project, today):
        days = (today - step.planned).days
        sentence = f"节点“{step.what}”计划{step.planned}完成，已逾期{days}天。"
        yield "PRJ-LATE", sentence, f"节点“{step.what}”"


def months_without_entry(project: Project, today: date) -> tuple[Period, ...]:
    """Whole months of the period, past by today, with no entry of the month or its quarter."""
    found = []
    for text in project.months():
        month = Period.parse(text)
        quarter = Period.around(month.first, 3)
        if month.last < today and not (project.entry(month) or project.entry(quarter)):
            found.append(month)
    return tuple(found)


Check = Callable[[Project, date], Iterator[Message]]
_PLAN: tuple[Check, ...] = (_heading, _milestones, _targets)
_FOR_STATE: Mapping[ProjectState, tuple[Check, ...]] = {
    ProjectState.DECLARED: _PLAN,
    ProjectState.REVIEWED: (_unexplained_state, *_PLAN, _declared),
    ProjectState.APPROVED: (_unexplained_state, *_PLAN, _declared, _reviewed),
    ProjectState.RUNNING: (_unexplained_state, *_PLAN),
    ProjectState.MIDTERM: (_unexplained_state, _midterm_words, _entries, _late),
    ProjectState.EXTENDED: (_unexplained_state, _late, _extension),
    ProjectState.CLOSING: (
        _unexplained_state,
        _checked_midway,
        _values,
        _unfinished,
        _entries,
        _closing_words,
        _evidence,
    ),
    ProjectState.ACCEPTED: (
        _unexplained_state,
        _values,
        _unfinished,
        _evidence,
        _verdict_of_superior,
    ),
    ProjectState.FAILED: (_unexplained_state, _verdict_of_superior),
    ProjectState.ARCHIVED: (_unexplained_state, _values, _evidence, _closing_words),
    ProjectState.PROMOTED: (_unexplained_state, _values, _evidence, _closing_words),
}
"""What each state asks of a project on its way into it."""
