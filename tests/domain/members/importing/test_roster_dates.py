"""Every date form met in rosters, with its precision."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.members.importing.dates import How, read_date
from dangjian_desktop.domain.members.importing.sheets import MonthOnly, Special

DAYS = st.dates(date(1928, 1, 1), date(2099, 12, 31))


def said(value, **how):
    found = read_date(value, How(**how))
    return str(found.value) if found.value else None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019.06", "2019-06"),
        ("2019.6.1", "2019-06-01"),
        ("2019-06-01", "2019-06-01"),
        ("2019/6/1", "2019-06-01"),
        ("20190601", "2019-06-01"),
        ("201906", "2019-06"),
        ("2019年6月", "2019-06"),
        ("2019年6月1日", "2019-06-01"),
        ("１９８９．６", "1989-06"),
        ("1998.09（档案）", "1998-09"),
        ("43617", "2019-06-01"),
        ("2019-06-01 00:00:00", "2019-06-01"),
        ("2019-6-1 10:30", "2019-06-01"),
        (" 2019. 6. 1 ", "2019-06-01"),
        ("2019.06.", "2019-06"),
        ("1998.09.00", "1998-09"),
        ("二〇一九年六月十一日", "2019-06-11"),
        ("一九九八年十二月", "1998-12"),
        ("2019.10", "2019-10"),
        ("2019.1", "2019-01"),
        (date(2019, 6, 1), "2019-06-01"),
        (MonthOnly(date(2019, 6, 1)), "2019-06"),
        (43617.0, "2019-06-01"),
        (20190601.0, "2019-06-01"),
        (201906.0, "2019-06"),
        (2019.06, "2019-06"),
        (2019.6, "2019-06"),
        (2019.11, "2019-11"),
    ],
)
def test_a_date_is_read_with_its_precision(value, expected):
    found = read_date(value)
    assert (str(found.value), found.doubt) == (expected, "")


def test_a_number_ending_in_one_may_be_january_or_october():
    found = read_date(2019.1)
    assert str(found.value) == "2019"
    assert "10月" in found.doubt
    assert said("2019.1", one_may_be_ten=True) == "2019"


def test_a_year_alone_is_kept_with_a_doubt():
    for value in ("2019", "2019年", 2019.0):
        found = read_date(value)
        assert str(found.value) == "2019"
        assert found.doubt


@pytest.mark.parametrize(
    "value",
    [
        *(
            "长期",
            "2019.00",
            "20190001",
            "2019-13-45",
            "20190230",
            "2019.061",
            "2019.1112",
            "6/1/2019",
            "98.09",
            "约1998年",
        ),
        *(0.0, 60.0, 3_000_000.0, 1e300, float("nan"), float("inf"), -5.0, True),
        *(date(1850, 1, 1), timedelta(1), Special.UNCOMPUTED, ""),
    ],
    ids=repr,
)
def test_what_is_no_date_is_not_guessed(value):
    found = read_date(value)
    assert found.value is None
    assert found.doubt


def test_a_serial_of_a_1904_workbook_is_the_same_day():
    assert said(42155.0, date_1904=True) == said(43617.0) == "2019-06-01"


@given(DAYS)
def test_a_day_is_the_same_in_every_form(day):
    plain = f"{day.year}.{day.month}.{day.day}"
    wide = plain.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    serial = float((day - date(1899, 12, 30)).days)
    forms = [f"{day:%Y%m%d}", f"{day:%Y-%m-%d}", plain, wide, serial, float(f"{day:%Y%m%d}"), day]
    forms += [f"{day.year}年{day.month}月{day.day}日", datetime(day.year, day.month, day.day)]  # noqa: DTZ001
    assert {said(form) for form in forms} == {day.isoformat()}


@given(DAYS)
def test_a_month_is_the_same_in_every_form(day):
    forms = [f"{day:%Y.%m}", f"{day:%Y%m}", f"{day.year}-{day.month}", f"{day.year}年{day.month}月"]
    if day.month not in (1, 10):
        forms.append(float(f"{day:%Y.%m}"))
    assert {said(form) for form in forms} == {f"{day:%Y-%m}"}


@given(st.one_of(st.text(), st.floats(), st.dates(), st.booleans()))
def test_no_cell_breaks_the_reading(value):
    found = read_date(value)
    assert found.value is not None or found.doubt


@pytest.mark.parametrize(
    ("value", "expected", "doubtful"),
    [
        ("98.7.1", "1998-07-01", True),
        ("98年7月", "1998-07", True),
        ("19/6/1", "2019-06-01", True),
        ("1998—07—01", "1998-07-01", False),
        ("1998–7–1", "1998-07-01", False),
        ("1998·7·1", "1998-07-01", False),
        ("1998.7.1入党", "1998-07-01", False),
        ("2011年7月转正", "2011-07", False),
        ("入党时间：1998.7", "1998-07", False),
        ("98.07", None, True),
        ("1998.7.1/1999.7.1", None, True),
        ("1998.7、1999.7转正", None, True),
    ],
)
def test_short_years_other_dashes_and_words_around(value, expected, doubtful):
    found = read_date(value, How(latest=2026))
    assert (found.value and str(found.value), bool(found.doubt)) == (expected, doubtful)
