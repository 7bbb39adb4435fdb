from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.candidates import surplus_needed
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter
from tests.domain.make import (
    a_meeting,
    an_election,
    an_exclusion,
    an_item,
    attending,
    facts,
    found,
    members,
    of_them,
    only,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
ON = "2026-06-18"
COUNTS = st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60)).filter(
    lambda c: c[1] <= c[0] and c[2] <= c[1]
)


@given(st.integers(1, 60), st.integers(0, 60))
def test_the_quorum_of_an_election_is_four_fifths(eligible: int, present: int) -> None:
    present = min(eligible, present)
    people = members(eligible)
    meeting = a_meeting(ON, "election", attendance=of_them(people, present))
    enough = 5 * present >= 4 * eligible
    assert verdict(facts(people, [meeting]), "Q-ELE") is (OK if enough else VIOLATION)


@pytest.mark.parametrize(("present", "expected"), [(20, OK), (19, VIOLATION)])
def test_the_worked_example_of_an_election(present: int, expected: Verdict) -> None:
    people = members(25)
    meeting = a_meeting(
        ON,
        "general_meeting",
        "election",
        attendance=of_them(people, present),
        agenda=(an_election("甲"),),
    )
    assert verdict(facts(people, [meeting]), "Q-ELE") is expected


def test_an_exclusion_counts_in_an_election() -> None:
    people = members(26)
    meeting = a_meeting(
        ON,
        "election",
        attendance=attending(people[:20], absent=people[20:25]),
        excluded=(an_exclusion("党员26"),),
        agenda=(an_election("甲"),),
    )
    finding = only(facts(people, [meeting]), "Q-ELE")
    assert finding.verdict is OK
    assert "应到 25" in finding.message


def won(eligible: int, present: int, yes: int | None, unrecorded: int = 0) -> Verdict:
    people = members(eligible)
    attendance = attending(people[:present], absent=people[present + unrecorded :])
    item = an_election("甲", "乙", elected=1, yes=yes)
    meeting = a_meeting(ON, "election", attendance=attendance, agenda=(item,))
    return verdict(facts(people, [meeting]), "Q-ELE-W", "甲")


@pytest.mark.parametrize(
    ("yes", "expected"), [(14, OK), (13, UNKNOWN), (12, UNKNOWN), (11, VIOLATION), (None, UNKNOWN)]
)
def test_more_than_half_of_those_present_only_is_for_the_election_rules_to_say(
    yes: int | None, expected: Verdict
) -> None:
    assert won(26, 22, yes) is expected


@given(COUNTS)
def test_winning_votes_follow_the_numbers(counts: tuple[int, int, int]) -> None:
    eligible, present, yes = counts
    expected = OK if 2 * yes > eligible else UNKNOWN if 2 * yes > present else VIOLATION
    assert won(eligible, present, yes) is expected


def test_winning_votes_are_open_while_those_present_are() -> None:
    assert won(26, 20, 11, unrecorded=0) is UNKNOWN
    assert won(26, 24, 11, unrecorded=0) is VIOLATION
    assert won(26, 20, 11, unrecorded=6) is UNKNOWN
    assert won(26, 22, 11, unrecorded=4) is VIOLATION


def test_an_election_without_its_result_is_unknown() -> None:
    people = members(5)
    attendance = of_them(people, 5)
    none_known = tuple(Candidate(name=n, yes=3) for n in ("甲", "乙"))
    for item, words in (
        (an_item(matter=Matter.ELECTION), "未见候选人得票"),
        (an_item(matter=Matter.ELECTION, candidates=none_known), "未记录当选人"),
    ):
        meeting = a_meeting(ON, "election", attendance=attendance, agenda=(item,))
        finding = only(facts(people, [meeting]), "Q-ELE-W")
        assert (finding.verdict, words in finding.message) == (UNKNOWN, True)


@pytest.mark.parametrize(("seats", "needed"), [(1, 2), (3, 4), (5, 6), (6, 8), (7, 9), (10, 12)])
def test_a_fifth_more_candidates_than_seats(seats: int, needed: int) -> None:
    assert surplus_needed(seats, 20) == needed
    people = members(10)
    for number, expected in ((needed, OK), (needed - 1, VIOLATION)):
        names = [f"候选{n}" for n in range(number)]
        meeting = a_meeting(
            ON,
            "election",
            attendance=of_them(people, 9),
            details={"seats": seats},
            agenda=(an_election(*names),),
        )
        assert verdict(facts(people, [meeting]), "Q-ELE-B", "差额") is expected


@pytest.mark.parametrize("seats", [None, "", "三", 0, "2.5"])
def test_without_a_number_of_seats_the_surplus_is_unknown(seats: object) -> None:
    meeting = a_meeting(ON, "election", details={"seats": seats}, agenda=(an_election("甲"),))
    assert verdict(facts(members(10), [meeting]), "Q-ELE-B", "差额") is UNKNOWN


def test_a_branch_without_a_committee_elects_its_secretary_without_surplus() -> None:
    meeting = a_meeting(ON, "election", details={"seats": 1}, agenda=(an_election("甲"),))
    assert found(facts(members(6), [meeting]), "Q-ELE-B") == ()
    assert verdict(facts(members(7), [meeting]), "Q-ELE-B") is VIOLATION


def test_no_candidate_counts_the_ballots() -> None:
    meeting = a_meeting(
        ON,
        "election",
        details={"seats": 1, "tellers": ["乙"], "scrutineers": ["丙"]},
        agenda=(an_election("甲", "乙"),),
    )
    finding = only(facts(members(10), [meeting]), "Q-ELE-B", "监票计票")
    assert finding.verdict is VIOLATION
    assert finding.message.startswith("乙为候选人")
