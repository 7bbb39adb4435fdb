"""The sign-in sheet that is printed before a sitting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from dangjian_desktop.documents.measuring import page_height, poured, table_height
from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.members.member import Member, MemberKind
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.sitting import Sitting, day_words, padded
from dangjian_desktop.papers.naming import (
    full_title,
    kinds_words,
    names_of,
    paper_name,
    sitting_words,
)

_HEAD = ("序号", "姓名", "党小组\n或职务", "签到", "备注")
_WIDTHS = (8.0, 15.5, 19.5, 26.0, 13.5)
_ONE_COLUMN = 20
# Rows that go to the last page with what is counted at the door.
_WITH_CLOSING = 2
_ROW_MM = 10.0
_LEAST_BLANK = 4
_LEADER = "组长"


def compose_signin(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """Who is expected on the day of the meeting, by party group and pinyin, with room to sign.

    More than twenty persons stand two in a row. What is counted at the door is left blank.
    """
    sitting, meeting = sheet.sitting, sheet.meeting
    what = f"{sitting_words(sitting.kinds, meeting.group)}签到表"
    return Document(
        name=paper_name(sheet.facts.branch, what, meeting.date),
        title=f"{meeting.title or kinds_words(sitting.kinds)}签到表",
        blocks=tuple(_blocks(sitting, what)),
        layout=Layout.FORM,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
        names=names_of(sheet.facts.members),
    )


def _blocks(sitting: Sitting, what: str) -> Iterator[Block]:
    head = tuple(_head(sitting, what))
    members = sitting.expected_members()
    closing = tuple(_closing(sitting, members))
    free = page_height(Layout.FORM) - poured(head, Layout.FORM)
    yield from head
    yield _members_table(sitting, members, free, poured(closing, Layout.FORM))
    yield from closing


def _closing(sitting: Sitting, members: Sequence[Member]) -> Iterator[Block]:
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield _observers_table(sitting)
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield from _counts(sitting, members)


def _head(sitting: Sitting, what: str) -> Iterator[Block]:
    meeting = sitting.meeting
    yield Paragraph(full_title(sitting.branch, what), Role.TITLE)
    if meeting.title:
        yield Paragraph(meeting.title, Role.FLUSH, "会议名称：")
    if meeting.group:
        yield Paragraph(meeting.group, Role.FLUSH, f"{padded('党小组')}：")
    yield Paragraph(day_words(meeting), Role.FLUSH, f"{padded('时间')}：")
    yield Paragraph(meeting.place or UNKNOWN, Role.FLUSH, f"{padded('地点')}：")
    yield Paragraph("", Role.BLANK_LINE)


def _members_table(
    sitting: Sitting, members: Sequence[Member], room: float, closing: float
) -> Table:
    """The people one below the other; many of them in two halves.

    The first page has ``room`` points for them; ``closing`` points follow on the last.
    """
    fields = [_person(sitting, member, n) for n, member in enumerate(members, 1)]
    if len(fields) <= _ONE_COLUMN:
        head = row(_HEAD, Role.CELL_HEAD, header=True)
        return Table((head, *(_row(field) for field in fields)), _WIDTHS)
    head, widths = row(_HEAD * 2, Role.CELL_HEAD, header=True), _WIDTHS * 2
    heights = [table_height(Table((_row(f * 2),), widths), Layout.FORM) for f in fields]
    above = table_height(Table((head,), widths), Layout.FORM)
    rows, taken = [head], 0
    while taken < len(fields):
        count, free = _fitting(heights[taken:], room - above)
        if taken + 2 * count >= len(fields) and free < closing and count > _WITH_CLOSING:
            count -= _WITH_CLOSING
        rows += _two_in_a_row(fields[taken : taken + 2 * count])
        taken, room = taken + 2 * count, page_height(Layout.FORM)
    return Table(tuple(rows), widths)


def _fitting(heights: Sequence[float], room: float) -> tuple[int, float]:
    """How many rows of two halves find room, and how much they leave."""
    for count in range((len(heights) + 1) // 2, 1, -1):
        halves = zip_longest(heights[:count], heights[count : 2 * count], fillvalue=0.0)
        used = sum(map(max, halves))
        if used <= room:
            return count, room - used
    return 1, 0.0


def _two_in_a_row(page: Sequence[tuple[Cell, ...]]) -> Iterator[Row]:
    """Numbers run down the left half of a page, then down the right half."""
    empty = tuple(cell("") for _ in _HEAD)
    half = (len(page) + 1) // 2
    for n in range(half):
        yield _row(page[n] + (page[half + n] if half + n < len(page) else empty))


def _person(sitting: Sitting, member: Member, number: int) -> tuple[Cell, ...]:
    day = sitting.roll.day
    group = member.group_on(day) or "—"
    posts = [p.removeprefix(group).removeprefix("党支部") for p in member.posts_on(day)]
    probationary = member.kind_on(day) is MemberKind.PROBATIONARY
    return (
        cell(str(number), Role.CELL_CENTER),
        cell(member.name, Role.CELL_CENTER),
        cell("\n".join(p for p in posts if p != _LEADER) or group, Role.CELL_CENTER),
        cell(""),
        cell("预备" if probationary else _LEADER if _LEADER in posts else "", Role.CELL_CENTER),
    )


def _row(cells: tuple[Cell, ...]) -> Row:
    return Row(cells, min_height_mm=_ROW_MM, splittable=False)


def _observers_table(sitting: Sitting) -> Table:
    """Those who sit in, as far as they are known, and blank rows for others."""
    known = [(o.name, o.role or "") for o in sitting.meeting.observers]
    blank = max(2, _LEAST_BLANK - len(known))
    rows = (
        _row(
            (
                cell(name, Role.CELL_CENTER),
                cell(role),
                cell(""),
                cell(""),
            )
        )
        for name, role in [*known, *[("", "")] * blank]
    )
    head = row(("列席人员", "单位、职务", "签到", "备注"), Role.CELL_HEAD, header=True)
    held = (replace(each, keep_with_next=True) for each in (head, *rows))
    return Table(tuple(held), (1.3, 2.6, 2.0, 0.9))


def _counts(sitting: Sitting, members: Sequence[Member]) -> Iterator[Block]:
    blank = "　" * 3
    yield Paragraph(
        f"应到{len(members)}人，实到{blank}人，请假{blank}人，缺席{blank}人，列席{blank}人。",
        Role.FLUSH,
        keep_with_next=True,
    )
    decides = [count for count in sitting.counts if count.decides]
    if decides:
        voters = len(decides[0].voters)
        text = f"其中有表决权应到{voters}人，实到{blank}人。"
        yield Paragraph(text, Role.FLUSH, keep_with_next=True)
    yield Paragraph("记录人（签字）：", Role.FLUSH)
