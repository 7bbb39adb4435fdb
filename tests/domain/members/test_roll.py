from __future__ import annotations

import pytest

from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll, group_order
from tests.domain.make import (
    a_committee,
    a_member,
    a_span,
    day,
    members,
)

PROBATIONER = a_member("预备", formal_since=None, probationary_since="2026-01-08")


def roll(people: tuple[Member, ...], on: str = "2026-06-18") -> Roll:
    return Roll(people, day(on))


def test_who_counts_as_of_the_day() -> None:
    people = (*members(3), PROBATIONER, a_member("转出", standings=(a_span("转出"),)))
    known = roll(people)
    assert [m.name for m in known.formal] == ["党员1", "党员2", "党员3"]
    assert known.probationary == (PROBATIONER,)
    assert len(known.members) == 4
    assert len(known.voters) == 3
    assert len(roll(people, "2026-01-07").members) == 3


def test_a_deleted_member_counts_nowhere() -> None:
    assert roll((a_member("张三", deleted=True),)).members == ()


def test_a_committee_needs_a_member_besides_the_secretary() -> None:
    assert roll(a_committee()).has_committee
    alone = (a_member("甲", post="党支部书记"), a_member("乙", post="党支部副书记"), a_member("丙"))
    assert not roll(alone).has_committee
    assert [m.name for m in roll(a_committee()).committee] == ["党员1", "党员2", "党员3"]


def test_posts_and_groups_are_those_of_the_day() -> None:
    member = a_member(
        "张三",
        posts=(a_span("组织委员", None, "2026-03-01"), a_span("党支部书记", "2026-03-01")),
        groups=(a_span("第一党小组", None, "2026-03-01"), a_span("第二党小组", "2026-03-01")),
    )
    assert roll((member,), "2026-02-28").with_role(PostRole.SECRETARY) == ()
    assert roll((member,), "2026-03-01").with_role(PostRole.SECRETARY) == (member,)
    assert roll((member,), "2026-02-28").groups == ("第一党小组",)
    assert roll((member,), "2026-03-01").groups == ("第二党小组",)


@pytest.mark.parametrize(
    "groups",
    [
        ["第一党小组", "第二党小组", "第十党小组", "第十一党小组", "第二十党小组", "机关党小组"],
        ["第1党小组", "第2党小组", "第10党小组"],
    ],
)
def test_groups_stand_in_the_order_of_their_numbers(groups: list[str]) -> None:
    mixed = groups[::-1]
    assert sorted(mixed, key=group_order) == groups
