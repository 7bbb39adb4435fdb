"""ID numbers: what is valid, what a spreadsheet broke, what may be shown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.members.identity import (
    check_character,
    masked,
    masked_phone,
    read_identity,
)

DAYS = st.dates(date(1900, 1, 1), date(2025, 12, 31))


@st.composite
def first_17(draw):
    area = draw(st.integers(110000, 820000))
    order = draw(st.integers(0, 999))
    return f"{area}{draw(DAYS):%Y%m%d}{order:03}"


NUMBERS = first_17().map(lambda text: text + check_character(text))


@pytest.mark.parametrize(
    ("number", "birth", "sex"),
    [
        ("110101198001010010", date(1980, 1, 1), "男"),
        ("650101197602291023", date(1976, 2, 29), "女"),
        ("440106200112312044", date(2001, 12, 31), "女"),
        ("32031119800206833X", date(1980, 2, 6), "男"),
    ],
)
def test_a_number_tells_birth_and_sex(number, birth, sex):
    found = read_identity(number)
    assert (found.number, found.birth, found.sex, found.problem) == (number, birth, sex, "")


@given(NUMBERS)
def test_every_made_number_is_valid(number):
    assert read_identity(number).number == number


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(number, place, shift):
    wrong = str((int(number[place]) + shift) % 10)
    changed = number[:place] + wrong + number[place + 1 :]
    assert read_identity(changed).problem == "id_checksum"


@given(NUMBERS, st.integers(0, 15))
def test_two_digits_changed_over_are_always_noticed(number, place):
    one, other = number[place], number[place + 1]
    swapped = number[:place] + other + one + number[place + 2 :]
    assert one == other or read_identity(swapped).problem == "id_checksum"


@given(NUMBERS)
def test_a_numeric_cell_is_never_taken_though_its_check_digit_may_fit(number):
    assert read_identity(float(number[:17] + "0")).problem == "id_lost_digits"


@given(NUMBERS)
def test_every_way_of_typing_gives_the_same_number(number):
    wide = number.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
    for typed in (number.lower(), wide, f"'{number}", f" {number[:6]} {number[6:]}\t"):
        assert read_identity(typed).number == number


@given(NUMBERS.filter(lambda number: number.startswith("1", 6) and number[7] == "9"))
def test_fifteen_digits_become_eighteen(number):
    old = number[:6] + number[8:17]
    found = read_identity(old)
    assert (found.number, found.converted) == (number, True)
    assert read_identity(float(old)).number == number


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("1.10101E+17", "id_lost_digits"),
        (4.301111972082337e17, "id_lost_digits"),
        (float("nan"), "id_lost_digits"),
        (float("inf"), "id_lost_digits"),
        ("11010119800101001", "id_length"),
        (12345.0, "id_length"),
        ("无", "id_length"),
        ("110101********0010", "id_length"),
        ("١١٠١٠١١٩٨٠٠١٠١٠٠١٠", "id_length"),
        ("110101198013010011", "id_checksum"),
        ("110101198002300012", "id_checksum"),
        ("340421196311145072", "id_checksum"),
    ],
)
def test_a_damaged_number_is_named_and_not_repaired(value, problem):
    found = read_identity(value)
    assert (found.number, found.sex, found.problem) == (None, None, problem)


@given(st.one_of(st.text(), st.floats()))
def test_nothing_that_a_cell_holds_breaks_the_reading(value):
    found = read_identity(value)
    assert (found.number is None) is (found.problem != "")


def test_what_is_shown_is_masked():
    assert masked("110101198001010010") == "110101********0010"
    assert masked_phone("13800138000") == "138****8000"
    assert masked_phone("6231234") == "****34"
    assert masked(None) == masked_phone(None) == ""


SEVENTEEN = "11010119800101007"


@pytest.mark.parametrize("sign", "xX×✕ХхＸ")
@pytest.mark.parametrize("label", ["", "身份证：", "公民身份号码:", "身份证号", "ID："])
def test_other_signs_for_the_check_character_and_a_label_before_are_read(label, sign):
    found = read_identity(f"{label}{SEVENTEEN}{sign}")
    assert (found.number, found.problem) == (SEVENTEEN + "X", "")
    assert found.cleaned == (bool(label) or sign not in "xX")


def test_a_label_before_a_damaged_number_leaves_the_true_reason():
    assert read_identity(f"身份证：{SEVENTEEN}1").problem == "id_checksum"
    assert read_identity("身份证：1234").problem == "id_length"
