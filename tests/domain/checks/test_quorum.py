from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.quorum import Ballot, Test, ballot
from dangjian_desktop.domain.checks.votes import at_least_half, four_fifths, more_than_half
from dangjian_desktop.domain.findings import Verdict, words_of
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.members.member import Member
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_span,
    an_exclusion,
    an_item,
    attending,
    facts,
    members,
    of_them,
    partial,
    person,
)

ON = "2026-06-18"
TESTS = (at_least_half, more_than_half, four_fifths)


def counted(
    people: tuple[Member, ...],
    meeting: Meeting,
    matter: Matter = Matter.ADMISSION,
    total: int | None = None,
) -> Ballot:
    return ballot(facts(people, [meeting], total=total), meeting, matter)


def why(votes: Ballot, test: Test) -> str:
    return words_of(votes.reasons(test))


def sitting(matter: Matter = Matter.ADMISSION, **more: object) -> Meeting:
    return a_meeting(ON, agenda=(an_item(matter=matter),), **more)


@st.composite
def open_sittings(draw: st.DrawFn) -> tuple[tuple[Member, ...], Meeting, list[str]]:
    """A branch in which anything may be open, and of each member in which way."""
    sorts = draw(
        st.lists(
            st.sampled_from(
                ["there", "away", "unrecorded", "disputed", "month", "month away", "month unknown"]
            ),
            min_size=1,
            max_size=7,
        )
    )
    people = tuple(
        a_member(
            f"党员{i}",
            formal_since="2026-06" if sort.startswith("month") else "2010-07-01",
            probationary_since="2009-07-01",
        )
        for i, sort in enumerate(sorts)
    )
    of_sort = {s: [p for p, known in zip(people, sorts, strict=True) if known == s] for s in sorts}
    meeting = sitting(
        attendance=attending(
            [*of_sort.get("there", []), *of_sort.get("month", [])],
            absent=[*of_sort.get("away", []), *of_sort.get("month away", [])],
        ),
        excluded=tuple(an_exclusion(p, consent=None) for p in of_sort.get("disputed", [])),
    )
    return people, meeting, sorts


_OPEN = {
    "there": [(1, 1)],
    "away": [(1, 0)],
    "unrecorded": [(1, 0), (1, 1)],
    "disputed": [(0, 0), (1, 0)],
    "month": [(0, 0), (1, 1)],
    "month away": [(0, 0), (1, 0)],
    "month unknown": [(0, 0), (1, 0), (1, 1)],
}


def every_reading(sorts: list[str]) -> Iterator[tuple[int, int]]:
    """All pairs (eligible, present), person by person."""
    for reading in product(*(_OPEN[sort] for sort in sorts)):
        yield sum(e for e, _ in reading), sum(p for _, p in reading)


@settings(max_examples=500)
@given(open_sittings())
def test_a_verdict_is_given_just_when_every_reading_of_the_record_gives_it(
    known: tuple[tuple[Member, ...], Meeting, list[str]],
) -> None:
    people, meeting, sorts = known
    votes = counted(people, meeting)
    tests: list[Test] = [*TESTS, lambda eligible, _present: more_than_half(eligible, 2)]
    for test in tests:
        answers = {test(*reading) for reading in every_reading(sorts)}
        if votes.eligible == 0 or len(answers) > 1:
            assert votes.verdict(test) is Verdict.UNKNOWN
        else:
            assert votes.verdict(test) is (Verdict.OK if answers.pop() else Verdict.VIOLATION)


@given(open_sittings())
def test_the_fewest_and_most_present_are_among_the_possibilities(
    known: tuple[tuple[Member, ...], Meeting, list[str]],
) -> None:
    people, meeting, sorts = known
    counts = [present for _, present in every_reading(sorts)]
    present = [there for _, there in counted(people, meeting).possibilities]
    assert (min(present), max(present)) == (min(counts), max(counts))


@pytest.mark.parametrize(
    ("present", "unrecorded", "expected"),
    [
        (6, 4, Verdict.OK),
        (5, 1, Verdict.UNKNOWN),
        (3, 2, Verdict.VIOLATION),
        (0, 9, Verdict.UNKNOWN),
    ],
)
def test_who_is_not_recorded_matters_only_where_it_decides(
    present: int, unrecorded: int, expected: Verdict
) -> None:
    people = members(10)
    there, absent = people[:present], people[present + unrecorded :]
    votes = counted(people, sitting(attendance=attending(there, absent=absent)))
    assert votes.verdict(more_than_half) is expected
    words = f"{unrecorded}人未登记到会情况"
    assert why(votes, more_than_half) == (words if expected is Verdict.UNKNOWN else "")
    for cause in votes.reasons(more_than_half):
        assert cause.people == tuple(sorted(m.id for m in people[present : present + unrecorded]))


