"""The order of minutes: what was read, the items, what was decided later."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.model import Layout
from tests.papers.sample import meeting, minutes, said

BOTH = (Layout.OFFICIAL, Layout.FORM)


def in_order(text: str, *words: str) -> bool:
    places = [text.find(word) for word in words]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("layout", BOTH)
def test_what_was_read_stands_before_its_source(layout):
    text = said(minutes(meeting("group_meeting"), layout))
    assert in_order(text, "学习篇目", "值学习篇目", "篇目来源", "值篇目来源", "汇报的第一段")


@pytest.mark.parametrize("layout", BOTH)
def test_what_the_committee_decides_later_stands_behind_the_items_of_the_day(layout):
    text = said(minutes(meeting("democratic_appraisal"), layout))
    assert in_order(text, "值党员互评", "汇报的第一段", "值支委会评定情况")


@pytest.mark.parametrize("layout", BOTH)
def test_a_single_item_has_no_number(layout):
    assert "1." not in said(minutes(meeting("general_meeting", details={}), layout))
