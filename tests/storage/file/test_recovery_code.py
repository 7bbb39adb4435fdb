"""The recovery code: read however it is typed, and each wrong group told by its name."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.errors import InputError
from dangjian_desktop.storage.file.recovery_code import (
    GROUPS,
    LETTERS,
    LONG,
    code_of,
    group_matches,
    read_code,
)

SECRET = bytes(range(7, 27))
CODE = code_of(SECRET)


@given(st.binary(min_size=20, max_size=20))
def test_every_secret_comes_back(secret):
    assert read_code("-".join(code_of(secret))) == secret


def test_eight_groups_hold_the_secret_and_the_ninth_a_sum():
    assert [len(group) for group in CODE] == [LONG] * GROUPS
    assert set("".join(CODE)) <= set(LETTERS)
    other = code_of(SECRET[:-1] + b"\0")
    assert CODE[:7] == other[:7]
    assert CODE[7:] != other[7:]


def wide(text):
    return "".join(chr(ord(c) + 0xFEE0) if 0x21 <= ord(c) <= 0x7E else c for c in text)


@pytest.mark.parametrize(
    "typed",
    [
        "-".join(CODE).lower(),
        "".join(CODE),
        " ".join(CODE),
        "\n".join(CODE) + "\n",
        "　".join(wide(group) for group in CODE),
        wide("－".join(CODE).lower()),
        "—".join(CODE),
        " - ".join(f"{group[:2]} {group[2:]}" for group in CODE),
        "-".join(CODE).replace("0", "O").replace("1", "l"),
        "-".join(CODE).replace("0", "o").replace("1", "I"),
        "恢复码：" + "-".join(CODE),
        "\n".join(f"{number}. {group}" for number, group in enumerate(CODE, 1)),
        "\n".join(f"（{number}）{group}" for number, group in enumerate(CODE, 1)),
        "\n".join(f"第{number}组　{' '.join(group)}" for number, group in enumerate(CODE, 1)),
        "\n".join(f"第{'一二三四五六七八九'[n]}组：{group}" for n, group in enumerate(CODE)),
        " ".join(f"第{number}组 {group}" for number, group in enumerate(CODE, 1)),
    ],
)
def test_it_is_read_however_it_is_typed(typed):
    assert read_code(typed) == SECRET


def refused(groups, between="-"):
    with pytest.raises(InputError) as error:
        read_code(between.join(groups))
    assert error.value.remedy
    return error.value


def test_each_wrong_letter_of_each_group_is_noticed_and_the_group_named():
    for place, group in enumerate(CODE):
        for at in range(LONG):
            for letter in set(LETTERS) - {group[at]}:
                groups = [*CODE]
                groups[place] = group[:at] + letter + group[at + 1 :]
                assert refused(groups).message == f"恢复码的第{place + 1}组不对。"


def test_letters_and_groups_that_are_changed_with_each_other_are_named():
    for place, group in enumerate(CODE):
        for one, other in combinations(range(LONG), 2):
            letters = [*group]
            letters[one], letters[other] = letters[other], letters[one]
            if "".join(letters) != group:
                groups = [*CODE]
                groups[place] = "".join(letters)
                assert f"第{place + 1}组不对" in refused(groups).message
    for one, other in combinations(range(GROUPS), 2):
        groups = [*CODE]
        groups[one], groups[other] = groups[other], groups[one]
        assert refused(groups).message == f"恢复码的第{one + 1}组、第{other + 1}组不对。"


@pytest.mark.parametrize("between", ["-", " ", ""])
def test_a_group_that_is_missing_is_named(between):
    for place in range(GROUPS):
        groups = [*CODE[:place], *CODE[place + 1 :]]
        assert refused(groups, between).message == f"恢复码缺少第{place + 1}组。"


def test_a_short_group_and_a_strange_letter_are_told():
    short = [*CODE[:3], CODE[3][:4], *CODE[4:]]
    assert refused(short).issues[0].message == "第4组不对：有4个，应为5个。"
    strange = [*CODE[:3], "U" + CODE[3][1:], *CODE[4:]]
    assert refused(strange).issues[0].message == "第4组不对：恢复码里没有“U”。"


@pytest.mark.parametrize("typed", ["", "   ", "——", "。"])
def test_nothing_is_told_as_nothing(typed):
    with pytest.raises(InputError, match="没有读到恢复码"):
        read_code(typed)


@pytest.mark.parametrize(
    "typed", ["1", "12345", "-".join(CODE) + "-12345", "党" * 10_000, "😀" * 45]
)
def test_what_is_no_code_is_refused_in_words(typed):
    with pytest.raises(InputError) as error:
        read_code(typed)
    assert "恢复码" in error.value.message
    assert error.value.remedy


def test_a_group_with_two_wrong_letters_that_passes_its_own_check_is_caught_by_the_ninth():
    caught = 0
    chance = random.Random(1)
    for _ in range(4_000):
        letters = chance.sample(sorted(set(LETTERS) - {*CODE[0][:2]}), 2)
        groups = [letters[0] + letters[1] + CODE[0][2:], *CODE[1:]]
        with pytest.raises(InputError) as error:
            read_code("-".join(groups))
        caught += "第9组（核对组）" in error.value.message
    assert caught


def test_a_group_is_typed_back_as_freely():
    assert group_matches(wide(CODE[2].lower()), CODE[2])
    assert group_matches(f" {CODE[2][:2]} {CODE[2][2:]} ", CODE[2])
    assert not group_matches(CODE[3], CODE[2])
    assert not group_matches("", CODE[2])
