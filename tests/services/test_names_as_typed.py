"""Names as they are typed: letters, characters, and what an input method made of the letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.services.library.search import SearchService
from dangjian_desktop.services.members.naming import matching
from tests.services.make import a_library, a_member, clock

NAMES = (
    "周丽凤",
    "张三",
    "章程远",
    "单于飞",
    "单小丹",
    "曾国良",
    "吕绿",
    "买买提·吐尔逊",
    "王John",
)
PEOPLE = [a_member(name) for name in NAMES]


def found(typed):
    return [member.name for member in matching(PEOPLE, typed)]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zlf", ["周丽凤"]),
        ("zhoulifeng", ["周丽凤"]),
        ("ZHOU LI FENG", ["周丽凤"]),
        ("zhou'li'feng", ["周丽凤"]),
        ("ｚｈｏｕ", ["周丽凤"]),
        ("zhoulf", ["周丽凤"]),
        ("zholife", ["周丽凤"]),
        ("zhang", ["张三", "章程远"]),
        ("zhas", ["张三"]),
        ("丽凤", ["周丽凤"]),
        ("lifeng", []),
        ("f", []),
        ("ceng", ["曾国良"]),
        ("cenggl", ["曾国良"]),
        ("chanyf", ["单于飞"]),
        ("lvlv", ["吕绿"]),
        ("lülü", ["吕绿"]),
        ("mmt", ["买买提·吐尔逊"]),
        ("买买提", ["买买提·吐尔逊"]),
        ("wangj", ["王John"]),
        ("'", []),
        ("", [*NAMES]),
    ],
)
def test_letters_and_characters_find_a_name(typed, names):
    assert found(typed) == names


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("周李凤", ["周丽凤"]),
        ("李凤", ["周丽凤"]),
        ("周lf", ["周丽凤"]),
        ("周li凤", ["周丽凤"]),
        ("掌", ["张三", "章程远"]),
        ("仗三", ["张三"]),
        ("善小单", ["单小丹"]),
        ("卖买提。吐尔", ["买买提·吐尔逊"]),
        ("凤丽", []),
        ("周李凤英", []),
        ("。", []),
    ],
)
def test_what_an_input_method_chose_is_heard(typed, names):
    assert found(typed) == names


def test_who_is_named_so_is_not_mixed_with_who_sounds_so():
    assert found("章") == ["章程远"]
    assert found("张") == ["张三"]


@given(st.text(max_size=8))
def test_nothing_that_is_typed_fails(typed):
    assert set(found(typed)) <= set(NAMES)


@given(st.sampled_from(PEOPLE), st.data())
def test_a_share_of_each_syllable_finds_the_name(person, data):
    syllables = [s.rstrip("12345") for s in person.sort_key.split() if s.rstrip("12345").isalpha()]
    shares = [s[: data.draw(st.integers(1, len(s)))] for s in syllables]
    assert person.name in found("".join(shares))


def test_the_search_hears_a_name_only_where_nothing_holds_the_text(tmp_path):
    library = a_library(tmp_path)
    search = SearchService(library, clock)
    try:
        assert [hit.title for hit in search.find("章叁")[0]] == ["张三"]
        assert search.find("章叁", limit=0)[1] == 1
        hits, _ = search.find("第一")
        assert {hit.title for hit in hits} >= {"张三", "李四"}
        assert [hit.title for hit in search.find("周久")[0]] == ["周九"]
    finally:
        library.close()
