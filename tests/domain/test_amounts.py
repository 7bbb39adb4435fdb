"""Numbers as people paste them are read; text among them is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.amounts import number_text, read_number, shown


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("1,200.5", "1200.5", False),
        ("1，200．5", "1200.5", False),
        ("１２００．５", "1200.5", False),
        ("85%", "85", True),
        ("８５％", "85", True),
        (" 98.2 % ", "98.2", True),
        ("−3.5", "-3.5", False),
        ("－３", "-3", False),
        ("+4", "4", False),
        (".5", "0.5", False),
        ("12,345,678", "12345678", False),
        ("1 200", "1200", False),
        ("0", "0", False),
    ],
)
def test_what_people_write_is_read(text, value, percent):
    read = read_number(text)
    assert (read.value, read.percent) == (Decimal(value), percent)


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "——", "/", "／", "无"])
def test_an_empty_cell_or_a_dash_is_no_value(text):
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "十二",
        "12.5小时",
        "1,2",
        "12 34",
        "5²",
        "①",
        "12,34",
        "1.2.3",
        "1e5",
        "%",
        "约12",
        "1,200,5",
        "9" * 19,
        "NaN",
    ],
)
def test_text_is_not_taken_for_a_number(text):
    with pytest.raises(ValueError, match=r".*"):
        read_number(text)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_a_number_survives_being_written_and_read(value):
    assert read_number(number_text(value)).value == value
    assert "E" not in number_text(value)


def test_numbers_for_people_have_no_needless_digits():
    assert number_text(Decimal("12.50")) == "12.5"
    assert number_text(Decimal("1E+3")) == "1000"
    assert number_text(Decimal("-0.0")) == "0"
    assert number_text(None) == shown(None) == ""
    assert shown(Decimal(134) / 11) == "12.18"
    assert shown(Decimal("0.4125")) == "0.4125"
