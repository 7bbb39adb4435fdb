"""Shift work: one activity in several sittings. Attendance over all of them, votes never."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.cadence import absence_findings
from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.checks.yearly import training_hours
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.summaries.counting import figures
from dangjian_desktop.domain.summaries.of_attendance import absences, turnouts
from tests.domain.make import (
    a_meeting,
    a_vote,
    an_item,
    attending,
    facts,
    found,
    members,
    only,
    stated,
)

MONTH = Period.parse("2026-06")
DAYS = ("2026-06-10", "2026-06-11", "2026-06-12")
PEOPLE = members(6)
WHO = st.lists(st.sets(st.sampled_from(PEOPLE)), min_size=1, max_size=3)


def sittings(*there: set, activity: str | None = "6月主题党日", **more: object) -> list[Meeting]:
    """A sitting a day; whoever is not there is not recorded."""
    return [
        a_meeting(
            day, "theme_day", attendance=attending(sorted(who, key=str)), activity=activity, **more
        )
        for day, who in zip(DAYS, there, strict=False)
    ]


@given(WHO)
def test_everybody_counts_once_and_is_there_once(there: list[set]) -> None:
    known = facts(PEOPLE, sittings(*there))
    held = [m for m in known.meetings if m.attendance]
    told = figures(known, MONTH)
    if not held:
        return
    assert told["attendance.expected"].value == len(PEOPLE)
    assert told["attendance.present"].value == len(set().union(*there))
    assert set(told["attendance.present"].records) == {m.id for m in held}
    assert {a.member_id for a in absences(known, held)} == {m.id for m in PEOPLE} - {
        m.id for m in set().union(*there)
    }


def test_two_halves_of_a_shift_are_a_whole_and_without_the_link_a_half() -> None:
    early, late = set(PEOPLE[:3]), set(PEOPLE[3:])
    for activity, rate in (("6月主题党日", "100.0"), (None, "50.0")):
        known = facts(PEOPLE, sittings(early, late, activity=activity))
        assert figures(known, MONTH)["attendance.rate"].value == rate
    others = sittings(early, activity="甲") + [
        replace(m, activity="乙") for m in sittings(set(), late)[1:]
    ]
    assert len(turnouts(facts(PEOPLE, others), others)) == 2


def test_an_activity_counts_in_the_period_of_its_last_sitting() -> None:
    first, second = sittings(set(PEOPLE[:3]), set(PEOPLE[3:]))
    known = facts(PEOPLE, [replace(first, date=first.date.replace(month=5)), second])
    assert figures(known, Period.parse("2026-05"))["attendance.expected"].value == 0
    assert figures(known, MONTH)["attendance.rate"].value == "100.0"


@given(st.sets(st.sampled_from(PEOPLE)), st.sets(st.sampled_from(PEOPLE)))
def test_quorum_votes_and_sums_stand_alone_in_each_sitting(one: set, other: set) -> None:
    item = an_item(vote=a_vote(4, issued=4, returned=4, void=0, no=0, abstain=0))
    both = [
        a_meeting(day, attendance=attending(who, absent=set(PEOPLE) - who), agenda=(item,))
        for day, who in zip(DAYS, (one, other), strict=False)
    ]
    linked = [replace(m, activity="一次大会") for m in both]
    for rule in ("Q-GEN", "Q-SUM"):
        assert examine(facts(PEOPLE, both), rule) == examine(facts(PEOPLE, linked), rule)


def test_whoever_came_to_another_sitting_did_not_miss_it() -> None:
    late = PEOPLE[5]

    def missed(activity: str | None) -> list[str]:
        held = [
            a_meeting(day, "theme_day", attendance=stood, activity=name)
            for day, stood, name in (
                ("2026-01-10", attending([late]), activity),
                ("2026-01-11", attending(PEOPLE[:5], absent=[late]), activity),
                ("2026-04-12", attending(PEOPLE[:5], absent=[late]), None),
            )
        ]
        known = facts(PEOPLE, held, today="2026-05-01")
        return [finding.records[0] for finding in absence_findings(known)]

    assert missed("1月主题党日") == []
    assert missed(None) == [late.id]


def test_hours_of_an_activity_are_told_once() -> None:
    both = [
        a_meeting(
            day,
            "party_lecture",
            attendance=attending(PEOPLE),
            details={"hours": 4},
            activity="党课",
        )
        for day in DAYS[:2]
    ]
    assert set(training_hours(facts(PEOPLE, both), 2026).values()) == {4.0}
    apart = [replace(m, activity=None) for m in both]
    assert set(training_hours(facts(PEOPLE, apart), 2026).values()) == {8.0}


def test_the_paper_of_a_sitting_may_give_the_counts_of_the_whole() -> None:
    halves = (set(PEOPLE[:3]), set(PEOPLE[3:]))
    both = sittings(*halves, stated=stated(6, 6))
    assert {f.verdict.value for f in found(facts(PEOPLE, both), "ATT-STATED")} == {"ok"}
    alone = sittings(halves[0], stated=stated(6, 6), activity=None)
    assert only(facts(PEOPLE, alone), "ATT-STATED").verdict.value != "ok"
