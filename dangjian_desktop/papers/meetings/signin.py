"""The sign-in sheet that is printed before a sitting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

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

_WIDTHS = (8.0, 15.5, 19.5, 26.0, 13.5)
_ONE_COLUMN = 20
_ROW_MM = 10.0
_LEAST_BLANK = 4
_BAND_MM = 8.0


def compose_signin(sheet: MeetingSheet, _wanted: Wanted) -> Document:
    """Who is expected on the day of the meeting, with room to sign: 书记, 副书记, 委员, 组长 first.

    Of several party groups each stands under its name. More than twenty persons stand two in a
    row. What is counted at the door is left blank.
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
    groups = sitting.expected_groups()
    yield from _head(sitting, what)
    yield _members_table(sitting, groups)
    yield from _closing(sitting, sum(map(len, groups.values())))


def _closing(sitting: Sitting, expected: int) -> Iterator[Block]:
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield _observers_table(sitting)
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    yield from _counts(sitting, expected)


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


def _members_table(sitting: Sitting, groups: Mapping[str | None, Sequence[Member]]) -> Table:
    """The people one below the other; many of them in two halves."""
    numbers, many = count(1), len(groups) > 1
    head = ("序号", "姓名", "职务" if many else "党小组\n或职务", "签到", "备注")
    rows = [row(head, Role.CELL_HEAD, header=True)]
    for group, own in groups.items():
        rows += [_banded(group)] if many else []
        rows += [_row(_person(sitting, member, next(numbers), many)) for member in own]
    return Table(tuple(rows), _WIDTHS, 2 if next(numbers) - 1 > _ONE_COLUMN else 1)


def _banded(group: str | None) -> Row:
    """The name of a party group over the people who follow, on whose page it stays."""
    inside = cell(group or "未登记党小组", Role.CELL_HEAD, columns=len(_WIDTHS))
    return Row((inside,), min_height_mm=_BAND_MM, splittable=False, keep_with_next=True, band=True)


def _person(sitting: Sitting, member: Member, number: int, banded: bool) -> tuple[Cell, ...]:
    """Number, name, posts of the day (or the party group, where no band names it), room to sign."""
    day = sitting.roll.day
    group = member.group_on(day) or "—"
    posts = [p.removeprefix(group).removeprefix("党支部") for p in member.posts_on(day)]
    probationary = member.kind_on(day) is MemberKind.PROBATIONARY
    return (
        cell(str(number), Role.CELL_CENTER),
        cell(member.name, Role.CELL_CENTER),
        cell("\n".join(posts) or ("" if banded else group), Role.CELL_CENTER),
        cell(""),
        cell("预备" if probationary else "", Role.CELL_CENTER),
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


def _counts(sitting: Sitting, expected: int) -> Iterator[Block]:
    blank = "　" * 3
    yield Paragraph(
        f"应到{expected}人，实到{blank}人，请假{blank}人，缺席{blank}人，列席{blank}人。",
        Role.FLUSH,
        keep_with_next=True,
    )
    decides = [found for found in sitting.counts if found.decides]
    if decides:
        voters = len(decides[0].voters)
        text = f"其中有表决权应到{voters}人，实到{blank}人。"
        yield Paragraph(text, Role.FLUSH, keep_with_next=True)
    yield Paragraph("记录人（签字）：", Role.FLUSH)
