from __future__ import annotations

from typing import Any

import pytest

from dangjian_desktop.documents.model import Document, Layout, PageBreak, Table
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Candidate, Matter, Meeting
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import MEETING, Wanted, papers_of
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from tests.papers.sample import NAMES, STAMP, around, everybody_but, item, meeting, vote

ELECTED = {0: (15, True), 1: (12, True), 2: (9, False), 3: (14, True)}
"""Number of the member, votes in favour of 18 entitled, whether recorded as elected."""


def ballot_of(
    votes: dict[int, tuple[int | None, bool | None]] | None = None, **more: Any
) -> AgendaItem:
    known = ELECTED if votes is None else votes
    names = tuple(
        Candidate(
            name=NAMES[n],
            yes=yes,
            no=None if yes is None else 16 - yes,
            abstain=None if yes is None else 0,
            elected=elected,
        )
        for n, (yes, elected) in known.items()
    )
    counted: dict[str, Any] = {"vote": vote(None, no=None, abstain=None), "seats": 3}
    return item(
        **{"matter": Matter.ELECTION, "topic": "选举支部委员会委员", "candidates": names}
        | counted
        | more
    )


def sitting(*ballots: AgendaItem, **more: Any) -> Meeting:
    kinds = ("general_meeting", "election")
    known = {"agenda": ballots, "details": {}, "attendance": everybody_but(4, 5)} | more
    return meeting(*kinds, **known)


def printed(code: str, held: Meeting, strokes: Any = None) -> Document:
    paper = next(paper for paper in papers_of(MEETING) if paper.code == code)
    sheet = MeetingSheet(held, around(held), STAMP, strokes)
    return paper.composer(sheet, Wanted(layout=Layout.FORM))


def rows_of(document: Document) -> list[list[str]]:
    table = next(block for block in document.blocks if isinstance(block, Table))
    return [
        ["".join("".join(p.words for p in cell.paragraphs).split()) for cell in row.cells]
        for row in table.rows
    ]


def test_a_ballot_has_the_names_in_order_of_strokes_with_boxes_and_the_rule() -> None:
    ordered = printed("ballot", sitting(ballot_of()), lambda names: sorted(names, reverse=True))
    names = sorted((NAMES[n] for n in ELECTED), reverse=True)
    assert rows_of(ordered)[1:5] == [[str(n), name, *"□□□"] for n, name in enumerate(names, 1)]
    words = "\n".join(ordered.texts())
    for said in (
        *("选举支部委员会委员", "应选3名", "多于应选名额的，选票无效", "弃权的，不能另选他人"),
        *("候选人以姓氏笔画为序", "（盖章）"),
    ):
        assert said in words
    assert "15" not in words
    assert ordered.foot == ""


def test_without_the_order_of_strokes_the_ballot_does_not_claim_it() -> None:
    words = list(printed("ballot", sitting(ballot_of())).texts())
    assert not any("笔画" in text for text in words)
    assert [text for text in words if text in NAMES] == [NAMES[n] for n in ELECTED]


def test_a_ballot_is_printed_beforehand_and_what_is_open_is_left_to_write() -> None:
    planned = sitting(
        ballot_of({0: (None, None), 1: (None, None)}, vote=None, seats=None), attendance=()
    )
    assert not planned.agenda[0].vote
    assert "应选　　名" in "\n".join(printed("ballot", planned).texts())
    report = rows_of(printed("election_result", planned))
    assert [NAMES[0], "", "", "", "", ""] in report
    assert ["发出选票", "", "收回选票", ""] in report
    told = "".join(map("".join, report))
    assert not any(word in told for word in ("＿＿＿", "None", "未超过", "无法判断"))


def test_a_further_ballot_says_so_and_has_no_room_for_others() -> None:
    both = printed("ballot", sitting(ballot_of(), ballot_of({1: (9, None), 2: (7, None)}, round=2)))
    first, second = (
        both.blocks[: both.blocks.index(PageBreak())],
        both.blocks[both.blocks.index(PageBreak()) + 1 :],
    )
    said = [
        "".join(Document(name="a", title="a", blocks=part, layout=Layout.FORM).texts())
        for part in (first, second)
    ]
    assert ["第一轮投票" in said[0], "第二轮投票" in said[1]] == [True, True]
    assert ["另选他人姓名" in part for part in said] == [True, False]


def test_the_report_tells_votes_in_their_order_and_whom_the_minutes_record() -> None:
    rows = rows_of(printed("election_result", sitting(ballot_of())))
    told = [row for row in rows if row[0] in NAMES or (len(row) > 1 and row[1] in NAMES)]
    assert told == [
        [NAMES[0], "15", "1", "0", "超过", "当选"],
        [NAMES[3], "14", "2", "0", "超过", "当选"],
        [NAMES[1], "12", "4", "0", "超过", "当选"],
        [NAMES[2], "9", "7", "0", "", "未当选"],
    ]
    assert ["应到会有选举权", "18人", "实到会有选举权", "16人"] in rows
    assert ["有效票", "16张", "无效票", "0张"] in rows


def test_what_the_rules_cannot_say_is_not_printed() -> None:
    rows = rows_of(printed("election_result", sitting(ballot_of({2: (9, None), 3: (8, None)}))))
    by_name = {row[0]: row for row in rows}
    assert by_name[NAMES[2]][-2:] == ["", ""]
    assert by_name[NAMES[3]][-2:] == ["未超过", ""]


def test_a_sitting_without_candidates_has_neither_paper() -> None:
    held = sitting(item(matter=Matter.ELECTION))
    assert held.elections is None
    for code in ("ballot", "election_result"):
        with pytest.raises(InputError) as refused:
            printed(code, held)
        assert "没有候选人" in str(refused.value)
