"""Who signs minutes, who was absent, and where pages turn, as Word and PDF tell it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import Span
from tests.documents.make import pdf
from tests.documents.reading import opened, pdf_texts, word_texts
from tests.papers.sample import MEMBERS, item, meeting, minutes, person, present

BOTH = (Layout.OFFICIAL, Layout.FORM)


def on_paper(document) -> tuple[str, ...]:
    return tuple(
        "|".join(texts) for texts in (pdf_texts(pdf(document)), word_texts(render_word(document)))
    )


def in_order(text: str, *words: str) -> None:
    places = [text.index(word) for word in words]
    assert places == sorted(places)


@pytest.mark.parametrize("layout", BOTH)
def test_everybody_of_a_committee_who_was_present_has_a_line_to_sign(layout):
    five = {3: "纪检委员", 4: "党支部副书记"}
    members = tuple(
        replace(m, posts=(Span(five[n]),)) if n in five else m for n, m in enumerate(MEMBERS)
    )
    sitting = meeting("committee_meeting", attendance=present(0, 1, 3, 4, 5))
    for text in on_paper(minutes(sitting, layout, members)):
        _, signed = text.rsplit("到会委员", 1)
        names = [m.name for m in MEMBERS if f"|{m.name}" in signed]
        assert names == [MEMBERS[n].name for n in (0, 1, 3, 4)]
        in_order(signed, *(MEMBERS[n].name for n in (0, 4, 1, 3)), "主持人")
    for text in on_paper(minutes(replace(sitting, attendance=()), layout, members)):
        assert not [m for m in MEMBERS if m.name in text.rsplit("到会委员", 1)[1]]


@pytest.mark.parametrize("layout", BOTH)
def test_many_absent_people_are_a_table(layout):
    away = tuple(
        Attendance(person(n), Presence.LEAVE, None if n == 9 else "出差", "自学" if n > 9 else None)
        for n in range(8, 17)
    )
    for text in on_paper(minutes(meeting(attendance=(*present(*range(8)), *away)), layout)):
        in_order(text, "9人，见下表", "|姓名|情况|原因|补学|")
        assert f"|{MEMBERS[8].name}|请假|出差|{MEMBERS[9].name}|请假|" in text
        assert f"|{MEMBERS[16].name}|请假|出差|自学|" in text
        assert "：请假" not in text
        assert "未登记到会情况：" in text
    for text in on_paper(minutes(meeting(attendance=(*present(*range(8)), *away[1:])), layout)):
        assert "见下表" not in text
        assert text.count("：请假，原因") == 8


def test_the_topic_of_an_item_never_stands_alone_at_the_foot_of_the_form():
    other = item(id="i2", content=tuple(f"报告第{n}段" for n in range(12)))
    turned = 0
    for lines in range(2, 12):
        agenda = (item(content=("会议讨论",) * lines), other)
        data = pdf(minutes(meeting(agenda=agenda), Layout.FORM))
        with opened(data) as file:
            pages = [page.get_textpage().get_text_range() for page in file]
        [heading] = [n for n, text in enumerate(pages) if "议题（二）" in text]
        assert "报告第0段" in pages[heading], lines
        turned += "报告第11段" not in pages[heading]
    assert 0 < turned < 10


@pytest.mark.parametrize("count", range(9, 19, 3))
def test_a_list_goes_on_with_its_heading_behind_the_end_of_a_page_alone(count):
    away = tuple(Attendance(person(n), Presence.LEAVE, "出差" * 12, "自学") for n in range(count))
    sitting = meeting(agenda=(item(content=("会议讨论",) * 12),), attendance=away)
    document = minutes(sitting, Layout.FORM)
    with opened(pdf(document)) as file:
        pages = [page.get_textpage().get_text_range() for page in file]
    head = "姓名 情况 原因 补学"
    turned = [page for page in pages if page.startswith(head)]
    assert sum(page.count(head) for page in pages) == len(turned) + 1
    assert len(turned) >= (count > 12)
    assert not [page for page in pages if "（续）（续）" in page]
    assert "".join(word_texts(render_word(document))).count("缺席名单（续）") == len(turned)
