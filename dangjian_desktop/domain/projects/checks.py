"""What cannot be in a project, whatever happened; what is only lacking is a verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.project import Project, Target
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import Person


def project_problems(project: Project, facts: Facts) -> Iterator[Problem]:
    """Everything that cannot be, each with its place and what to do."""
    yield from _heading(project, facts.categories)
    yield from _responsible(project, facts)
    yield from _team(project, facts.members)
    yield from _milestones(project, facts.today)
    yield from _targets(project, facts.today)
    yield from _rest(project, facts.today)


def days_of_people(project: Project, today: date) -> tuple[date, ...]:
    """The days on one of which the responsible person must have been that.

    The day of declaration (else the start, else today) and, because a project is handed on with
    the post, the days of the decisions after it.
    """
    first = project.reference_day or today
    later = (change.on for change in project.standing if change.on > first)
    return tuple(dict.fromkeys((first, *later)))


def _heading(project: Project, categories: Categories) -> Iterator[Problem]:
    if project.category and categories.named(project.category) is None:
        words = (
            f"类别“{project.category}”不是已有的类别，请从中选择（{categories.words()}），"
            "或先在设置中添加"
        )
        yield Problem("category", words, "value_unknown")
    start, last = project.start, project.last_day
    if start and project.end and project.end < start:
        words = f"结束日期{project.end}早于开始日期{start}，请核对起止时间"
        yield Problem("end", words, "date_order")
    if last and project.end and last < project.end:
        words = f"延期后的期限{last}早于原来的期限{project.end}，请核对"
        yield Problem("history", words, "date_order")


def _responsible(project: Project, facts: Facts) -> Iterator[Problem]:
    person, group = project.secretary, facts.categories.group_of(project.category)
    if person is None:
        return
    rolls = [Roll(facts.members, day) for day in days_of_people(project, facts.today)]
    day = rolls[0].day
    there = [roll for roll in rolls if person.member_id in roll.by_id]
    if not there:
        words = f"负责人“{person.name}”不是{day}当日的在册党员，请核对姓名或党员名册"
        yield Problem("secretary", words, "name_unknown")
    elif group.by_secretary and not any(_led_by(roll, person) for roll in there):
        actual = "、".join(m.name for m in rolls[0].with_role(PostRole.SECRETARY))
        behind = f"当日的书记是{actual}" if actual else "名册中没有登记当日的书记"
        words = (
            f"“{person.name}”在{day}不是支部书记（{behind}），{group.name}的负责人须为当日的"
            "支部书记，请改填，或在党员名册中补登职务的起止时间"
        )
        yield Problem("secretary", words, "not_secretary")


def _led_by(roll: Roll, person: Person) -> bool:
    """Whether the person is, or by dates known in part may be, secretary on the day."""
    return PostRole.SECRETARY in roll.by_id[person.member_id or ""].roles_possible(roll.day)


def _team(project: Project, members: Sequence[Member]) -> Iterator[Problem]:
    known = {member.id for member in members if not member.deleted}
    seen: set[Person] = set()
    for place, carrier in enumerate(project.team):
        person = carrier.person
        if person in seen:
            words = f"成员中{person.name}写了不止一次，请合并为一行"
            yield Problem(f"team.{place}.name", words, "duplicate")
        elif person.member_id not in known:
            words = f"成员“{person.name}”不在党员名册中，请核对姓名"
            yield Problem(f"team.{place}.name", words, "name_unknown")
        seen.add(person)


def _milestones(project: Project, today: date) -> Iterator[Problem]:
    start, last = project.start, project.last_day
    for place, step in enumerate(project.milestones):
        name = f"第{place + 1}个节点“{step.what}”"
        if (start and step.planned < start) or (last and step.planned > last):
            words = (
                f"{name}的计划日期{step.planned}不在项目起止时间（{start or '未填'}至"
                f"{last or '未填'}）内，请修改计划日期或起止时间"
            )
            yield Problem(f"milestones.{place}.planned", words, "out_of_period")
        if step.actual is not None and step.actual > today:
            words = f"{name}的实际完成日期{step.actual}还没有到，请填写实际完成的日期"
            yield Problem(f"milestones.{place}.actual", words, "future")


def _targets(project: Project, today: date) -> Iterator[Problem]:
    for place, target in enumerate(project.targets):
        name = f"第{place + 1}项目标“{target.indicator}”"
        for month, words in _value_problems(project, target, today):
            yield Problem(f"targets.{place}.values.{month}", f"{name}{words}", "out_of_period")


def _value_problems(project: Project, target: Target, today: date) -> Iterator[tuple[str, str]]:
    allowed = project.months()
    for month in sorted(target.values):
        try:
            period = Period.parse(month)
        except ValueError:
            period = None
        if period is None or period.length != 1 or str(period) != month:
            yield month, f"的月份“{month}”无法识别，月份写作 2026-03"
        elif period.first > today:
            yield month, f"填了{period.label}的数值，该月还没有到，请核对月份"
        elif allowed and month not in allowed:
            yield (
                month,
                f"填了{period.label}的数值，不在项目起止时间（{project.start}至"
                f"{project.last_day}）内，请核对月份或起止时间",
            )


def _rest(project: Project, today: date) -> Iterator[Problem]:
    if project.declared_on is not None and project.declared_on > today:
        words = f"申报日期{project.declared_on}还没有到，请核对"
        yield Problem("declared_on", words, "future")
    for place, change in enumerate(project.history):
        if change.taken_back and not (change.taken_back_because or "").strip():
            words = f"第{place + 1}条状态记录已撤回，须写明撤回原因"
            yield Problem(f"history.{place}.taken_back_because", words, "missing")
    yield from _periods(project)


def _periods(project: Project) -> Iterator[Problem]:
    seen: set[str] = set()
    start, last = project.start, project.last_day
    for place, entry in enumerate(project.progress):
        where = f"progress.{place}.period"
        try:
            period = Period.parse(entry.period)
        except ValueError:
            period = None
        if period is None or period.length not in (1, 3):
            words = f"进展记录的时间“{entry.period}”无法识别，月份写作 2026-03，季度写作 2026-Q1"
            yield Problem(where, words)
            continue
        if entry.period in seen:
            yield Problem(where, f"{period.label}的进展记录写了两次，请合并", "duplicate")
        seen.add(entry.period)
        if (start and period.last < start) or (last and period.first > last):
            words = (
                f"{period.label}的进展记录不在项目起止时间（{start}至{last or '未填'}）内，"
                "请核对时间"
            )
            yield Problem(where, words, "out_of_period")
