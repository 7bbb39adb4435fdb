from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from tests.domain.make import (
    a_meeting,
    a_member,
    a_vote,
    an_item,
    day,
    facts,
    found,
    members,
    of_them,
    partial,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
REG, EXT, DIS = Matter.REGULARISATION, Matter.EXTENSION, Matter.DISQUALIFICATION
JOINED = "2025-03-01"


def on(when: str, matter: Matter, person: str | None = "新") -> Meeting:
    return a_meeting(when, agenda=(an_item(matter=matter, person=person, vote=a_vote(9)),))


def judging(*meetings: Meeting, joined: str | None = JOINED, today: str = "2027-06-30") -> Facts:
    new = a_member("新", formal_since=None, probationary_since=JOINED, join_date=partial(joined))
    return facts((*members(9), new), meetings, today=today)


def of_sittings(known: Facts) -> list[Finding]:
    return sorted(found(known, "DEV-REG", "预备期"), key=lambda finding: finding.subject)


def reminder(known: Facts) -> Finding:
    (finding,) = found(known, "DEV-REG", "新 转正")
    return finding


@pytest.mark.parametrize(
    ("when", "joined", "expected"),
    [
        ("2026-02-28", JOINED, VIOLATION),
        ("2026-03-01", JOINED, OK),
        ("2026-02-28", "2025-03", VIOLATION),
        ("2026-03-15", "2025-03", UNKNOWN),
        ("2026-03-31", "2025-03", OK),
        ("2026-06-01", "2025", UNKNOWN),
        ("2026-06-01", None, UNKNOWN),
    ],
)
@pytest.mark.parametrize("matter", [REG, EXT])
def test_a_probation_has_ended_before_it_is_decided_on(
    when: str, joined: str | None, expected: Verdict, matter: Matter
) -> None:
    (finding,) = of_sittings(judging(on(when, matter), joined=joined))
    assert finding.verdict is expected
    assert finding.records[1] == "新"


@given(st.integers(-40, 40))
def test_an_early_sitting_does_not_quiet_the_reminder(days: int) -> None:
    ends = add_months(day(JOINED), 12)
    sitting = ends.fromordinal(ends.toordinal() + days)
    known = judging(on(sitting.isoformat(), REG), today="2026-05-01")
    early = sitting < ends
    assert of_sittings(known)[0].verdict is (VIOLATION if early else OK)
    assert ("应讨论转正" in reminder(known).message) is early


def test_it_is_extended_once() -> None:
    known = judging(on("2026-03-05", EXT), on("2026-09-10", EXT), today="2026-10-01")
    first, second = of_sittings(known)
    assert (first.verdict, second.verdict) == (OK, VIOLATION)
    assert "只能一次" in second.message
    assert "应讨论转正" in reminder(known).message


@pytest.mark.parametrize(
    ("when", "expected"), [("2026-08-31", VIOLATION), ("2026-09-01", UNKNOWN), ("2027-03-01", OK)]
)
def test_an_extension_lasts_half_a_year_at_least_and_a_year_at_most(
    when: str, expected: Verdict
) -> None:
    known = judging(on("2026-03-05", EXT), on(when, REG))
    assert of_sittings(known)[1].verdict is expected
    assert ("应讨论转正" in reminder(known).message) is (expected is VIOLATION)


def test_an_extension_that_has_run_out_is_reminded_of() -> None:
    extended = on("2026-03-05", EXT)
    assert "核对届满日期" in reminder(judging(extended, today="2027-02-28")).message
    assert "应讨论转正" in reminder(judging(extended, today="2027-03-01")).message


def test_a_disqualification_needs_no_end_of_probation() -> None:
    known = judging(on("2025-12-01", DIS))
    assert of_sittings(known) == []
    assert "取消预备党员资格" in reminder(known).message


def test_each_of_several_persons_is_judged_and_a_stranger_only_by_votes() -> None:
    known = judging(on("2026-02-01", REG, "新、陌生人同志"))
    by_name = {f.subject.split()[-2]: f for f in of_sittings(known)}
    assert by_name["新"].verdict is VIOLATION
    assert by_name["陌生人"].verdict is UNKNOWN
    assert "只核对了票数" in by_name["陌生人"].message
    assert of_sittings(judging(on("2026-02-01", REG, None))) == []


def test_the_line_on_the_votes_says_that_it_looked_at_votes_only() -> None:
    people = members(9)
    for rule, matter in (("Q-REG", REG), ("Q-ADM", Matter.ADMISSION)):
        item = an_item(matter=matter, person="新", vote=a_vote(9))
        meeting = a_meeting("2026-06-18", attendance=of_them(people, 9), agenda=(item,))
        (finding,) = found(facts(people, [meeting]), rule, "第1项议题")
        assert (finding.verdict, "只核对票数" in finding.message) == (OK, True)
