"""What cannot be in a project, whatever happened; what is only lacking is a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.project import Project, Target
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import Issue

_Problem = tuple[str, str, str]
"""Field, code, sentence without its end."""


def project_problems(
    project: Project, categories: Categories, members: Sequence[Member], today: date, place: str
) -> list[Issue]:
    """Everything that cannot be, each with its place and what to do; ``members`` are all ever."""
    found = [
        *_heading(project, categories),
        *_responsible(project, categories, members, today),
        *_team(project, members),
        *_milestones(project, today),
        *_targets(project, today),
        *_rest(project, today),
    ]
    return [Issue(f"{place}：{words}。", code, field) for field, code, words in found]


def days_of_people(project: Project, today: date) -> tuple[date, ...]:
    """The days on one of which the responsible person must have been that.

    The day of declaration (else the start, else today) and, because a project is handed on with
    the post, the days of the decisions after it.
    """
    first = project.reference_day or today
    later = (change.on for change in project.standing if change.on > first)
    return tuple(dict.fromkeys((first, *later)))


def _heading(project: Project, categories: Categories) -> Iterator[_Problem]:
    if not project.title.strip():
        yield "title", "name_missing", "没有填写项目名称，请填写"
    if project.category and categories.named(project.category) is None:
        yield (
            "category",
            "value_unknown",
            f"类别“{project.category}”不是已有的类别，请从中选择（{categories.words()}），"
            "或先在设置中添加",
        )
    start, last = project.start, project.last_day
    if start and project.end and project.end < start:
        yield "end", "date_order", f"结束日期{project.end}早于开始日期{start}，请核对起止时间"
    if last and project.end and last < project.end:
        yield "history", "date_order", f"延期后的期限{last}早于原来的期限{project.end}，请核对"


def _responsible(
    project: Project, categories: Categories, members: Sequence[Member], today: date
) -> Iterator[_Problem]:
    person, group = project.secretary, categories.group_of(project.category)
    if person is None:
        return
    rolls = [Roll(members, day) for day in days_of_people(project, today)]
    day = rolls[0].day
    there = [roll for roll in rolls if person.member_id in roll.by_id]
    if not there:
        yield (
            "secretary",
            "name_unknown",
            f"负责人“{person.name}”不是{day}当日的在册党员，请核对姓名或党员名册",
        )
    elif group.by_secretary and not any(_led_by(roll, person) for roll in there):
        actual = "、".join(m.name for m in rolls[0].with_role(PostRole.SECRETARY))
        behind = f"当日的书记是{actual}" if actual else "名册中没有登记当日的书记"
        yield (
            "secretary",
            "not_secretary",
            f"“{person.name}”在{day}不是支部书记（{behind}），{group.name}的负责人须为当日的"
            "支部书记，请改填，或在党员名册中补登职务的起止时间",
        )


def _led_by(roll: Roll, person: Person) -> bool:
    """Whether the person is, or by dates known in part may be, secretary on the day."""
    return PostRole.SECRETARY in roll.by_id[person.member_id or ""].roles_possible(roll.day)


def _team(project: Project, members: Sequence[Member]) -> Iterator[_Problem]:
    known = {member.id for member in members if not member.deleted}
    counted = Counter(carrier.person for carrier in project.team)
    for person, times in counted.items():
        if times > 1:
            yield "team", "duplicate", f"成员中{person.name}写了{times}次，请合并为一行"
        if person.member_id not in known:
            yield "team", "name_unknown", f"成员“{person.name}”不在党员名册中，请核对姓名"


def _milestones(project: Project, today: date) -> Iterator[_Problem]:
    start, last = project.start, project.last_day
    for number, step in enumerate(project.milestones, 1):
        name = f"第{number}个节点“{step.what}”"
        if not step.what.strip():
            yield "milestones", "name_missing", f"第{number}个节点没有写内容，请填写或删去这一行"
        if (start and step.planned < start) or (last and step.planned > last):
            yield (
                "milestones",
                "out_of_period",
                f"{name}的计划日期{step.planned}不在项目起止时间（{start or '未填'}至"
                f"{last or '未填'}）内，请修改计划日期或起止时间",
            )
        if step.actual is not None and step.actual > today:
            yield (
                "milestones",
                "future",
                f"{name}的实际完成日期{step.actual}还没有到，请填写实际完成的日期",
            )
        if step.weight < 0 or step.weight > 100:
            yield "milestones", "invalid", f"{name}的权重{step.weight}应在0到100之间，请改正"


def _targets(project: Project, today: date) -> Iterator[_Problem]:
    for number, target in enumerate(project.targets, 1):
        name = f"第{number}项目标“{target.indicator}”"
        if not target.indicator.strip():
            yield "targets", "name_missing", f"第{number}项目标没有写指标名称，请填写或删去这一行"
        if not target.unit.strip():
            yield "targets", "unit_missing", f"{name}没有单位，请填写，例如 米、吨、%、次"
        for words in _value_problems(project, target, today):
            yield "targets", "out_of_period", f"{name}{words}"


def _value_problems(project: Project, target: Target, today: date) -> Iterator[str]:
    allowed = project.months()
    for month in sorted(target.values):
        try:
            period = Period.parse(month)
        except ValueError:
            period = None
        if period is None or period.length != 1 or str(period) != month:
            yield f"的月份“{month}”无法识别，月份写作 2026-03"
        elif period.first > today:
            yield f"填了{period.label}的数值，该月还没有到，请核对月份"
        elif allowed and month not in allowed:
            yield (
                f"填了{period.label}的数值，不在项目起止时间（{project.start}至"
                f"{project.last_day}）内，请核对月份或起止时间"
            )


def _rest(project: Project, today: date) -> Iterator[_Problem]:
    if project.declared_on is not None and project.declared_on > today:
        yield "declared_on", "future", f"申报日期{project.declared_on}还没有到，请核对"
    for number, fund in enumerate(project.funds, 1):
        if any(amount is not None and amount < 0 for amount in (fund.planned, fund.used)):
            yield "funds", "invalid", f"第{number}行经费“{fund.item}”是负数，请改正"
    yield from _periods(project)
    score = project.closing.self_score if project.closing else None
    if score is not None and not Decimal(0) <= score <= 100:
        yield "closing", "invalid", f"自评分{score}应在0到100之间，请改正"


def _periods(project: Project) -> Iterator[_Problem]:
    seen: set[str] = set()
    start, last = project.start, project.last_day
    for entry in project.progress:
        try:
            period = Period.parse(entry.period)
        except ValueError:
            period = None
        if period is None or period.length not in (1, 3):
            yield (
                "progress",
                "invalid",
                f"进展记录的时间“{entry.period}”无法识别，月份写作 2026-03，季度写作 2026-Q1",
            )
            continue
        if entry.period in seen:
            yield "progress", "duplicate", f"{period.label}的进展记录写了两次，请合并"
        seen.add(entry.period)
        if (start and period.last < start) or (last and period.first > last):
            yield (
                "progress",
                "out_of_period",
                f"{period.label}的进展记录不在项目起止时间（{start}至{last or '未填'}）内，"
                "请核对时间",
            )
