from __future__ import annotations

import pytest

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll, group_order, headcount
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_span,
    an_exclusion,
    attending,
    day,
    members,
)

KINDS = Kinds()
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


def test_a_general_meeting_counts_all_members_and_the_voters_among_them() -> None:
    people = (*members(4), PROBATIONER)
    meeting = a_meeting(
        "2026-06-18",
        attendance=attending(["党员1", "预备"], video=["党员2"], leave=["党员3"]),
    )
    count = headcount(meeting, KINDS["general_meeting"], roll(people))
    assert (len(count.expected), len(count.present)) == (5, 3)
    assert (len(count.voters), len(count.voters_present)) == (4, 2)
    assert count.unrecorded == {"党员4"}
    assert count.by_video == {"党员2"}


def test_an_excluded_member_is_taken_off_the_voters_but_not_off_the_members() -> None:
    meeting = a_meeting(
        "2026-06-18", attendance=attending(["党员1"]), excluded=(an_exclusion("党员3"),)
    )
    count = headcount(meeting, KINDS["general_meeting"], roll(members(3)))
    assert (len(count.expected), len(count.voters)) == (3, 2)
    assert count.excluded == {"党员3"}
    assert count.unrecorded == {"党员2"}


def test_each_kind_of_a_joint_sitting_calls_its_own() -> None:
    people = (*a_committee(), PROBATIONER)
    meeting = a_meeting("2026-06-18", "general_meeting", "party_lecture", "committee_meeting")
    sizes = {
        code: len(headcount(meeting, KINDS[code], roll(people)).expected) for code in meeting.kinds
    }
    assert sizes == {"general_meeting": 8, "party_lecture": 8, "committee_meeting": 3}
    assert len(headcount(meeting, KINDS["election"], roll(people)).expected) == 7


def test_a_group_meeting_calls_its_group_and_counts_its_voters() -> None:
    meeting = a_meeting("2026-06-18", "group_meeting", group="第二党小组")
    count = headcount(meeting, KINDS["group_meeting"], roll(a_committee()))
    assert count.expected == {"党员5", "党员6", "党员7"}
    assert count.voters == count.expected


def test_study_in_groups_calls_only_the_group() -> None:
    meeting = a_meeting("2026-06-18", "theme_day", group="第二党小组")
    assert len(headcount(meeting, KINDS["theme_day"], roll(a_committee())).expected) == 3


def test_members_are_found_by_their_whole_name() -> None:
    people = (a_member("张伟", id="1"), a_member("张伟", id="2"), a_member("张伟民", id="3"))
    assert len(roll(people).named("张伟")) == 2
