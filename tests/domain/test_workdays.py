from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.workdays import WEEKDAYS, Workdays
from dangjian_desktop.services.papers.holidays import shipped_workdays

DAYS = st.dates(date(2024, 12, 1), date(2027, 2, 1))
KNOWN = st.one_of(
    st.just(shipped_workdays()),
    st.builds(
        Workdays, off=st.frozensets(DAYS, max_size=9), worked=st.frozensets(DAYS, max_size=9)
    ).map(lambda made: Workdays(off=made.off - made.worked, worked=made.worked)),
)


def worked_on(known: Workdays, day: date) -> bool:
    return day in known.worked or (day.weekday() < 5 and day not in known.off)


@given(KNOWN, DAYS, st.integers(-3, 60))
def test_the_count_is_that_of_each_day_taken_alone(known, first, more) -> None:
    every = [first + timedelta(days=n) for n in range(more + 1)]
    assert known.count(first, first + timedelta(days=more)) == sum(
        worked_on(known, day) for day in every
    )


@given(KNOWN, DAYS, st.integers(0, 40), st.integers(1, 40))
def test_two_spans_one_behind_the_other_add_up(known, first, less, more) -> None:
    middle = first + timedelta(days=less)
    last = middle + timedelta(days=more)
    parts = known.count(first, middle) + known.count(middle + timedelta(days=1), last)
    assert known.count(first, last) == parts


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2025-01-27", "2025-02-08", 5),
        ("2025-09-28", "2025-10-11", 6),
        ("2026-02-14", "2026-02-28", 6),
        ("2026-09-20", "2026-10-10", 11),
        ("2026-03-02", "2026-03-06", 5),
    ],
)
def test_holidays_of_known_years_and_the_days_worked_for_them_count(first, last, days) -> None:
    assert shipped_workdays().count(date.fromisoformat(first), date.fromisoformat(last)) == days


def test_days_of_a_whole_year_are_those_of_its_notice() -> None:
    # 19 weekdays are off in 2026, 6 days of weekends are worked for them.
    known = shipped_workdays()
    assert WEEKDAYS.count(date(2026, 1, 1), date(2026, 12, 31)) == 261
    assert known.count(date(2026, 1, 1), date(2026, 12, 31)) == 261 - 19 + 6
    assert all(day.weekday() > 4 for day in known.worked)
    assert not known.off & known.worked
    assert {day.year for day in known.off | known.worked} == known.years


def test_a_span_is_known_only_where_each_of_its_years_is() -> None:
    known = shipped_workdays()
    assert known.knows(date(2025, 12, 29), date(2026, 1, 5))
    assert not known.knows(date(2026, 12, 29), date(2027, 1, 5))
    assert not known.knows(date(2024, 12, 30), date(2025, 1, 5))
    assert not WEEKDAYS.knows(date(2026, 1, 1), date(2026, 1, 1))
