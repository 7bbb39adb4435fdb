from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.ballots import Comparison
from dangjian_desktop.domain.checks.quorum import Ballot, Opening
from dangjian_desktop.domain.findings import Cause, Verdict
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, Vote, VoteMethod
from dangjian_desktop.domain.meetings.problems import impossible, impossible_candidate
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_vote,
    an_item,
    attending,
    facts,
    members,
    of_them,
    verdict,
)

SMALL = st.integers(0, 12)


OPEN = Cause("甲转正批准日期待核对", "member", "full_approved", ("甲",))


def counting(sure: tuple[int, int], *adds: tuple[int, int]) -> Ballot:
    """Counts that one person leaves open, by what he may add to 应到 and 实到."""
    openings = (Opening(OPEN, frozenset({(0, 0), *adds})),) if adds else ()
    count: Any = None
    return Ballot(count=count, sure=sure, openings=openings, blocked=(), no_attendance=False)


def possible(present: tuple[int, int] | None, away: int = 6) -> Ballot | None:
    """Every count of those present, each with as many away."""
    if present is None:
        return None
    least, most = present
    return counting((least + away, least), *((n, n) for n in range(1, most - least + 1)))


def said(found: Comparison) -> list[str]:
    return [gap.words for gap in found.gaps]


def compared(
    present: tuple[int, int] | None = (20, 20), away: int = 6, **counts: int | None
) -> Comparison:
    ordinary = {"issued": 20, "returned": 20, "void": 0, "yes": 18, "no": 1, "abstain": 1}
    vote = a_vote(**{**ordinary, **counts})  # type: ignore[arg-type]
    return Comparison(vote, possible(present, away))


def test_numbers_that_agree_leave_nothing_to_say() -> None:
    ordinary = compared()
    assert (ordinary.problems, ordinary.gaps) == ([], [])


@given(SMALL, SMALL, SMALL, SMALL, SMALL, SMALL, SMALL)
def test_ballots_agree_just_when_the_sums_do(
    present: int, issued: int, returned: int, void: int, yes: int, no: int, abstain: int
) -> None:
    found = compared(
        (present, present),
        issued=issued,
        returned=returned,
        void=void,
        yes=yes,
        no=no,
        abstain=abstain,
    )
    agree = issued == present and returned == issued and yes + no + abstain + void == returned
    cannot_be = returned > issued or yes + no + abstain + void > returned
    if not cannot_be:
        assert (not found.problems) == agree
    assert found.gaps == []


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"issued": 19, "returned": 19, "yes": 17}, "发出19张，少于实到有表决权的20人"),
        ({"issued": 21, "returned": 21, "yes": 19}, "发出21张，多于实到有表决权的20人"),
        ({"returned": 19, "yes": 17}, "收回19张，少于发出的20张"),
        ({"void": 1}, "合计21，收回20张"),
        ({"yes": 17}, "合计19，收回20张"),
    ],
)
def test_what_does_not_agree_is_named(counts: dict[str, int], words: str) -> None:
    assert any(words in problem for problem in compared(**counts).problems)


@pytest.mark.parametrize(
    ("counts", "gaps"),
    [
        ({"yes": None}, ["赞成票数"]),
        ({"no": None, "abstain": None}, ["反对票数", "弃权票数"]),
        ({"issued": None}, ["发出的票数"]),
        ({"returned": None}, ["收回的票数"]),
        ({"void": None}, []),
        ({"void": None, "yes": 17}, ["废票数"]),
    ],
)
def test_what_is_not_recorded_is_named_and_never_guessed(
    counts: dict[str, int | None], gaps: list[str]
) -> None:
    found = compared(**counts)
    assert (found.problems, said(found)) == ([], [f"未记录{gap}" for gap in gaps])
    assert all(gap.field.startswith("agenda.0.vote.") for gap in found.gaps)


@pytest.mark.parametrize(
    ("present", "problems", "gaps"),
    [((18, 22), 0, 1), ((21, 25), 1, 0), ((15, 19), 1, 0), ((20, 20), 0, 0)],
)
def test_while_presence_is_open_only_what_is_outside_it_is_wrong(
    present: tuple[int, int], problems: int, gaps: int
) -> None:
    found = compared(present)
    assert (len(found.problems), len(found.gaps)) == (problems, gaps)


def by_hands(present: tuple[int, int] | None, **counts: int | None) -> Comparison:
    return Comparison(Vote(method=VoteMethod.HANDS, **counts), possible(present))


def test_hands_are_held_against_those_present() -> None:
    assert by_hands((10, 10), yes=8, no=1, abstain=1).problems == []
    assert by_hands((10, 10), yes=8, no=1, abstain=0).problems
    assert by_hands((10, 10), yes=11, no=None, abstain=None).problems
    unsaid = by_hands((10, 10), yes=8, no=None, abstain=None)
    assert said(unsaid) == ["未记录反对票数", "未记录弃权票数"]
    assert by_hands((8, 12), yes=8, no=1, abstain=1).gaps == [OPEN]
    assert said(by_hands(None, yes=8, no=1, abstain=1)) == ["未记录到会情况"]


