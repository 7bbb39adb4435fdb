"""An ordinary 党小组会 in the ruled form is one page, with its signatures."""

from __future__ import annotations

import pytest

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence, Speech
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from tests.documents import office
from tests.documents.make import pdf
from tests.documents.reading import squeezed
from tests.measure.pages import page_count, pieces
from tests.papers.sample import item, meeting, member, minutes

SAID = "这次学习很有收获，要把安全责任落实到每个班次，带头查隐患、反违章，帮助新职工尽快熟悉设备。"
SPEECHES = ((SAID * 4)[:134], (SAID * 4)[:133], (SAID * 4)[:133])
SIZES = range(5, 13)
ENDS = "附件", "主持人签字", "记录人签字", "日期", "以下空白"


def ordinary(people: int) -> Document:
    """Three speeches of 400 characters, one of so many people away, nothing summed up yet."""
    group = (Span("第一党小组"),)
    posts = (Span("第一党小组组长"),)
    members = tuple(
        member(n, name=f"赵钱{'甲乙丙丁戊己庚辛壬癸子丑'[n]}", groups=group, posts=posts[n:])
        for n in range(people)
    )
    who = [Person(each.name, each.id) for each in members]
    away = Attendance(who.pop(), Presence.LEAVE, "出差", "3月20日自学")
    speeches = tuple(Speech(who[n + 1], text) for n, text in enumerate(SPEECHES))
    topic = item(
        topic="学习贯彻全会精神",
        content=("组长带领学习全会公报。",),
        speeches=speeches,
        resolution=None,
        actions=(),
    )
    sitting = meeting(
        "group_meeting",
        group="第一党小组",
        title="十月份党小组会",
        place="三楼会议室",
        host=who[0],
        recorder=who[1],
        attendance=(*(Attendance(each, Presence.PRESENT) for each in who), away),
        observers=(),
        agenda=(topic,),
        closing=None,
        details={"study": "《要点》第一章", "source": "上级党委发放", "opinions": "无"},
    )
    return minutes(sitting, Layout.FORM, members)


def ends_on_one_page(document: Document, data: bytes) -> bool:
    text = "".join(piece.text for piece in pieces(data, document))
    return page_count(data) == 1 and all(words in text for words in ENDS)


@pytest.mark.parametrize("people", SIZES)
def test_three_speeches_of_400_characters_are_one_page_with_what_is_signed(people):
    assert sum(map(len, SPEECHES)) == 400
    document = ordinary(people)
    assert all(squeezed(text) in "".join(document.texts()) for text in SPEECHES)
    assert ends_on_one_page(document, pdf(document))


@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not here")
def test_they_are_one_page_in_word_too(tmp_path):
    made = [ordinary(people) for people in SIZES]
    printed = office.as_pdfs([render_word(document) for document in made], tmp_path)
    assert all(map(ends_on_one_page, made, printed))