def test_without_any_attendance_presence_is_open_but_the_number_of_voters_is_not() -> None:
    votes = counted(members(10), sitting(attendance=()))
    assert votes.verdict(at_least_half) is Verdict.UNKNOWN
    assert votes.verdict(lambda eligible, _: more_than_half(eligible, 6)) is Verdict.OK
    assert "未登记到会情况" in why(votes, at_least_half)


def test_a_date_known_to_the_month_is_unknown_where_it_decides() -> None:
    people = (*members(25), a_member("新", formal_since="2026-06", probationary_since="2025-06"))
    meeting = sitting(attendance=attending(people[:13], absent=people[13:]))
    votes = counted(people, meeting)
    assert votes.eligible == 26
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN
    assert votes.verdict(at_least_half) is Verdict.OK
    assert "新的有关时间只到月份" in why(votes, more_than_half)


def test_a_probationer_known_to_the_month_does_not_touch_the_vote() -> None:
    people = (*members(3), a_member("预备", formal_since=None, probationary_since="2026-06"))
    meeting = sitting(attendance=of_them(people, 2))
    votes = counted(people, meeting)
    assert votes.openings == ()
    assert votes.verdict(more_than_half) is Verdict.OK


@pytest.mark.parametrize(
    ("full", "approved", "on_the_record", "open_"),
    [
        ("2026-05-20", None, "2026-05-20", True),
        ("2026-06-18", None, "2026-06-18", True),
        ("2025-12-19", None, "2025-12-19", True),
        ("2025-12-17", None, "2025-12-17", False),
        ("2026-05-20", "2026-06-01", "2026-06-01", False),
        ("2026-05-20", None, "2026-06-02", False),
    ],
)
def test_a_missing_date_of_approval_is_to_be_confirmed_where_it_decides(
    full: str, approved: str | None, on_the_record: str, open_: bool
) -> None:
    new = a_member(
        "新",
        formal_since=on_the_record,
        probationary_since="2025-05-20",
        full_date=partial(full),
        full_approved=partial(approved),
    )
    people = (*members(24), new)
    meeting = sitting(attendance=attending([*people[:12], new], absent=people[12:24]))
    votes = counted(people, meeting)
    assert (votes.eligible, votes.present) == (25, 13)
    assert votes.verdict(more_than_half) is (Verdict.UNKNOWN if open_ else Verdict.OK)
    assert ("待核对" in why(votes, more_than_half)) is open_


def test_a_person_missing_from_the_roster_leaves_every_vote_open() -> None:
    people = members(10)
    votes = counted(people, sitting(attendance=of_them(people, 10)), total=11)
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN
    assert "少1人" in why(votes, more_than_half)
    assert counted(people, sitting(attendance=of_them(people, 10)), total=10).blocked == ()
    assert counted(people, sitting(attendance=of_them(people, 10)), total=9).blocked == ()


def test_a_missing_person_leaves_the_committee_open_only_where_they_decide() -> None:
    people = a_committee()
    meeting = a_meeting(ON, "committee_meeting", attendance=of_them(people[:3], 2))
    votes = counted(people, meeting, Matter.GENERAL, total=8)
    assert votes.verdict(at_least_half) is Verdict.OK
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN


def test_members_whose_vote_is_suspended_are_not_counted() -> None:
    barred = a_member("受处分", voting_suspended=(a_span("留党察看", "2026-01-01", "2027-01-01"),))
    votes = counted((*members(4), barred), sitting(attendance=attending(["党员1", "受处分"])))
    assert (votes.eligible, votes.present) == (4, 1)


def test_an_empty_roster_is_unknown() -> None:
    votes = counted((), sitting(attendance=attending([])))
    assert votes.verdict(at_least_half) is Verdict.UNKNOWN
    assert "未登记有表决权的党员" in why(votes, at_least_half)


@given(st.integers(1, 12), st.data())
def test_video_is_said_only_where_it_decides(number: int, data: st.DataObject) -> None:
    there = data.draw(st.integers(0, number))
    video = data.draw(st.integers(0, there))
    people = members(number)
    attendance = attending(people[video:there], video=people[:video], absent=people[there:])
    votes = counted(people, sitting(attendance=attendance))
    for test in TESTS:
        needed = test(number, there) and not test(number, there - video)
        assert votes.depends_on_video(test) is needed


def test_a_post_known_to_the_month_leaves_the_committee_open() -> None:
    people = list(a_committee())
    people[3] = a_member("党员4", posts=(a_span("宣传委员", "2026-06"),))
    meeting = a_meeting(
        ON, "committee_meeting", attendance=attending(people[:2], absent=people[2:])
    )
    votes = counted(tuple(people), meeting, Matter.GENERAL)
    assert votes.verdict(at_least_half) is Verdict.OK
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN
    assert person("党员4").name in why(votes, more_than_half)
