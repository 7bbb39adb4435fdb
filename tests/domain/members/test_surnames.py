"""Surnames: each in the table by its own reading, every reading a key of the search."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.surnames import READINGS, surname_of
from dangjian_desktop.services.members.naming import matching
from dangjian_desktop.services.members.strokes import stroke_key, strokes_of
from dangjian_desktop.services.records.pinyin import initials, sort_key


@pytest.mark.parametrize("surname", READINGS)
def test_every_reading_of_a_surname_finds_its_bearer(surname):
    name = surname + "国强"
    member = Member(id="1", name=name, sort_key=sort_key(name), initials=initials(name))
    assert surname_of(name) == surname
    assert sort_key(name) == f"{READINGS[surname][0]} guo2 qiang2"
    for reading in READINGS[surname]:
        plain = "".join(sign for sign in reading if sign.isalpha())
        letters = "".join(syllable[0] for syllable in reading.split())
        assert matching([member], letters + "gq") == [member]
        assert matching([member], plain + "guoqiang") == [member]
    assert matching([member], "qqqq") == []


def test_a_reading_that_somebody_gave_goes_before_the_table():
    assert sort_key("单国强", "Dān guó qiáng") == "dan1 guo2 qiang2"
    assert initials("单国强", "dan guo qiang").split()[0] == "dgq"
    assert sort_key("吕强", "lǚ qiáng") == "lv3 qiang2"
    assert "sgq" in initials("单国强", "dan guo qiang").split()


def test_strokes_are_counted_as_the_mainland_does():
    known = {"一": 1, "丁": 2, "王": 4, "阮": 6, "陈": 7, "郑": 8, "郭": 10, "黄": 11, "董": 12}
    known |= {"曾": 12, "魏": 17, "翟": 14, "䶮": 9, "堃": 11}
    assert {sign: strokes_of(sign) for sign in known} == known
    assert strokes_of("A") is None


def test_names_stand_by_the_strokes_of_the_surname_then_of_the_rest():
    names = ["曾国良", "丁一", "王建国", "王一", "李明", "欧阳明", "于海", "马磊", "A"]
    wanted = ["丁一", "于海", "马磊", "王一", "王建国", "李明", "欧阳明", "曾国良", "A"]
    assert sorted(names, key=stroke_key) == wanted
