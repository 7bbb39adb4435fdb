"""Far too much of everything: each page is still right, in both writers, and nothing is lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest

from dangjian_desktop.documents.model import Document, Layout
from dangjian_desktop.documents.word import render_word
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence, Speech
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.compose import compose_minutes
from dangjian_desktop.papers.meetings.notices import compose_notice
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.signin import compose_signin
from tests.documents import office
from tests.documents.make import as_set, pdf
from tests.documents.reading import Box, boxes, model_texts, opened, pdf_texts
from tests.measure.pages import by_page, is_bare, lines_of_paragraphs, page_count, pieces
from tests.papers.sample import BRANCH, STAMP, around, item, meeting, member, planned

NAMES = tuple(
    f"阿依古丽·买买提江{'甲乙丙丁戊己庚辛'[n // 8]}{'甲乙丙丁戊己庚辛'[n % 8]}力" for n in range(64)
)
LONG = "这一段写得很长，写了又写，2026年3月18日完成98.5%。" * 646
UNIT = replace(BRANCH, name=f"中共{'某某煤业集团第一矿业' * 5}有限公司机电支部")
PEOPLE = tuple(member(n % 20, id=f"m{n}", name=name) for n, name in enumerate(NAMES))
# The next character may stand on the white half of a mark.
_MARKS = frozenset("，。、；：？！）》〉】〕」』〗”’（《〈【〔「『〖“‘·")


def who(number: int) -> Person:
    return Person(NAMES[number], f"m{number}")


def papers(long: str, items: int) -> Iterator[Document]:
    agenda = tuple(
        item(
            id=f"i{n}",
            topic=f"第{n}项：讨论{'很长的' * (n % 7)}工作安排",
            content=(long,) if n == 4 else ("汇报情况。",),
            speeches=(Speech(who(3), "同意。"),),
            actions=(),
        )
        for n in range(1, items + 1)
    )
    away = [Attendance(who(n), Presence.LEAVE, "出差", "3月20日自学") for n in range(4, 64)]
    here = [Attendance(who(n), Presence.PRESENT) for n in range(4)]
    people = {"agenda": agenda, "host": who(0), "recorder": who(2), "title": "会议" * 30}
    held = meeting("committee_meeting", attendance=(*here, *away), **people)
    called = planned("general_meeting", **people)
    of_held, of_called = (
        MeetingSheet(one, around(one, PEOPLE, branch=UNIT), STAMP) for one in (held, called)
    )
    yield from (
        compose_minutes(of_held, Wanted(layout=to)) for to in (Layout.OFFICIAL, Layout.FORM)
    )
    yield compose_notice(of_called, Wanted())
    yield compose_signin(of_called, Wanted())


def is_right(document: Document, data: bytes) -> None:
    """All the text stands within the type area, nothing over anything; no page is without any."""
    found = pieces(data, document)
    printed = Counter("".join(piece.text for piece in found))
    assert not Counter("".join(model_texts(as_set(document)))) - printed
    pages = by_page(found, page_count(data))
    assert all(pages)
    assert not is_bare(pages[-1])
    with opened(data) as file:
        sizes = [page.get_size() for page in file]
    near: dict[tuple[int, int, int], list[Box]] = {}
    for box in boxes(data):
        wide, high = sizes[box.page - 1]
        assert 0 <= box.left < box.right <= wide, box
        assert 0 <= box.origin < high, box
        for column in {box.left // 40, box.right // 40}:
            near.setdefault((box.page, column, box.origin // 40), []).append(box)
    for group in near.values():
        assert not [pair for pair in combinations(group, 2) if _over(*pair)]


def _over(one: Box, other: Box) -> bool:
    most = min(one.size, other.size) / 4
    beside = min(one.right, other.right) - max(one.left, other.left)
    above = min(one.size, other.size) * 0.9 - abs(one.origin - other.origin)
    return beside > most and above > most and not {one.character, other.character} & _MARKS


def test_far_too_much_of_everything_is_printed_whole_on_pages_that_are_right():
    assert (len(NAMES[0]), len(UNIT.name), len(LONG)) == (12, 60, 20026)
    names = re.compile("|".join(NAMES))
    for document in papers(LONG, 40):
        data = pdf(document)
        assert pdf_texts(data) == model_texts(as_set(document))
        for lines in lines_of_paragraphs(pieces(data, document)):
            whole = [name for line in lines for name in names.findall(line)]
            assert whole == names.findall("".join(lines))
            assert len(lines) < 3 or max(map(len, lines)) > 1, lines
        is_right(document, data)


@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not here")
def test_far_too_much_of_everything_is_printed_whole_by_word(tmp_path):
    # LibreOffice takes its time over rows of many pages.
    made = list(papers(LONG[:4000], 12))
    printed = office.as_pdfs([render_word(document) for document in made], tmp_path)
    for document, data in zip(made, printed, strict=True):
        is_right(document, data)
