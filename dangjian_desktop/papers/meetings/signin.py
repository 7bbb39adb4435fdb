"""The sign-in sheet that is printed before a sitting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.meetings.sitting import UNKNOWN, Sitting, day_words, padded
from dangjian_desktop.papers.naming import full_title, kinds_words, names_of, paper_name

_HEAD = ("序号", "姓名", "党小组\n或职务", "签到", "备注")
_WIDTHS = (9.0, 17.0, 25.0, 19.0, 12.5)
_ONE_COLUMN = 20
_ROWS_A_PAGE = 18
_ROW_MM = 8.5
_LEAST_BLANK = 4
_LEADER = "组长"


def compose_signin(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """Who is expected on the day of the meeting, by party group and pinyin, with room to sign.

    More than twenty persons stand two in a row. What is counted at the door is left blank.
    """
    sitting, meeting = sheet.sitting, sheet.meeting
    what = f"{kinds_words(sitting.kinds)}签到表"
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
    meeting = sitting.meeting
    yield Paragraph(full_title(sitting.branch, what), Role.TITLE)
    if meeting.title:
        yield Paragraph(meeting.title, Role.FLUSH, "会议名称：")
    if meeting.group:
        yield Paragraph(meeting.group, Role.FLUSH, f"{padded('党小组')}：")
    yield Paragraph(day_words(meeting), Role.FLUSH, f"{padded('时间')}：")
    yield Paragraph(meeting.place or UNKNOWN, Role.FLUSH, f"{padded('地点')}：")
    yield Paragraph("", Role.BLANK_LINE)
    members = sitting.expected_members()
    yield _members_table(sitting, members)
    yield Paragraph("", Role.BLANK_LINE)
    yield _observers_table(sitting)
    yield Paragraph("", Role.BLANK_LINE)
    yield from _counts(sitting, members)


def _members_table(sitting: Sitting, members: Sequence[Member]) -> Table:
    fields = [_person(sitting, member, n) for n, member in enumerate(members, 1)]
    if len(fields) <= _ONE_COLUMN:
        head = row(_HEAD, Role.CELL_HEAD, header=True)
        return Table((head, *(_row(field) for field in fields)), _WIDTHS)
    head = row(_HEAD * 2, Role.CELL_HEAD, header=True)
    return Table((head, *_two_in_a_row(fields)), _WIDTHS * 2)


def _two_in_a_row(fields: Sequence[tuple[Cell, ...]]) -> Iterator[Row]:
    """Numbers run down the left half of a page, then down the right half."""
    empty = tuple(cell("") for _ in _HEAD)
    for start in range(0, len(fields), 2 * _ROWS_A_PAGE):
        page = fields[start : start + 2 * _ROWS_A_PAGE]
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
    return Table((head, *rows), (1.3, 2.6, 2.0, 0.9))


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
