"""Words of the code sets, names, phones, posts and groups."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.members.importing import values
from dangjian_desktop.domain.members.importing.quoting import quoted
from dangjian_desktop.domain.members.importing.values import Value


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("汉", "汉族"),
        ("汉族", "汉族"),
        ("蒙古", "蒙古族"),
        ("满族", "满族"),
        ("满", "满族"),
        ("土 家", "土家族"),
    ],
)
def test_peoples_get_their_full_name(said, expected):
    assert values.read_ethnicity(said) == Value(expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("本科", "大学本科"),
        ("大专", "大学专科"),
        ("硕士", "硕士研究生"),
        ("大学", "大学本科"),
        ("中专", "中专"),
    ],
)
def test_education_gets_the_word_of_the_code_set(said, expected):
    assert values.read_education(said) == Value(expected)


def test_unknown_words_stay_as_they_are():
    assert values.read_education("函授") == Value("函授", known=False)
    assert values.read_ethnicity("汉族族") == Value("汉族族", known=False)
    assert values.read_sex("M") == Value("M", known=False)


@pytest.mark.parametrize(
    ("written", "phone", "known"),
    [
        ("13800138000", "13800138000", True),
        ("１７７２６８２１９９２", "17726821992", True),
        (17728584107.0, "17728584107", True),
        ("138 0013 8000", "13800138000", True),
        ("+86-138-0013-8000", "13800138000", True),
        ("0355-6234567", "0355-6234567", True),
        ("6234567", "6234567", True),
        ("12345", "12345", False),
        ("13800138000/13900139000", "13800138000/13900139000", False),
    ],
)
def test_phones_are_half_width_and_odd_ones_stay(written, phone, known):
    found = values.read_phone(written)
    assert (found.text, found.known) == (phone, known)


@pytest.mark.parametrize(
    ("cell", "posts", "group"),
    [
        ("党支部书记/第二党小组", ("党支部书记",), "第二党小组"),
        ("第一党小组", (), "第一党小组"),
        ("党小组组长/第三党小组", ("党小组组长",), "第三党小组"),
        ("第一党小组组长", ("党小组组长",), "第一党小组"),
        ("组织委员（第一党小组）", ("组织委员",), "第一党小组"),
        ("书记、组织委员\n机关党小组", ("书记", "组织委员"), "机关党小组"),
        ("—", (), None),
    ],
)
def test_posts_and_groups_in_one_cell_are_split(cell, posts, group):
    assert values.split_post_and_group(cell) == (posts, group)


def test_two_posts_in_one_cell_are_two():
    assert values.split_posts("副书记兼纪检委员") == ("副书记", "纪检委员")
    assert values.split_posts("副书记兼任纪检委员") == ("副书记", "纪检委员")


def test_a_post_held_besides_is_one_post():
    assert values.split_posts("党支部书记（兼）") == ("党支部书记（兼）",)


def test_quotations_never_show_long_numbers():
    for number in ("110101198001010010", "13800138000", "１３８００１３８０００"):
        assert quoted(f"电话{number}") == "“电话……”"
    assert quoted("2019-13-45") == "“2019-13-45”"
