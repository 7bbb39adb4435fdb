"""A roster of years: six who stay, all others come and go; some dates known to the month only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from dangjian_desktop.domain.dates import PartialDate, add_months
from dangjian_desktop.domain.members.member import NORMAL, Member, MemberKind, Span, new_id
from dangjian_desktop.services.members.declared import with_keys
from tests.benchmarks.growth.words import chance

GROUPS = ("第一党小组", "第二党小组", "第三党小组")
_POSTS = ("党支部书记", "组织委员", "宣传委员、纪检委员", *(f"{group}组长" for group in GROUPS))
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
_GIVEN = "秀英建国志强红梅立新雪文博雨桐子轩振华春生珺玥犇堃霞静刚明磊娟涛军丽敏勇杰"


def people(many: int, first: int, last: int) -> list[Member]:
    """So many members; those who are not there from the start come and go evenly, a year each."""
    dice = chance(many)
    names = _names(dice, many)
    years = last - first + 1
    a_year = many // years
    made = []
    for number, name in enumerate(names):
        year = first + number // a_year if years > 1 else first
        stays = number < len(_POSTS) or years == 1
        made.append(_member(dice, number, name, None if stays else min(year, last), first))
    return made


def _names(dice: Random, many: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < many:
        found[dice.choice(_SURNAMES) + "".join(dice.sample(_GIVEN, 2))] = None
    return list(found)


def _member(dice: Random, number: int, name: str, year: int | None, first: int) -> Member:
    """One who stays, or is there from some day of the year for a year."""
    came = None if year in (None, first) else date(year or 0, dice.randrange(1, 13), 5)
    left = None if year is None else date(year + 1, dice.randrange(1, 13), 20)
    formal = date(dice.randrange(1995, first - 2), 7, 1)
    if came is not None and number % 9 == 0:
        formal = add_months(came, 12)
    join = add_months(formal, -12)
    kinds = (
        Span(MemberKind.PROBATIONARY.value, _known(join, number), PartialDate.of(formal)),
        Span(MemberKind.FORMAL.value, PartialDate.of(formal)),
    )
    start, end = came and PartialDate.of(came), left and _known(left, number)
    away = (Span("转出", end),) if end else ()
    member = Member(
        id=new_id(),
        name=name,
        sex=dice.choice("男女"),
        ethnicity="汉族",
        birth_date=PartialDate.of(add_months(join, -12 * 24)),
        education=dice.choice(("本科", "大专", "高中")),
        join_date=PartialDate.of(join),
        full_date=PartialDate.of(formal),
        full_approved=PartialDate.of(formal),
        work_post=dice.choice(("检修班长", "调度员", "电工", "钳工")),
        phone=f"138{number:08}",
        kinds=kinds,
        standings=(Span(NORMAL, start, end), *away),
        posts=(Span(_POSTS[number]),) if number < len(_POSTS) else (),
        groups=_groups(number, came, left),
    )
    return with_keys(replace(member, note="长期倒班" if number % 7 == 0 else None))


def _known(day: date, number: int) -> PartialDate:
    """The day, of one in twenty only the month."""
    return PartialDate(day.year, day.month) if number % 20 == 11 else PartialDate.of(day)


def _groups(number: int, came: date | None, left: date | None) -> tuple[Span, ...]:
    """One group; who is there for a year changes it after six months, now and then."""
    own = GROUPS[number % 3]
    if came is None or left is None or number % 5:
        return (Span(own, came and PartialDate.of(came)),)
    moved = PartialDate.of(add_months(came, 6))
    return (Span(own, PartialDate.of(came), moved), Span(GROUPS[(number + 1) % 3], moved))
