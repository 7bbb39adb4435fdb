from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import (
    PartialDate,
    Period,
    add_months,
    chinese_date,
    weekday_name,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
LENGTHS = st.sampled_from([1, 3, 6, 12])


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    known = draw(DAYS)
    return draw(
        st.sampled_from(
            [
                PartialDate(known.year),
                PartialDate(known.year, known.month),
                PartialDate.of(known),
            ]
        )
    )


@given(partial_dates())
def test_a_partial_date_reads_back_what_it_prints(known: PartialDate) -> None:
    assert PartialDate.parse(str(known)) == known
    assert known.first <= known.last
    assert known.exact == (known.first == known.last)


@given(partial_dates(), DAYS)
def test_a_day_is_open_only_between_the_first_and_last_possible(
    known: PartialDate, day: date
) -> None:
    assert known.may_be_after(day) == (known.first <= day < known.last)
    assert not (known.exact and known.may_be_after(day))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-2-1",
        "2026-13",
        "2026-02-30",
        "2025-02-29",
        "26-01",
        "2026/01",
        "２０２６-０１",
        "0000",
        "2019-00",
        "2019-02-00",
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        PartialDate.parse(text)


def test_a_day_without_its_month_is_refused() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2026, None, 3)


def test_leap_years_have_their_day() -> None:
    assert PartialDate.parse("2024-02").last == date(2024, 2, 29)
    assert PartialDate.parse("2026-02").last == date(2026, 2, 28)
    assert Period.parse("2000-02").last == date(2000, 2, 29)
    assert Period.parse("1900-02").last == date(1900, 2, 28)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2025-11-30", 3, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-12-31", 3, "2027-03-31"),
    ],
)
def test_months_are_added_by_the_calendar(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(DAYS, st.integers(-600, 600))
def test_added_months_change_the_month_by_just_so_many(day: date, months: int) -> None:
    if not 1 <= (day.year * 12 + day.month - 1 + months) // 12 <= 9998:
        return
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day


def test_a_month_stays_a_month_when_moved() -> None:
    assert str(PartialDate.parse("2025-12").plus_months(12)) == "2026-12"
    assert str(PartialDate.parse("2024-02-29").plus_months(12)) == "2025-02-28"
    assert str(PartialDate.parse("2025").plus_months(12)) == "2026"


@given(DAYS, LENGTHS)
def test_a_period_reads_back_what_it_prints_and_holds_its_day(day: date, length: int) -> None:
    period = Period.around(day, length)
    assert Period.parse(str(period)) == period
    assert day in period
    assert period.first in period
    assert period.last in period
    assert period.first - timedelta(days=1) not in period
    assert period.last + timedelta(days=1) not in period


@given(DAYS, LENGTHS)
def test_periods_follow_each_other_without_a_gap(day: date, length: int) -> None:
    period = Period.around(day, length)
    assert period.next().previous() == period
    assert period.next().first == period.last + timedelta(days=1)
    assert period < period.next()


@given(DAYS, st.sampled_from([(12, 1), (12, 3), (12, 6), (6, 1), (6, 3), (3, 1)]))
def test_a_period_is_made_of_its_parts(day: date, lengths: tuple[int, int]) -> None:
    whole, part = lengths
    period = Period.around(day, whole)
    parts = list(period.split(part))
    assert parts[0].first == period.first
    assert parts[-1].last == period.last
    assert [p.next() for p in parts[:-1]] == parts[1:]


@pytest.mark.parametrize(
    ("text", "label", "first", "last"),
    [
        ("2026-03", "2026年3月", "2026-03-01", "2026-03-31"),
        ("2026-q1", "2026年第一季度", "2026-01-01", "2026-03-31"),
        ("2026-Q4", "2026年第四季度", "2026-10-01", "2026-12-31"),
        ("2026-H1", "2026年上半年", "2026-01-01", "2026-06-30"),
        ("2026-H2", "2026年下半年", "2026-07-01", "2026-12-31"),
        (" 2026 ", "2026年", "2026-01-01", "2026-12-31"),
        ("9999-12", "9999年12月", "9999-12-01", "9999-12-31"),
    ],
)
def test_periods_as_people_and_the_command_line_write_them(
    text: str, label: str, first: str, last: str
) -> None:
    period = Period.parse(text)
    assert period.label == label
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "2026-Q5", "2026-H3", "2026-3", "26", "0000-01", "二〇二六"]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        Period.parse(text)


def test_days_as_documents_write_them() -> None:
    assert chinese_date(date(2026, 3, 5)) == "2026年3月5日"
    assert PartialDate.parse("2026-03").chinese() == "2026年3月"
    assert PartialDate.parse("2026").chinese() == "2026年"
    assert weekday_name(date(2026, 3, 18)) == "星期三"
    assert weekday_name(date(2026, 3, 22)) == "星期日"
