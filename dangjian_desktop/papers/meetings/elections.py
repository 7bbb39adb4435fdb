"""Papers of an election: the 选票 beforehand, and the 选举结果报告单 of the count.

They say votes, never who is elected: 当选由大会宣布.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    PageBreak,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.checks.elections import JudgedRound, judged_rounds
from dangjian_desktop.domain.checks.quorum import Ballot, ballot
from dangjian_desktop.domain.checks.votes import rule_for
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.election import Round, by_votes
from dangjian_desktop.domain.meetings.meeting import Matter
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.sitting import day_words
from dangjian_desktop.papers.naming import full_title, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.ruled_form import band, form_table, line, signature, wide

BALLOT = "选票"
"""Nothing on it may tell one sheet from another."""
_BOX = "□"
_WRITE_INS = 2
_BALLOT_HEAD = ("序号", "姓　　名", "赞成", "不赞成", "弃权")
_BALLOT_WIDTHS = (2.0, 6.0, 3.0, 3.0, 3.0)
_COUNT_HEAD = ("姓名", "赞成", "不赞成", "弃权", "超过应\n到半数", "大会宣布")
_COUNT_COLUMNS = (4, 3, 3, 3, 3, 4)


def compose_ballot(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """One 选票 for each ballot of the sitting: names in order of strokes, boxes, the rule.

    Raises ``InputError`` where no candidates are recorded.
    """
    return _document(sheet, BALLOT, lambda judged: _ballot(sheet, judged.round))


def compose_result(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """What was counted in each ballot, most votes first, with room to announce and to sign.

    Raises ``InputError`` where no candidates are recorded.
    """
    return _document(sheet, "选举结果报告单", lambda judged: _result(sheet, judged))


def _document(
    sheet: MeetingSheet, what: str, blocks_of: Callable[[JudgedRound], Iterator[Block]]
) -> Document:
    meeting = sheet.meeting
    found = [j for j in judged_rounds(sheet.facts, meeting) if j.round.item.candidates]
    if not found:
        remedy = "请在选举的议题中选择事项类别“选举”，并添加候选人。"
        raise InputError(f"这次会议没有候选人，不能打印{what}。", remedy)
    blocks: list[Block] = []
    for judged in found:
        blocks += ([PageBreak()] if blocks else []) + list(blocks_of(judged))
    return Document(
        name=paper_name(sheet.facts.branch, what, meeting.date),
        title=f"{meeting.title}{what}",
        blocks=tuple(blocks),
        layout=Layout.FORM,
        foot="" if what == BALLOT else sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _head(sheet: MeetingSheet, found: Round, what: str) -> Iterator[Block]:
    """Title, what is elected, and which ballot it is where there were several."""
    yield Paragraph(full_title(sheet.facts.branch, what), Role.TITLE)
    number, earlier = 1, found.before
    while earlier is not None:
        number, earlier = number + 1, earlier.before
    several = found.before is not None or found.later
    behind = f"（第{numeral(number)}轮投票）" if several else ""
    yield Paragraph(found.item.topic + behind, Role.CENTER)


def _ballot(sheet: MeetingSheet, found: Round) -> Iterator[Block]:
    yield from _head(sheet, found, BALLOT)
    yield Paragraph(chinese_date(sheet.meeting.date), Role.CENTER)
    names = sheet.by_strokes([candidate.name for candidate in found.item.candidates])
    others = 0 if found.before is not None else min(found.seats or _WRITE_INS, _WRITE_INS)
    rows = [_choice(str(n), name, *(_BOX,) * 3) for n, name in enumerate(names, 1)]
    rows += (_choice("", "", _BOX) for _ in range(others))
    if others:
        rows.insert(-others, _choice("", "另选他人姓名", "赞成", role=Role.CELL_HEAD))
    head = row(_BALLOT_HEAD, Role.CELL_HEAD, header=True)
    yield Table((head, *rows), _BALLOT_WIDTHS)
    for number, rule in enumerate(_rules(sheet, found, others=bool(others)), 1):
        lead = "说明：" if number == 1 else "　　　"
        yield Paragraph(f"{lead}{number}. {rule}", Role.NOTE)
    yield Paragraph("（盖章）　　", Role.CELL_RIGHT)


def _choice(*texts: str, role: Role = Role.CELL_CENTER) -> Row:
    """The last field takes what is left of the row."""
    left = len(_BALLOT_HEAD) - len(texts) + 1
    *fields, last = texts
    cells = (*(cell(text, role) for text in fields), cell(last, role, columns=left))
    return Row(cells, min_height_mm=12.0, splittable=False)


def _rules(sheet: MeetingSheet, found: Round, *, others: bool) -> Iterator[str]:
    seats = "　　" if found.seats is None else str(found.seats)
    yield (f"应选{seats}名。赞成的人数等于或者少于应选名额的，选票有效；多于应选名额的，选票无效。")
    yield f"在姓名后面相应的“{_BOX}”内画“√”，每人只画一处。"
    if others:
        yield "不赞成候选人的，可以另选他人；弃权的，不能另选他人。"
    if sheet.strokes is not None:
        yield "候选人以姓氏笔画为序。"


def _result(sheet: MeetingSheet, judged: JudgedRound) -> Iterator[Block]:
    found, meeting = judged.round, sheet.meeting
    yield from _head(sheet, found, "选举结果报告单")
    rows = [
        wide("会　　议", (Paragraph(meeting.title, Role.CELL),), blank_mm=9.0),
        line(("时间", day_words(meeting), 8), ("地点", meeting.place or "", 8)),
        *_counts(sheet, found),
        *band("得票情况\n（按得票\n多少为序）", _COUNT_HEAD, list(_votes(judged)), _COUNT_COLUMNS),
        signature("监票人\n签　字"),
        signature("计票人\n签　字"),
    ]
    yield form_table(rows)


def _counts(sheet: MeetingSheet, found: Round) -> Iterator[Row]:
    """What is known of 应到, ballots and seats; what is open is left to write."""
    meeting, vote = sheet.meeting, found.item.vote
    of_committee = rule_for(sheet.facts, meeting, found.item) == "Q-BC"
    votes = ballot(sheet.facts, meeting, Matter.ELECTION, of_committee=of_committee)
    eligible, present = _sure(votes, 0), "" if votes.no_attendance else _sure(votes, 1)
    yield line(
        ("应到会有\n选举权", _people(eligible), 8), ("实到会有\n选举权", _people(present), 8)
    )
    seats, candidates = _text(found.seats), str(len(found.item.candidates))
    yield line(("应选名额", _unit(seats, "名"), 8), ("候选人", _unit(candidates, "名"), 8))
    issued, returned, void = (vote.issued, vote.returned, vote.void) if vote else (None,) * 3
    valid = None if returned is None or void is None else returned - void
    yield line(("发出选票", _sheets(issued), 8), ("收回选票", _sheets(returned), 8))
    yield line(("有效票", _sheets(valid), 8), ("无效票", _sheets(void), 8))


def _sure(votes: Ballot, place: int) -> str:
    """应到 or 实到 where the record leaves only one answer."""
    found = {pair[place] for pair in votes.possibilities}
    return str(found.pop()) if len(found) == 1 and not votes.blocked else ""


def _text(number: int | None) -> str:
    return "" if number is None else str(number)


def _unit(number: str, unit: str) -> str:
    return f"{number}{unit}" if number else ""


def _people(number: str) -> str:
    return _unit(number, "人")


def _sheets(number: int | None) -> str:
    return _unit(_text(number), "张")


def _votes(judged: JudgedRound) -> Iterator[tuple[str, ...]]:
    known = {candidate.name: judgement.verdict for candidate, judgement in judged.judged}
    words = {Verdict.OK: "超过", Verdict.VIOLATION: "未超过"}
    for candidate in by_votes(judged.round.item.candidates):
        counts = (candidate.yes, candidate.no, candidate.abstain)
        announced = {True: "当选", False: "未当选", None: ""}[candidate.elected]
        reached = words.get(known[candidate.name], "")
        yield (candidate.name, *map(_text, counts), reached, announced)
