"""Numbers of people in running text, as people write them."""

import pytest

from dangjian_desktop.domain.members.covering import (
    covered_numbers,
    numbers_in,
    without_numbers,
)


@pytest.mark.parametrize(
    "written",
    [
        "110101199003070010",
        "11010119900307001X",
        "11010119900307001×",
        "110101 19900307 0010",
        "110101 1990 0307 0010",
        "1101011990 03070010",
        "110101-19900307-0010",
        "110101．1990．0307．0010",
        "１１０１０１１９９００３０７００１Ｘ",
        "110101900307001",
    ],
)
def test_id_numbers_are_covered_however_they_are_written(written):
    text = covered_numbers(f"身份证{written}，男")
    assert "19900307" not in text.replace(" ", "")
    assert "0307" not in text
    assert text.startswith("身份证110101********")
    assert text.endswith("，男")
    assert without_numbers(f"安某{written}") == "安某"


@pytest.mark.parametrize(
    "written",
    [
        *("13812345678", "138 1234 5678", "138-1234-5678", "138.1234.5678", "138－1234－5678"),
        *("138 12345678", "1381234 5678", "+8613812345678", "+86 138 1234 5678", "8613812345678"),
        *("１３８１２３４５６７８", "138·1234·5678", "138—1234—5678"),
    ],
)
def test_mobile_numbers_are_covered_however_they_are_written(written):
    assert covered_numbers(f"电话{written}，请打") == "电话138****5678，请打"
    assert list(numbers_in(f"电话{written}，请打")) == ["138****5678"]
    assert without_numbers(f"甲{written}") == "甲"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("0912-6123456", "0912-****56"),
        ("0912－6123456", "0912-****56"),
        ("（0912）6123456", "0912-****56"),
        ("010 62345678", "010-****78"),
    ],
)
def test_landlines_are_covered_and_bar_no_file(written, shown):
    assert covered_numbers(f"电话：{written}") == f"电话：{shown}"
    assert not list(numbers_in(written))


@pytest.mark.parametrize(
    "text",
    [
        *("2025-01-12 2025-02-13 10", "15.20 16.30 105", "1月3日应交138元，实交1234元", "202503"),
        *("合同13812345678901号", "进尺138.12米，产量3456.78吨", "20250312 20250313 20"),
        *("2025.3.18 14:30-16:05", "编号 2025-0912-6123456789", "GB11643-1999"),
    ],
)
def test_days_sums_and_other_numbers_stay(text):
    assert covered_numbers(text) == text
    assert without_numbers(text) == text
    assert not list(numbers_in(text))


def test_numbers_beside_each_other_are_both_covered():
    text = covered_numbers("110101199003070010 13812345678、13912345678")
    assert text == "110101********0010 138****5678、139****5678"