def test_every_candidate_fills_the_valid_ballots() -> None:
    vote = Vote(method=VoteMethod.SECRET_BALLOT, issued=10, returned=10, void=1)
    good = (
        Candidate(name="甲", yes=8, no=1, abstain=0),
        Candidate(name="乙", yes=5, no=2, abstain=2),
    )
    assert Comparison(vote, possible((10, 10)), candidates=good).problems == []
    short = (*good, Candidate(name="丙", yes=5, no=2, abstain=1))
    assert Comparison(vote, possible((10, 10)), candidates=short).problems == [
        "丙的赞成、反对、弃权、废票合计9，收回10张"
    ]
    part = (Candidate(name="丁", yes=5),)
    assert "未记录丁的反对票数" in said(Comparison(vote, possible((10, 10)), candidates=part))


def test_written_opinions_are_no_ballots() -> None:
    assert compared(written_yes=3).problems == []


@given(st.integers(0, 9), SMALL, SMALL, SMALL)
def test_opinions_in_writing_come_from_those_who_were_not_there(
    away: int, yes: int, no: int, abstain: int
) -> None:
    parts = {"written_yes": yes, "written_no": no, "written_abstain": abstain}
    found = compared(away=away, **parts)
    assert bool(found.problems) is (yes + no + abstain > away)
    assert found.gaps == []


def test_the_sum_holds_those_present_and_those_who_wrote() -> None:
    assert compared(written_yes=7).problems == ["书面意见7份，多于应到未到的6人"]
    assert compared(written_yes=6, written_no=None).problems == []
    vote = Vote(method=VoteMethod.SECRET_BALLOT, issued=10, returned=10, void=0)
    much = (Candidate(name="甲", yes=10, no=0, abstain=0, written_yes=3),)
    assert Comparison(vote, possible((10, 10), 2), candidates=much).problems == [
        "甲的书面意见3份，多于应到未到的2人"
    ]
    by_hand = Vote(method=VoteMethod.HANDS, written_yes=3)
    open_away = Comparison(by_hand, counting((12, 10), (2, 0)))
    assert (open_away.problems, OPEN in open_away.gaps) == ([], True)


@pytest.mark.parametrize(("written", "expected"), [(6, Verdict.OK), (7, Verdict.NOTICE)])
def test_an_admission_with_more_opinions_than_absent_voters_is_noticed(
    written: int, expected: Verdict
) -> None:
    people = members(26)
    counts = {"issued": 20, "returned": 20, "void": 0, "no": 0, "abstain": 0}
    vote = a_vote(20, written_yes=written, **counts)
    item = an_item(matter=Matter.ADMISSION, vote=vote)
    meeting = a_meeting("2026-06-18", attendance=of_them(people, 20), agenda=(item,))
    assert verdict(facts(people, [meeting]), "Q-SUM") is expected


@pytest.mark.parametrize(
    ("counts", "cannot"),
    [
        ({"issued": 20, "returned": 20, "yes": 20}, False),
        ({"issued": 20, "returned": 20, "yes": 21}, True),
        ({"issued": 20, "returned": 20, "yes": 19, "no": 1, "void": 1}, True),
        ({"issued": 20, "returned": 21}, True),
        ({"issued": 20, "yes": 21}, True),
        ({"issued": 20, "returned": 19, "yes": 19, "written_yes": 5}, False),
        ({"yes": 19}, False),
        ({}, False),
    ],
)
def test_what_cannot_be_is_refused(counts: dict[str, int], cannot: bool) -> None:
    assert (impossible(Vote(**counts)) is not None) is cannot


def test_no_candidate_has_more_ballots_than_there_were() -> None:
    much = Candidate(name="甲", yes=9, no=2)
    assert impossible_candidate(much, Vote(returned=10)) is not None
    assert impossible_candidate(much, Vote(issued=10)) is not None
    assert impossible_candidate(much, Vote(returned=11)) is None
    assert impossible_candidate(much, None) is None
    assert impossible_candidate(much, Vote()) is None


def q_sum(meeting_kinds: tuple[str, ...], present: int, **counts: int) -> Verdict:
    people = a_committee()
    item = an_item(matter=Matter.GENERAL, vote=a_vote(**counts))  # type: ignore[arg-type]
    called = people[:3] if meeting_kinds == ("committee_meeting",) else people
    meeting = a_meeting(
        "2026-06-18", *meeting_kinds, attendance=of_them(called, present), agenda=(item,)
    )
    return verdict(facts(people, [meeting]), "Q-SUM")


def test_the_ballots_of_each_kind_go_to_its_own_voters() -> None:
    three = {"issued": 3, "returned": 3, "void": 0, "yes": 3, "no": 0, "abstain": 0}
    assert q_sum(("committee_meeting",), 3, **three) is Verdict.OK
    assert q_sum(("general_meeting",), 3, **three) is Verdict.OK
    assert q_sum(("general_meeting",), 4, **three) is Verdict.NOTICE
    assert q_sum(("general_meeting", "committee_meeting"), 5, **three) is Verdict.NOTICE


def test_without_attendance_the_sums_cannot_be_judged() -> None:
    item = an_item(vote=a_vote(8, issued=8, returned=8, void=0, no=0, abstain=0))
    meeting = a_meeting("2026-06-18", attendance=(), agenda=(item,))
    assert verdict(facts(members(9), [meeting]), "Q-SUM") is Verdict.UNKNOWN


def test_unrecorded_members_leave_the_sums_open() -> None:
    item = an_item(vote=a_vote(8, issued=8, returned=8, void=0, no=0, abstain=0))
    people = members(9)
    meeting = a_meeting("2026-06-18", attendance=attending(people[:7]), agenda=(item,))
    assert verdict(facts(people, [meeting]), "Q-SUM") is Verdict.UNKNOWN
