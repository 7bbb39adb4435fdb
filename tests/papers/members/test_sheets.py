"""Sign-in sheets and rosters."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.documents.model import Layout, Table
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.meetings.called import everybody_called
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.members.roll import Roll
from tests.documents.make import pdf
from tests.documents.reading import opened, pdf_texts, word_texts
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


def listed(text: str) -> list[tuple[int, str]]:
    """Everybody who is expected, with their numbers, as they stand on the sheet."""
    return [(int(number), name) for number, name in re.findall(r"(?<=\|)(\d+)\|([^|]+)\|", text)]


def on_paper(document) -> tuple[str, ...]:
    return tuple(
        "|".join(texts) for texts in (pdf_texts(pdf(document)), word_texts(render_word(document)))
    )


@pytest.mark.parametrize("code", CODES)
def test_a_sign_in_sheet_of_every_kind_lists_whom_it_expects(code):
    document = signin(code)
    text = said(document)
    own, group = (KINDS[code],), planned(code).group
    expected = everybody_called(own, Roll(MEMBERS, DAY), group)
    assert 0 < len(expected) <= 20
    assert {name for _, name in listed(text)} == {person.name for person in expected}
    assert [number for number, _ in listed(text)] == list(range(1, len(expected) + 1))
    assert f"应到{len(expected)}人，实到人，请假人，缺席人，列席人。" in text
    assert "钱七|入党积极分子" in text
    assert len(tables(document)[0].widths) == 5


def test_each_party_group_stands_under_its_name_its_posts_first_and_then_by_pinyin():
    shuffled = tuple(replace(m, sort_key=f"{99 - n:03}") for n, m in enumerate(MEMBERS))
    for text in on_paper(signin(members=shuffled)):
        one, two = text.index("|第一党小组|"), text.index("|第二党小组|")
        assert text.count("党小组|") == 2
        ids = [NAMES.index(name) for _, name in listed(text[one : two + 1])]
        # 书记, then 委员 by pinyin, then everybody else by pinyin.
        assert ids == [0, 2, 1, *range(9, 2, -1)]
        ids = [NAMES.index(name) for _, name in listed(text[two:])]
        assert ids == [14, *(n for n in range(19, 9, -1) if n != 14)]
        assert "|职务|" in text


def test_posts_of_another_day_do_not_lead():
    former = (Span("党支部书记", None, PartialDate(2026, 1)),)
    members = (*MEMBERS[:9], replace(MEMBERS[9], posts=former, sort_key="000"), *MEMBERS[10:])
    for text in on_paper(signin(members=members)):
        assert [NAMES.index(name) for _, name in listed(text)][:5] == [0, 1, 2, 9, 3]


def test_a_committee_is_one_group_and_a_party_group_needs_no_name_over_it():
    apart = (*MEMBERS[:1], replace(MEMBERS[1], groups=(Span("第二党小组"),)), *MEMBERS[2:])
    for text in on_paper(signin("committee_meeting", members=apart)):
        assert [NAMES.index(name) for _, name in listed(text)] == [0, 1, 2]
        assert "党小组|1|" not in text
    for text in on_paper(signin("group_meeting")):
        assert "|第二党小组|1|" not in text
        assert listed(text)[0] == (1, NAMES[14])


def test_more_than_twenty_stand_two_in_a_row_numbered_down_each_group_and_page():
    many = tuple(
        replace(member(n % 18), id=f"m{n}", name=f"周{chr(0x4E00 + n)}", sort_key=f"{n:03}")
        for n in range(70)
    )
    own = tuple(
        replace(m, posts=(), groups=(Span("第一党小组" if n < 50 else "第二党小组"),))
        for n, m in enumerate(many)
    )
    with opened(pdf(signin(members=own))) as file:
        pages = [page.get_textpage().get_text_range().split() for page in file]
    bands = [[word for word in page if "党小组" in word] for page in pages]
    assert bands == [
        ["第一党小组"],
        ["第一党小组（续）", "第二党小组"],
        ["第二党小组（续）"],
    ]
    # The left half of a page goes before the right one: 1 beside 18, and nobody twice.
    numbers = [int(word) for page in pages for word in page if re.fullmatch(r"\d{1,2}", word)]
    assert numbers[:4] == [1, 18, 2, 19]
    assert sorted(numbers) == list(range(1, 71))
    assert {m.name for m in own} < {word for page in pages for word in page}


@pytest.mark.parametrize("count", range(15, 75, 4))
def test_a_group_goes_on_by_its_name_at_the_head_of_a_page_alone(count):
    groups = ("第一党小组", "第二党小组", "第三党小组")
    own = tuple(
        replace(
            member(n % 18),
            id=f"m{n}",
            posts=(),
            groups=(Span(groups[n * 3 // count]),),
            sort_key=f"{n:03}",
        )
        for n in range(count)
    )
    document = signin(members=own)
    with opened(pdf(document)) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    for number, page in enumerate(pages):
        _, *rows = re.split(r"备注\s+(?=第)", page)
        assert len(rows) == 1, "a page begins with the name of a group"
        assert number or "（续）" not in page
        assert rows[0].count("（续）") == rows[0].split()[0].count("（续）")
    assert "应到" in pages[-1]
    again = "".join(word_texts(render_word(document))).count("（续）")
    assert "".join(pages).count("（续）") == again


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
