"""What cannot be is refused with words, place and remedy; all at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Member, Span
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories, CategoryGroup
from dangjian_desktop.domain.projects.checks import days_of_people
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Fund,
    ProgressEntry,
    ProjectState,
    TeamMember,
)
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Declared, Facts, problems_of
from dangjian_desktop.domain.references import Person
from tests.domain.make_projects import (
    a_change,
    a_full_project,
    a_project,
    a_step,
    a_target,
)

TODAY = date(2026, 7, 15)
CATEGORIES = Categories(
    [
        CategoryGroup("书记项目", ("党建+业务", "安全生产"), True, "支部书记"),
        CategoryGroup("党员项目", ("创效节约",), False, "项目负责人"),
    ],
    {"安全": "安全生产"},
)


def _member(uid, name, *posts):
    kinds = (Span("formal", PartialDate(2010, 1, 1)),)
    return Member(id=uid, name=name, kinds=kinds, posts=posts)


MEMBERS = (
    _member("1", "张三", Span("党支部书记", PartialDate(2025, 1, 1), PartialDate(2026, 5, 1))),
    _member("2", "李四", Span("党支部书记", PartialDate(2026, 5, 1))),
    _member("3", "王五"),
)


FACTS = Facts(
    today=TODAY,
    declared=Declared((PROJECT,)),
    roll=lambda day: Roll(MEMBERS, day),
    members=MEMBERS,
    categories=CATEGORIES,
)


def _problems(**fields):
    return [(p.place, p.words) for p in problems_of(PROJECT, a_full_project(**fields), FACTS)]


def test_a_whole_project_has_no_problem():
    assert _problems() == []
    draft = a_project(title="只有名称", category="", start=None, end=None)
    assert problems_of(PROJECT, draft, FACTS) == []


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": " "}, "title", "请填写项目名称"),
        ({"category": "唱歌"}, "category", "“唱歌”不是已有的类别，请从中选择（书记项目：党建+业务"),
        ({"end": date(2025, 12, 31), "milestones": ()}, "end", "早于开始日期2026-01-01"),
        (
            {"milestones": (a_step("验收", planned=date(2027, 1, 1)),)},
            "milestones.0.planned",
            "第1个节点“验收”的计划日期2027-01-01不在项目起止时间（2026-01-01至2026-12-31）内",
        ),
        ({"milestones": (a_step(actual=date(2026, 7, 16)),)}, "milestones.0.actual", "还没有到"),
        ({"milestones": (a_step(weight=-1),)}, "milestones.0.weight", "权重应在0至100%之间"),
        ({"milestones": (a_step(" "),)}, "milestones.0.what", "请填写节点内容"),
        ({"targets": (a_target(unit=""),)}, "targets.0.unit", "请填写单位"),
        ({"targets": (a_target(indicator=""),)}, "targets.0.indicator", "请填写指标名称"),
        (
            {"targets": (a_target(values={"2025-12": "1"}),)},
            "targets.0.values.2025-12",
            "填了2025年12月的数值，不在项目起止时间",
        ),
        (
            {"targets": (a_target(values={"2026-08": "1"}),)},
            "targets.0.values.2026-08",
            "该月还没有到",
        ),
        (
            {"targets": (a_target(values={"2026-13": "1"}),)},
            "targets.0.values.2026-13",
            "月份写作 2026-03",
        ),
        ({"targets": (a_target(values={"2026-Q1": "1"}),)}, "targets.0.values.2026-Q1", "无法识别"),
        ({"declared_on": date(2026, 7, 16), "secretary": None}, "declared_on", "还没有到"),
        ({"funds": (Fund("胎具", Decimal(-1)),)}, "funds.0.planned", "预算应不小于0元"),
        ({"progress": (ProgressEntry(period="2027-02"),)}, "progress.0.period", "不在项目起止时间"),
        ({"progress": (ProgressEntry(period="2026"),)}, "progress.0.period", "季度写作 2026-Q1"),
        ({"progress": (ProgressEntry(period="2026-02"),) * 2}, "progress.1.period", "写了两次"),
        (
            {"closing": ClosingReport(self_score=Decimal(101))},
            "closing.self_score",
            "应在0至100之间",
        ),
        ({"team": (TeamMember(Person("外人")),)}, "team.0.name", "“外人”不在党员名册中"),
        ({"team": (TeamMember(Person("王五", "3")),) * 2}, "team.1.name", "写了不止一次"),
    ],
)
def test_what_cannot_be_is_told_with_its_place(fields, field, words):
    ((found, message),) = _problems(**fields)
    assert found == field
    assert words in message


def test_every_problem_is_told_at_once():
    fields = {
        "category": "唱歌",
        "milestones": (a_step(planned=date(2030, 1, 1)), a_step(planned=date(2020, 1, 1))),
        "targets": (a_target(unit="", values={"2025-01": "1"}),),
    }
    assert [field for field, _ in _problems(**fields)] == [
        "targets.0.unit",
        "category",
        "milestones.0.planned",
        "milestones.1.planned",
        "targets.0.values.2025-01",
    ]


def test_the_secretary_is_held_against_the_day_of_declaration():
    later = Person("李四", "2")
    ((field, message),) = _problems(secretary=later)
    assert field == "secretary"
    assert "“李四”在2026-01-05不是支部书记（当日的书记是张三）" in message
    assert _problems(secretary=later, declared_on=date(2026, 5, 6)) == []
    ((_, stranger),) = _problems(secretary=Person("外人"))
    assert "不是2026-01-05当日的在册党员" in stranger


def test_a_project_is_handed_on_with_the_post():
    project = a_full_project(secretary=Person("李四", "2"))
    handed = replace(
        project,
        history=(
            a_change(ProjectState.DECLARED, date(2026, 1, 6)),
            a_change(ProjectState.REVIEWED, date(2026, 6, 1)),
        ),
    )
    assert days_of_people(handed, TODAY) == (
        date(2026, 1, 5),
        date(2026, 1, 6),
        date(2026, 6, 1),
    )
    assert problems_of(PROJECT, handed, FACTS) == []


def test_any_member_may_carry_a_project_of_members():
    assert _problems(secretary=Person("王五", "3"), category="创效节约") == []
    ((field, _),) = _problems(secretary=Person("王五", "3"), category="安全生产")
    assert field == "secretary"


def test_a_milestone_may_lie_in_the_time_that_an_extension_granted():
    step = a_step(planned=date(2027, 2, 1))
    granted = a_change(ProjectState.EXTENDED, date(2026, 6, 1), until=date(2027, 3, 31))
    assert _problems(milestones=(step,), history=(granted,)) == []


def test_categories_are_known_by_alias_width_and_group():
    assert CATEGORIES.named("安全") == "安全生产"
    assert CATEGORIES.named("党建＋业务") == "党建+业务"
    assert CATEGORIES.named("") is None
    assert CATEGORIES.group_of("创效节约").responsible_label == "项目负责人"
    own = CATEGORIES.with_own([("党员项目", "师带徒"), ("不存在", "甲")])
    assert list(own) == ["党建+业务", "安全生产", "创效节约", "师带徒"]
    assert own.named("安全") == "安全生产"
