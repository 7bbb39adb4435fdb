"""An election held against seats, votes, minutes and further ballots as a whole."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.elections import judged_rounds
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.election import by_votes, outcome
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Candidate, Matter, Meeting
from tests.domain.make import (
    a_meeting,
    a_member,
    a_vote,
    an_item,
    facts,
    found,
    members,
    of_them,
    only,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
ON = "2026-06-18"
RESULT, TIE = "选举结果", "得票相等"
VOTERS = 26
"""All of them there, so that 14 votes are more than half."""


def candidates(votes: dict[str, int | None], elected: str = "") -> tuple[Candidate, ...]:
    """Each letter is a person; those in ``elected`` are recorded so, nobody if it is empty."""
    return tuple(
        Candidate(
            name=name,
            yes=yes,
            no=None if yes is None else VOTERS - yes,
            abstain=0,
            elected=name in elected if elected else None,
        )
        for name, yes in votes.items()
    )


def a_ballot(
    votes: dict[str, int | None], elected: str = "", seats: int | None = None, **more: Any
) -> AgendaItem:
    vote = a_vote(None, issued=VOTERS, returned=VOTERS, void=0)
    return an_item(
        **{
            "topic": "选举支部委员会委员",
            "matter": Matter.ELECTION,
            "candidates": candidates(votes, elected),
            "vote": vote,
            "seats": seats,
            **more,
        }
    )


def an_election_of(*ballots: AgendaItem, **details: Any) -> Meeting:
    attendance = of_them(members(VOTERS), VOTERS)
    kinds = ("general_meeting", "election")
    return a_meeting(ON, *kinds, attendance=attendance, agenda=ballots, details=details)


def judged(*ballots: AgendaItem, rule: str = "Q-ELE-W", ending: str = RESULT) -> Finding:
    return only(facts(members(VOTERS), [an_election_of(*ballots)]), rule, ending)


FIVE = {"甲": 25, "乙": 24, "丙": 22, "丁": 20, "戊": 18, "己": 16}


@pytest.mark.parametrize(
    ("votes", "elected", "seats", "expected", "words"),
    [
        (FIVE, "甲乙丙丁戊", 5, OK, "会议记录当选：甲（25票）"),
        (FIVE, "甲乙丙丁戊己", 5, VIOLATION, "记录当选6人，多于应选5名"),
        (FIVE, "甲乙丙丁己", 5, VIOLATION, "戊（18票）未记录当选，得票较少的己（16票）记录当选"),
        (FIVE, "甲乙丙丁", 5, NOTICE, "戊（18票）未记录当选，请核对"),
        (FIVE | {"戊": 13, "己": 12}, "甲乙丙丁", 5, NOTICE, "缺1名"),
        (FIVE | {"戊": 12, "己": 11}, "甲乙丙丁戊", 5, VIOLATION, "戊（12票）记录当选，得票未达到"),
        (FIVE | {"戊": None}, "甲乙丙丁戊", 5, UNKNOWN, "未记录戊的得票数"),
        (FIVE, "", 5, UNKNOWN, "未记录当选人"),
        (FIVE, "甲乙丙丁戊", None, UNKNOWN, "未记录应选名额"),
        (FIVE, "甲乙丙丁己", None, VIOLATION, "得票较少的己"),
        ({"甲": 22, "乙": 18}, "乙", 1, VIOLATION, "甲（22票）未记录当选"),
        ({"甲": 14, "乙": 12}, "甲", 1, OK, "得票达到规定人数并在应选名额内：甲（14票）；"),
        ({"甲": 20, "乙": 20}, "甲", 1, UNKNOWN, "赞成票合计40，多于有效票26张与应选1名之积"),
    ],
)
def test_the_result_as_a_whole(
    votes: dict[str, int | None], elected: str, seats: int | None, expected: Verdict, words: str
) -> None:
    finding = judged(a_ballot(votes, elected, seats))
    assert (finding.verdict, words in finding.message) == (expected, True), finding.message
    assert finding.message.endswith("当选由大会宣布。")
    assert "当选" not in finding.message.replace("当选由大会宣布", "").replace(
        "记录当选", ""
    ).replace("未记录当选人", "")


@pytest.mark.parametrize(
    ("seats", "expected"), [(1, VIOLATION), (2, NOTICE), (3, NOTICE), (None, UNKNOWN)]
)
def test_of_whom_nothing_is_said_is_not_said_to_have_lost(
    seats: int | None, expected: Verdict
) -> None:
    names = tuple(
        Candidate(name=name, yes=yes, no=VOTERS - yes, abstain=0, elected=elected)
        for name, yes, elected in (("甲", 22, None), ("乙", 18, True))
    )
    vote = a_vote(None, issued=40, returned=40, void=0)
    item = a_ballot({}, seats=seats, candidates=names, vote=vote)
    assert judged(item).verdict is expected
    even = tuple(replace(c, yes=18) for c in names)
    tied = a_ballot({}, seats=None, candidates=even, vote=vote)
    known = facts(members(VOTERS), [an_election_of(tied)])
    assert found(known, "Q-TIE", TIE) == ()


def test_more_marks_than_ballots_and_seats_allow_do_not_agree() -> None:
    marked = a_ballot({"甲": 20, "乙": 20}, "甲", 1)
    finding = judged(marked, rule="Q-SUM", ending="票数")
    assert (finding.verdict, "合计40" in finding.message) == (NOTICE, True)
    assert judged(a_ballot({"甲": 20, "乙": 6}, "甲", 1), rule="Q-SUM", ending="票数").verdict is OK


def test_a_void_ballot_names_nobody() -> None:
    vote = a_vote(None, issued=26, returned=26, void=6)
    names = tuple(
        Candidate(name=n, yes=yes, no=20 - yes, abstain=0, elected=n == "甲")
        for n, yes in (("甲", 15), ("乙", 6))
    )
    item = a_ballot({}, seats=1, vote=vote, candidates=names)
    assert "合计21，多于有效票20张" in judged(item, rule="Q-SUM", ending="票数").message


TIED = {"甲": 20, "乙": 15, "丙": 15}


@pytest.mark.parametrize(
    ("elected", "again", "expected", "words"),
    [
        ("甲", None, NOTICE, "应就得票相等的候选人再次投票"),
        ("甲乙", None, VIOLATION, "未见再次投票的记录，乙（15票）已记录当选"),
        ("甲", {"乙": 16, "丙": 10}, OK, "已再次投票"),
        ("甲", {"乙": 16, "丁": 10}, NOTICE, "再次投票的候选人中没有丙"),
    ],
)
def test_a_tie_at_the_last_seat_is_voted_on_again(
    elected: str, again: dict[str, int | None] | None, expected: Verdict, words: str
) -> None:
    ballots = [a_ballot(TIED, elected, 2)]
    if again:
        ballots.append(a_ballot(again, "乙", round=2))
    finding = judged(*ballots, rule="Q-TIE", ending=TIE)
    assert (finding.verdict, words in finding.message) == (expected, True), finding.message


def test_a_tie_that_the_minutes_decided_is_seen_without_the_seats() -> None:
    finding = judged(a_ballot(TIED, "甲乙"), rule="Q-TIE", ending=TIE)
    assert finding.verdict is VIOLATION


@pytest.mark.parametrize(
    ("votes", "expected"),
    [({"乙": 16, "丙": 10}, OK), ({"乙": 12, "丙": 10}, UNKNOWN), ({"乙": 13, "丙": 13}, UNKNOWN)],
)
def test_the_seat_left_open_is_that_of_the_next_ballot(
    votes: dict[str, int | None], expected: Verdict
) -> None:
    first = a_ballot(TIED, "甲", 2)
    second = a_ballot(votes, "乙", round=2)
    known = facts(members(VOTERS), [an_election_of(first, second)])
    assert verdict(known, "Q-ELE-W", f"第1项议题 {RESULT}") is OK
    second_one = only(known, "Q-ELE-W", f"第2项议题 {RESULT}")
    assert "应选1名" in second_one.message
    assert second_one.verdict is expected, second_one.message


def test_each_election_of_a_sitting_has_its_own_seats_and_ballots() -> None:
    committee = a_ballot(FIVE, "甲乙丙丁戊", 5)
    secretary = a_ballot({"甲": 26}, "甲", 1, topic="选举党支部书记")
    meeting = an_election_of(committee, secretary, seats=3)
    ballots = judged_rounds(facts(members(VOTERS), [meeting]), meeting)
    assert [(j.round.number, j.round.seats, j.round.before) for j in ballots] == [
        (1, 5, None),
        (2, 1, None),
    ]
    known = facts(members(VOTERS), [meeting])
    assert only(known, "Q-ELE-B", "差额").message.startswith("候选人数符合差额要求：应选 5 名")
    alone = an_election_of(a_ballot({"甲": 26}, "甲"), seats=1)
    assert judged_rounds(facts(members(VOTERS), [alone]), alone)[0].round.seats == 1


def test_a_committee_that_elects_is_judged_by_its_own_members() -> None:
    posts = ("党支部书记", "组织委员", "纪检委员")
    people = tuple(
        m if n >= 3 else a_member(m.name, post=posts[n]) for n, m in enumerate(members(8))
    )
    names = (Candidate(name="党员1", yes=2, no=1, abstain=0, elected=True),)
    item = an_item("选举书记", Matter.ELECTION, candidates=names, seats=1)
    meeting = a_meeting(
        ON, "committee_meeting", "election", attendance=of_them(people[:3], 3), agenda=(item,)
    )
    finding = only(facts(people, [meeting]), "Q-ELE-W", RESULT)
    assert finding.verdict is OK
    assert "有选举权应到 3" in only(facts(people, [meeting]), "Q-ELE-W", "党员1").message


NAMES = "甲乙丙丁戊己"
VOTES = st.lists(st.integers(0, VOTERS), min_size=1, max_size=6)


@settings(max_examples=400)
@given(VOTES, st.integers(1, 5), st.sets(st.sampled_from(NAMES)))
def test_only_a_result_that_follows_from_votes_and_seats_is_in_order(
    votes: list[int], seats: int, recorded: set[str]
) -> None:
    counts = dict(zip(NAMES, votes, strict=False))
    elected = "".join(name for name in counts if name in recorded)
    known = facts(members(VOTERS), [an_election_of(a_ballot({**counts}, elected or "无", seats))])
    finding = only(known, "Q-ELE-W", RESULT)
    half = [n for n in counts if 2 * counts[n] > VOTERS]
    beaten = [(w, c) for w in elected for c in counts if c not in elected and counts[c] > counts[w]]
    wrong = len(elected) > seats or beaten or any(2 * counts[w] <= VOTERS for w in elected)
    if wrong:
        assert finding.verdict is VIOLATION
    elif sum(votes) > VOTERS * seats:
        assert finding.verdict is UNKNOWN
    else:
        tied = {counts[n] for n in elected} & {counts[n] for n in half if n not in elected}
        sure = OK if len(elected) == seats and not tied else NOTICE
        assert finding.verdict is (sure if len(elected) == seats else finding.verdict)
        assert finding.verdict in (OK, NOTICE)
        if finding.verdict is OK:
            within = sorted(half, key=lambda n: -counts[n])[:seats]
            assert {counts[n] for n in elected} <= {counts[n] for n in within}


@given(VOTES, st.integers(1, 6))
def test_the_order_of_votes_fills_the_seats_and_never_splits_equals(
    votes: list[int], seats: int
) -> None:
    names = candidates({**dict(zip(NAMES, votes, strict=False))})
    told = outcome(names, seats)
    rest = [c for c in names if c not in (*told.within, *told.tied)]
    assert len(told.within) <= seats
    assert not told.tied or len(told.within) + len(told.tied) > seats > len(told.within)
    assert len({c.yes for c in told.tied}) <= 1
    if not told.tied:
        assert len(told.within) == min(seats, len(names))
    for higher in told.within:
        for lower in (*told.tied, *rest):
            assert (higher.yes or 0) > (lower.yes or 0)
    assert [c.yes for c in by_votes(names)] == sorted(votes, reverse=True)
