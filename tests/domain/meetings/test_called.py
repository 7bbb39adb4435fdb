from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.quorum import ballot
from dangjian_desktop.domain.checks.votes import rule_for
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.called import Headcount, everybody_called, headcounts
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting, Stated
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.of_attendance import turnout
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    an_exclusion,
    an_item,
    attending,
    day,
    facts,
    members,
    of_them,
    only,
    verdict,
)

KINDS = Kinds()
PROBATIONER = a_member("预备", formal_since=None, probationary_since="2026-01-08")


def roll(people: tuple[Member, ...], on: str = "2026-06-18") -> Roll:
    return Roll(people, day(on))


def count_of(meeting: Meeting, code: str, known: Roll) -> Headcount:
    return next(c for c in headcounts(meeting, KINDS, known) if c.kind.code == code)


def sizes(meeting: Meeting, people: tuple[Member, ...]) -> dict[str, int]:
    return {c.kind.code: len(c.expected) for c in headcounts(meeting, KINDS, roll(people))}


@pytest.mark.parametrize(
    ("kinds", "group", "called"),
    [
        (("election",), None, 7),
        (("general_meeting", "election"), None, 7),
        (("general_meeting", "committee_meeting", "election"), None, 7),
        (("committee_meeting", "election"), None, 3),
        (("committee_meeting", "election", "theme_day"), None, 3),
        (("group_meeting", "election"), "第二党小组", 3),
        (("theme_day", "election"), None, 7),
    ],
)
def test_an_election_is_held_by_the_body_that_sits(
    kinds: tuple[str, ...], group: str | None, called: int
) -> None:
    people = (*a_committee(), PROBATIONER)
    meeting = a_meeting("2026-06-18", *kinds, group=group, attendance=attending(people[:3]))
    count = count_of(meeting, "election", roll(people))
    assert (len(count.expected), len(count.voters)) == (called, called)
    assert count.of_committee is ("committee_meeting" in kinds and "general_meeting" not in kinds)


@given(
    st.sets(st.sampled_from([kind.code for kind in KINDS]), min_size=1),
    st.sampled_from([None, "第一党小组", "第二党小组"]),
    st.integers(0, 8),
    st.sampled_from(list(Matter)),
)
def test_every_judge_counts_the_same_people(
    codes: set[str], group: str | None, there: int, matter: Matter
) -> None:
    people, item = (*a_committee(), PROBATIONER), an_item(matter=matter)
    meeting = a_meeting(
        "2026-06-18", *codes, group=group, attendance=of_them(people, there), agenda=(item,)
    )
    known = facts(people, [meeting])
    counts = headcounts(meeting, KINDS, roll(people))
    voting = ballot(known, meeting, matter).count
    assert voting in counts
    everybody = everybody_called(KINDS.of(codes), roll(people), group)
    assert {m.id for m in everybody} == frozenset[str]().union(*(c.expected for c in counts))
    found = turnout(known, meeting)
    own = [c.expected for c in counts if not c.of_committee]
    assert (found is None) is (not own)
    if found is not None:
        assert found.expected == frozenset[str]().union(*own)
    if rule_for(known, meeting, item) not in (None, "Q-BC"):
        assert not voting.of_committee
    said = Stated(len(voting.voters), len(voting.voters_present))
    if voting.decides or voting.of_committee:
        stated = facts(people, [replace(meeting, stated=said)])
        assert verdict(stated, "ATT-STATED") is Verdict.OK


def test_a_committee_that_elects_its_secretary_is_no_sitting_of_all_members() -> None:
    people = a_committee()
    group = a_meeting(
        "2026-06-17", "group_meeting", group="第一党小组", attendance=attending(people[:4])
    )
    electing = a_meeting(
        "2026-06-18",
        "committee_meeting",
        "election",
        attendance=attending(people[:3]),
        stated=Stated(3, 3),
    )
    known = facts(people, [group, electing])
    found = figures(known, Period.parse("2026-06"))
    values = [found[f"attendance.{name}"].value for name in ("expected", "present", "rate")]
    assert values == [4, 4, "100.0"]
    assert verdict(known, "ATT-STATED") is Verdict.OK
    assert "应到委员 3，实到 3" in only(known, "Q-BC", "到会").message


def test_a_general_meeting_counts_all_members_and_the_voters_among_them() -> None:
    people = (*members(4), PROBATIONER)
    meeting = a_meeting(
        "2026-06-18",
        attendance=attending(["党员1", "预备"], video=["党员2"], leave=["党员3"]),
    )
    count = count_of(meeting, "general_meeting", roll(people))
    assert (len(count.expected), len(count.present)) == (5, 3)
    assert (len(count.voters), len(count.voters_present)) == (4, 2)
    assert count.unrecorded == {"党员4"}
    assert count.by_video == {"党员2"}


def test_an_excluded_member_is_taken_off_the_voters_but_not_off_the_members() -> None:
    meeting = a_meeting(
        "2026-06-18", attendance=attending(["党员1"]), excluded=(an_exclusion("党员3"),)
    )
    count = count_of(meeting, "general_meeting", roll(members(3)))
    assert (len(count.expected), len(count.voters)) == (3, 2)
    assert count.excluded == {"党员3"}
    assert count.unrecorded == {"党员2"}


def test_each_kind_of_a_joint_sitting_calls_its_own() -> None:
    people = (*a_committee(), PROBATIONER)
    meeting = a_meeting("2026-06-18", "general_meeting", "party_lecture", "committee_meeting")
    assert sizes(meeting, people) == {
        "general_meeting": 8,
        "committee_meeting": 3,
        "party_lecture": 8,
    }


def test_a_group_meeting_calls_its_group_and_counts_its_voters() -> None:
    meeting = a_meeting("2026-06-18", "group_meeting", group="第二党小组")
    count = count_of(meeting, "group_meeting", roll(a_committee()))
    assert count.expected == {"党员5", "党员6", "党员7"}
    assert count.voters == count.expected


def test_study_in_groups_calls_only_the_group() -> None:
    meeting = a_meeting("2026-06-18", "theme_day", group="第二党小组")
    assert len(count_of(meeting, "theme_day", roll(a_committee())).expected) == 3
