"""The sign-in sheet that is printed before a sitting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from typing import TypeAlias

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

_WIDTHS = (8.0, 15.5, 19.5, 26.0, 13.5)
_ONE_COLUMN = 20
# Rows that go to the last page with what is counted at the door.
_WITH_CLOSING = 2
_ROW_MM = 10.0
_LEAST_BLANK = 4
_BAND_MM = 8.0
_Part: TypeAlias = tuple[str | None, list[tuple[Cell, ...]]]


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
    head = tuple(_head(sitting, what))
    groups = sitting.expected_groups()
    closing = tuple(_closing(sitting, sum(map(len, groups.values()))))
    free = page_height(Layout.FORM) - poured(head, Layout.FORM)
    yield from head
    yield _members_table(sitting, groups, free, poured(closing, Layout.FORM))
    yield from closing


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


def _members_table(
    sitting: Sitting, groups: Mapping[str | None, Sequence[Member]], room: float, closing: float
) -> Table:
    """The people one below the other; many of them in two halves.

    The first page has ``room`` points for them; ``closing`` points follow on the last.
    """
    numbers, many = count(1), len(groups) > 1
    parts = [
        (_band(group) if many else None, [_person(sitting, m, next(numbers), many) for m in own])
        for group, own in groups.items()
    ]
    head = ("序号", "姓名", "职务" if many else "党小组\n或职务", "签到", "备注")
    if next(numbers) - 1 > _ONE_COLUMN:
        return _Halves(row(head * 2, Role.CELL_HEAD, header=True), room).table(parts, closing)
    rows = [row(head, Role.CELL_HEAD, header=True)]
    for band, fields in parts:
        rows += [*([_banded(band, 1)] if band else []), *map(_row, fields)]
    return Table(tuple(rows), _WIDTHS)


def _band(group: str | None) -> str:
    return group or "未登记党小组"


def _banded(words: str, halves: int) -> Row:
    """The name of a party group over the people who follow, on whose page it stays."""
    inside = cell(words, Role.CELL_HEAD, columns=len(_WIDTHS) * halves)
    return Row((inside,), min_height_mm=_BAND_MM, splittable=False, keep_with_next=True)


class _Halves:
    """People in two halves of a page, part by part; ``room`` points are left on the first."""

    def __init__(self, head: Row, room: float) -> None:
        self._rows = [head]
        self._above = self._height(head)
        self._room = room - self._above

    def table(self, parts: Sequence[_Part], closing: float) -> Table:
        """The rows of all parts; the last of them go with ``closing``."""
        for place, (band, fields) in enumerate(parts, 1):
            self._add(band, fields, closing if place == len(parts) else 0.0)
        return Table(tuple(self._rows), _WIDTHS * 2)

    def _add(self, band: str | None, fields: Sequence[tuple[Cell, ...]], closing: float) -> None:
        heights = [self._height(_row(field * 2)) for field in fields]
        taken = 0
        while taken < len(fields):
            banded = [_banded(f"{band}（续）" if taken else band, 2)] if band else []
            room = self._room - sum(map(self._height, banded))
            rows, left = _fitting(heights[taken:], room)
            last = taken + 2 * rows >= len(fields)
            if last and left < closing and rows > _WITH_CLOSING:
                rows -= _WITH_CLOSING
                last = False
            if rows:
                self._rows += [*banded, *_two_in_a_row(fields[taken : taken + 2 * rows])]
            taken += 2 * rows
            self._room = left if last else page_height(Layout.FORM) - self._above

    @staticmethod
    def _height(one: Row) -> float:
        return table_height(Table((one,), _WIDTHS * 2), Layout.FORM)


def _fitting(heights: Sequence[float], room: float) -> tuple[int, float]:
    """How many rows of two halves find room, and how much they leave."""
    for rows in range((len(heights) + 1) // 2, 0, -1):
        halves = zip_longest(heights[:rows], heights[rows : 2 * rows], fillvalue=0.0)
        used = sum(map(max, halves))
        if used <= room:
            return rows, room - used
    return 0, 0.0


def _two_in_a_row(page: Sequence[tuple[Cell, ...]]) -> Iterator[Row]:
    """Numbers run down the left half of a page, then down the right half."""
    empty = tuple(cell("") for _ in _WIDTHS)
    half = (len(page) + 1) // 2
    for n in range(half):
        yield _row(page[n] + (page[half + n] if half + n < len(page) else empty))


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
