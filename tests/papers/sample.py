"""A small branch and its sittings, to compose papers from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts, RuleText
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.kinds import Expected, Kinds, own_kind
from dangjian_desktop.domain.meetings.meeting import (
    Action,
    AgendaItem,
    Attendance,
    Exclusion,
    Matter,
    Meeting,
    Observer,
    Presence,
    Speech,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import Member, Span
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.compose import compose_minutes
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.signin import compose_signin
from dangjian_desktop.papers.members.roster import RosterSheet, compose_roster
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.compose import compose_summary
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from tests.domain.make import rule_table

RARE = "堃喆犇珺玥昇䶮㛃𬭎𠅤𫖯𠮷𨭎𩽾"
TRAPS = "<b>粗</b> & &amp; {{ 名 }} {% if %} %s ${x}"
DAY = date(2026, 3, 18)
BRANCH = Branch(name="中共示例煤业有限公司机电队支部委员会", short_name="机电队党支部")
KINDS = Kinds([own_kind("volunteer_day", "志愿服务活动", Expected.ALL_MEMBERS)])
STAMP = Stamp(3, datetime(2026, 11, 21, 14, 2))  # noqa: DTZ001
NAMES = (*(f"张{c}" for c in RARE), *(f"李{c}" for c in "甲乙丙丁戊己"))
"""Twenty members: the first is secretary, the last two are probationary."""
POSTS = {0: "党支部书记", 1: "组织委员", 2: "宣传委员", 14: "第二党小组组长"}


def member(number: int, **more: Any) -> Member:
    probationary = number >= 18
    values: dict[str, Any] = {
        "id": f"m{number}",
        "name": NAMES[number],
        "sex": "女" if number % 4 == 3 else "男",
        "ethnicity": "汉族",
        "id_number": "110101198001010010",
        "phone": "13800001234",
        "birth_date": PartialDate(1980, 1, 1),
        "join_date": PartialDate(2010, 6),
        "full_date": None if probationary else PartialDate(2011, 6),
        "kinds": (Span("probationary" if probationary else "formal"),),
        "posts": (Span(POSTS[number]),) if number in POSTS else (),
        "groups": (Span("第一党小组" if number < 10 else "第二党小组"),),
        "sort_key": f"{number:03}",
    }
    return Member(**{**values, **more})


MEMBERS = tuple(member(n) for n in range(20))
COMMITTEE = (0, 1, 2)


def person(number: int) -> Person:
    return Person(NAMES[number], f"m{number}")


def present(*numbers: int) -> tuple[Attendance, ...]:
    return tuple(Attendance(person(n), Presence.PRESENT) for n in numbers)


def everybody_but(*numbers: int, reason: str = "出差") -> tuple[Attendance, ...]:
    away = tuple(Attendance(person(n), Presence.LEAVE, reason, "3月20日自学") for n in numbers)
    return (*present(*(n for n in range(20) if n not in numbers)), *away)


def vote(yes: int | None, no: int = 0, abstain: int = 0, **more: Any) -> Vote:
    values: dict[str, Any] = {
        "method": VoteMethod.SECRET_BALLOT,
        "issued": 16,
        "returned": 16,
        "void": 0,
    }
    return Vote(**{**values, "yes": yes, "no": no, "abstain": abstain, **more})


def item(**more: Any) -> AgendaItem:
    values: dict[str, Any] = {
        "id": "i1",
        "topic": f"讨论工作安排{RARE}",
        "content": (f"汇报的第一段{TRAPS}", "第二段“引文”——……①℃㎡"),
        "speeches": (
            Speech(person(3), f"我的意见是{RARE}"),
            Speech(person(0), "最后说一句"),
        ),
        "resolution": "同意上述安排。",
        "actions": (
            Action(
                what="落实安排",
                responsible=person(1),
                due=date(2026, 4, 10),
                standard="按期",
                checker=person(0),
            ),
        ),
    }
    return AgendaItem(**{**values, **more})


def meeting(*kinds: str, **more: Any) -> Meeting:
    codes = kinds or ("general_meeting",)
    values: dict[str, Any] = {
        "id": "k1",
        "kinds": codes,
        "title": "三月会议",
        "date": DAY,
        "number": 3,
        "start": time(14, 30),
        "end": time(16, 5),
        "place": f"三楼会议室{TRAPS}",
        "host": person(0),
        "recorder": person(2),
        "group": "第二党小组" if codes == ("group_meeting",) else None,
        "attendance": everybody_but(4, 5),
        "observers": (Observer("钱七", "入党积极分子"),),
        "agenda": (item(),),
        "closing": "主持人讲了三点。",
        "details": sample_details(codes),
    }
    return Meeting(**{**values, **more})


def planned(*kinds: str, **more: Any) -> Meeting:
    agenda = more.pop("agenda", (item(),))
    bare = tuple(replace(one, speeches=(), resolution=None) for one in agenda)
    return meeting(*kinds, attendance=(), agenda=bare, closing=None, **more)


def admission(**more: Any) -> AgendaItem:
    values: dict[str, Any] = {
        "topic": "讨论接收预备党员",
        "matter": Matter.ADMISSION,
        "person": "孙八",
        "resolution": "同意接收孙八同志为中共预备党员。",
    }
    return item(**{**values, **more})


def exclusion() -> Exclusion:
    return Exclusion(person(6), "长期患病、生活不能自理", "上级党委批复", DAY)


def sample_details(kinds: tuple[str, ...]) -> dict[str, Any]:
    return {field.name: sample_value(field) for field in KINDS.fields_of(kinds)}


def sample_value(field: Field) -> Any:
    """A value that names its field, so that a test can look for it."""
    if field.columns:
        record = {column.name: sample_value(column) for column in field.columns}
        return [record, record] if field.type is FieldType.RECORDS else record
    match field.type:
        case FieldType.INTEGER | FieldType.DECIMAL:
            return 17
        case FieldType.DATE:
            return "2026-04-10"
        case FieldType.CHOICE:
            return field.choices[0][0]
        case FieldType.PEOPLE | FieldType.LIST:
            return [f"值{field.label}甲", f"值{field.label}乙"]
        case _:
            return f"值{field.label}{RARE}"


def shown(field: Field) -> tuple[str, ...]:
    """What must stand on paper for ``sample_value`` of a field, beside its label."""
    if field.columns:
        return tuple(text for column in field.columns for text in shown(column))
    match field.type:
        case FieldType.INTEGER | FieldType.DECIMAL:
            return ("17",)
        case FieldType.DATE:
            return ("2026年4月10日",)
        case FieldType.CHOICE:
            return (field.choices[0][1],)
        case FieldType.PEOPLE | FieldType.LIST:
            return (f"值{field.label}甲", f"值{field.label}乙")
        case _:
            return (f"值{field.label}{RARE}",)


def minutes(sitting: Meeting, layout: Layout = Layout.OFFICIAL, members=MEMBERS) -> Document:
    sheet = MeetingSheet(sitting, around(sitting, members), STAMP)
    return compose_minutes(sheet, Wanted(layout=layout))


def around(sitting: Meeting, members=MEMBERS, **more) -> Facts:
    """What the papers of one sitting look at, with every rule of the table."""
    known = facts(members=members, today=sitting.date, **more)
    return replace(known, rules=rule_table())


def said(document: Document) -> str:
    """All the text of a document, white space squeezed, pieces parted by a bar."""
    return "|".join("".join(text.split()) for text in document.texts())


def rule(rule_id: str, **values: int) -> RuleText:
    return RuleText(id=rule_id, title="", basis="", text="", severity="soft", values=values)


RULES = {
    "CAD-GM": rule("CAD-GM", times=1, months=3),
    "CAD-BC": rule("CAD-BC", times=1, months=1),
    "CAD-GR": rule("CAD-GR", times=1, months=1),
    "CAD-LEC": rule("CAD-LEC", times=1, months=3),
    "CAD-DAY": rule("CAD-DAY", times=1, months=1),
    "CAD-OLM": rule("CAD-OLM"),
    "CAD-APP": rule("CAD-APP"),
}


def facts(*meetings: Meeting, members=MEMBERS, today: date = date(2026, 3, 31), **more) -> Facts:
    return Facts(
        branch=more.pop("branch", BRANCH),
        members=tuple(members),
        meetings=meetings,
        kinds=KINDS,
        rules=RULES,
        today=today,
        **more,
    )


def signin(sitting: Meeting, members=MEMBERS) -> Document:
    sheet = MeetingSheet(sitting, around(sitting, members), STAMP)
    return compose_signin(sheet, Wanted())


def roster(members, day, *, masked: bool = True) -> Document:
    return compose_roster(RosterSheet(Roll(members, day), BRANCH, STAMP), Wanted(masked=masked))


def summary(known, found, words, before, period, projects=()) -> Document:
    sheet = PeriodSheet(
        facts=known,
        figures=found,
        words=words,
        before=before,
        period=period,
        stamp=STAMP,
        projects=projects,
    )
    return compose_summary(sheet, Wanted())
