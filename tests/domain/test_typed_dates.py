from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import (
    PartialDate,
    Period,
    read_day,
    read_month,
    read_partial,
    read_time,
)

TODAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("11.12", date(2026, 11, 12)),
        ("11-12", date(2026, 11, 12)),
        ("11月12日", date(2026, 11, 12)),
        ("今天", TODAY),
        ("昨天", date(2026, 3, 4)),
        ("+7", date(2026, 3, 12)),
        ("-5", date(2026, 2, 28)),
        ("2026.3.5", TODAY),
        ("2025年12月31日", date(2025, 12, 31)),
        ("20260305", TODAY),
        ("２０２６／３／５", TODAY),
        ("26.3.5", TODAY),
        (" 8日 ", date(2026, 3, 8)),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["", "2.30", "13.1", "2026", "周一", "3", "+", "+9999999", "0.0"])
def test_what_is_no_day_is_not_guessed(typed):
    assert read_day(typed, TODAY) is None


@given(st.text(max_size=12))
def test_reading_never_fails(typed):
    for read in (read_day, read_partial, read_month):
        read(typed, TODAY)
    read_time(typed)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_a_day_in_full_is_read_back(day):
    assert read_day(day.isoformat(), TODAY) == day
    assert read_partial(day.isoformat(), TODAY) == PartialDate.of(day)


def test_a_month_or_a_year_alone_keeps_its_precision():
    assert read_partial("1998.7", TODAY) == PartialDate(1998, 7)
    assert read_partial("1998年", TODAY) == PartialDate(1998)
    assert read_partial("199807", TODAY) == PartialDate(1998, 7)
    assert read_partial("1998.13", TODAY) is None


def test_months_are_read():
    assert read_month("3月", TODAY) == Period(2026, 3, 1)
    assert read_month("上月", TODAY) == Period(2026, 2, 1)
    assert read_month("2025.12", TODAY) == Period(2025, 12, 1)
    assert read_month("13", TODAY) is None


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("1430", time(14, 30)),
        ("14:30", time(14, 30)),
        ("14：30", time(14, 30)),
        ("9", time(9)),
        ("930", time(9, 30)),
        ("14点30分", time(14, 30)),
        ("下午2点半", time(14, 30)),
        ("上午9时", time(9)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed, clock):
    assert read_time(typed) == clock


@pytest.mark.parametrize("typed", ["", "25", "1460", "2:75", "开会"])
def test_what_is_no_time_is_not_guessed(typed):
    assert read_time(typed) is None


def test_two_digits_are_a_year_of_this_century_unless_it_is_far_ahead():
    assert read_day("26.3.5", TODAY) == TODAY
    assert read_day("85.3.12", TODAY) is None
