"""Sign-in sheets and rosters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.documents.model import Layout, Table
from dangjian_desktop.domain.meetings.called import everybody_called
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.members.roll import Roll
from tests.papers import sample
from tests.papers.sample import (
    DAY,
    KINDS,
    MEMBERS,
    NAMES,
    RARE,
    member,
    planned,
    said,
)

CODES = tuple(kind.code for kind in KINDS)


def signin(*kinds: str, members=MEMBERS, **more):
    return sample.signin(planned(*kinds, **more), members)


def tables(document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("code", CODES)
def test_a_sign_in_sheet_of_every_kind_lists_whom_it_expects(code):
    document = signin(code)
    text = said(document)
    own, group = (KINDS[code],), planned(code).group
    expected = everybody_called(own, Roll(MEMBERS, DAY), group)
    assert 0 < len(expected) <= 20
    for number, person in enumerate(expected, 1):
        assert f"|{number}|{person.name}|" in text
    assert f"应到{len(expected)}人，实到人，请假人，缺席人，列席人。" in text
    assert "钱七|入党积极分子" in text
    assert len(tables(document)[0].widths) == 5


def test_everybody_stands_by_group_and_then_by_pinyin():
    shuffled = tuple(replace(m, sort_key=f"{99 - n:03}") for n, m in enumerate(MEMBERS))
    text = said(signin(members=shuffled))
    places = [text.index(f"|{m.name}|") for m in shuffled]
    first, second = places[:10], places[10:]
    assert max(first) < min(second)
    assert first == sorted(first, reverse=True)


def test_more_than_twenty_stand_two_in_a_row_numbered_down_the_page():
    extra = replace(member(3), id="m20", name="王庚", sort_key="999")
    document = signin(members=(*MEMBERS, extra))
    table = tables(document)[0]
    assert len(table.widths) == 10
    assert len(table.rows) == 1 + 11
    numbers = [
        "".join(p.text for n in (0, 5) for p in row.cells[n].paragraphs) for row in table.rows
    ]
    # Nine rows on the first page; the last two go with what is counted at the door.
    assert numbers[1] == "110"
    assert numbers[9] == "918"
    assert numbers[10:] == ["1921", "20"]
    assert all(person.name in said(document) for person in (*MEMBERS, extra))


def test_the_roster_counts_as_of_its_day():
    left = (Span("正常", None, member(0).join_date), Span("转出", member(0).join_date))
    members = (*MEMBERS[1:], replace(MEMBERS[0], standings=left))
    document = sample.roster(members, date(2026, 3, 31))
    assert document.layout is Layout.LANDSCAPE
    text = said(document)
    words = "截至2026年3月31日，党员共19人，其中正式党员17人，预备党员2人；男14人，女5人。"
    assert words in text
    assert NAMES[0] not in text
    assert [row.header for row in tables(document)[0].rows] == [True, *[False] * 19]
    assert f"张{RARE[-1]}" in text


def test_numbers_are_masked_unless_asked_for():
    masked = said(sample.roster(MEMBERS, DAY))
    whole = said(sample.roster(MEMBERS, DAY, masked=False))
    assert "110101********0010" in masked
    assert "138****1234" in masked
    assert "110101198001010010" not in masked
    assert "13800001234" not in masked
    assert "110101198001010010" in whole
    assert "13800001234" in whole


def test_what_a_roster_does_not_know_is_to_be_supplied():
    bare = replace(MEMBERS[3], id_number=None, phone=None, education=None, sex=None)
    text = said(sample.roster((bare,), DAY))
    assert "性别待补1人" in text
    assert text.count("待补") >= 5
