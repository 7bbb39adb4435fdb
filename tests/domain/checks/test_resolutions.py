from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from tests.domain.make import (
    a_meeting,
    a_vote,
    an_election,
    an_item,
    attending,
    facts,
    found,
    members,
    of_them,
    only,
)

ALL = "全票"


def voted(yes: int | None, *, eligible: int = 20, **more: object) -> Meeting:
    people = members(eligible)
    item = an_item(**{"resolution": "经表决，全票通过。", "vote": a_vote(yes), **more})  # type: ignore[arg-type]
    return a_meeting("2026-06-18", attendance=of_them(people, min(15, eligible)), agenda=(item,))


@given(st.integers(1, 20), st.integers(0, 20))
def test_all_votes_are_those_of_everybody_entitled(eligible: int, yes: int) -> None:
    known = facts(members(eligible), [voted(min(yes, eligible), eligible=eligible)])
    expected = Verdict.OK if yes >= eligible else Verdict.NOTICE
    assert only(known, "Q-SUM", ALL).verdict is expected


@pytest.mark.parametrize("word", ["全票通过", "全票赞成", "全票同意"])
@pytest.mark.parametrize("place", ["resolution", "content"])
def test_the_words_are_found_wherever_the_item_has_them(word: str, place: str) -> None:
    said = {
        "resolution": None,
        place: (f"会议{word}。",) if place == "content" else f"会议{word}。",
    }
    known = facts(members(20), [voted(12, **said)])
    assert only(known, "Q-SUM", ALL).message == "写有全票，与记录的票数不一致：应到 20，赞成 12。"


def test_opinions_in_writing_count_where_the_matter_counts_them() -> None:
    written = a_vote(15, written_yes=5)
    for matter, expected in ((Matter.ADMISSION, Verdict.OK), (Matter.GENERAL, Verdict.NOTICE)):
        known = facts(members(20), [voted(15, matter=matter, vote=written)])
        assert only(known, "Q-SUM", ALL).verdict is expected


def test_without_a_count_it_cannot_be_said_and_elections_have_their_own() -> None:
    for vote in (None, a_vote(None)):
        finding = only(facts(members(20), [voted(None, vote=vote)]), "Q-SUM", ALL)
        assert (finding.verdict, finding.causes[0].field) == (Verdict.UNKNOWN, "agenda.0.vote")
    people = members(3)
    election = a_meeting("2026-06-18", attendance=attending(people), agenda=(an_election("甲"),))
    assert found(facts(people, [election]), "Q-SUM", ALL) == ()


@pytest.mark.parametrize("word", ["一致通过", "一致同意", "一致赞成"])
@pytest.mark.parametrize(
    ("vote", "told"),
    [
        (a_vote(12, no=3, abstain=5), "反对 3，弃权 5"),
        (a_vote(19, abstain=1), "弃权 1"),
        (a_vote(15, written_no=1), "反对 1"),
        (a_vote(12), None),
        (a_vote(15, no=0, abstain=0), None),
        (a_vote(None), None),
        (None, None),
    ],
)
def test_nobody_dissented_where_the_words_say_that_all_were_of_one_mind(
    word: str, vote: object, told: str | None
) -> None:
    known = facts(members(20), [voted(None, vote=vote, resolution=f"会议{word}该方案。")])
    messages = [finding.message for finding in found(known, "Q-SUM", " 一致")]
    assert messages == ([f"写有一致，与记录的票数不一致：{told}。"] if told else [])
    assert (
        found(facts(members(20), [voted(12, resolution=f"意见不{word}。")]), "Q-SUM", " 一致") == ()
    )
