"""What a finding tells of, which period that belongs to, and in which state it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.checks.selecting import State, counts, of_now, told_of
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Finding, Verdict


def a_finding(first, last, verdict=Verdict.NOTICE, waiver=None):
    span = (date.fromisoformat(first), date.fromisoformat(last))
    return Finding("CAD-GM", verdict, first, "", "", waiver=waiver, span=span)


SITTING = a_finding("2026-03-18", "2026-03-18")
QUARTER = a_finding("2026-01-01", "2026-03-31")
YEAR = a_finding("2026-01-01", "2026-12-31")


@pytest.mark.parametrize(
    ("period", "found"),
    [
        ("2026-03", [SITTING]),
        ("2026-Q1", [SITTING, QUARTER]),
        ("2026-H1", [SITTING, QUARTER]),
        ("2026", [SITTING, QUARTER, YEAR]),
        ("2026-02", []),
        ("2025", []),
    ],
)
def test_a_duty_belongs_to_a_period_that_holds_it_whole(period, found):
    assert list(told_of([SITTING, QUARTER, YEAR], Period.parse(period))) == found


def test_without_a_period_all_are_told_also_those_of_no_day():
    bare = replace(SITTING, span=None)
    assert list(told_of([bare, YEAR], None)) == [bare, YEAR]
    assert list(told_of([bare], Period(2026, 1, 12))) == []


def test_each_finding_is_open_under_its_verdict_or_explained_or_in_order():
    found = counts(
        [
            *(replace(SITTING, verdict=verdict) for verdict in Verdict),
            *(replace(SITTING, verdict=verdict, waiver="停产") for verdict in Verdict),
        ]
    )
    assert found == {
        State.OPEN: 3,
        State.VIOLATION: 1,
        State.UNKNOWN: 1,
        State.NOTICE: 1,
        State.WAIVED: 3,
        State.OK: 2,
    }


@pytest.mark.parametrize(
    ("first", "last", "today", "there"),
    [
        ("2026-01-01", "2026-12-31", "2026-01-02", True),
        ("2025-01-01", "2025-12-31", "2026-03-31", True),
        ("2025-10-01", "2025-12-31", "2026-04-01", False),
        ("2025-07-01", "2025-09-30", "2026-01-02", False),
        ("2016-05-09", "2016-05-09", "2026-01-02", False),
    ],
)
def test_now_is_this_year_and_until_march_what_ended_with_the_last(first, last, today, there):
    finding, day = a_finding(first, last), date.fromisoformat(today)
    assert list(of_now([finding], day)) == [finding] * there
    assert list(of_now([replace(finding, waiver="停产")], day)) == []
