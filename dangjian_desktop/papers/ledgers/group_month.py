"""党小组月度工作表: what a group did in a month on one page, from minutes and ledgers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from datetime import date

from dangjian_desktop.documents.model import (
    Block,
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.field_texts import Titles
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.items.item import Item
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.ledgers.words import short_text
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.ledgers.sheet import sign_line
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.numerals import numeral
from dangjian_desktop.papers.stamp import Stamp

TITLE = "月度工作表"
_MEETINGS = (("日期", 20.0), ("会议", 44.0), ("到会", 20.0), ("议题和决议", 72.0))
_TASKS = (("事项", 88.0), ("责任人", 24.0), ("完成时限", 26.0), ("逾期", 18.0))
_WIDE = (FieldType.TEXT, FieldType.LONG_TEXT)
_MOST = 6
_NARROW_WEIGHT, _WIDE_WEIGHT = 2.0, 5.0
_BLANK_MM = 8.0


@dataclass(frozen=True, slots=True)
class GroupSitting:
    """A sitting of the group, with how many were there of how many."""

    meeting: Meeting
    present: int | None = None
    expected: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSheet:
    """A ``group`` in a month: its ``leaders``, how many members at its end, its sittings, and of
    each ledger that goes by groups the rows of the month."""

    branch: Branch
    stamp: Stamp
    group: str
    period: Period
    leaders: tuple[str, ...] = ()
    members: int = 0
    sittings: Sequence[GroupSitting] = ()
    ledgers: Sequence[tuple[Ledger, Sequence[LedgerRow]]] = ()
    titles: Titles = field(default_factory=dict)
    tasks: Sequence[Item] = ()
    """Tasks of its members that were not closed at the end of the month, or on the ``day`` while
    it runs."""
    day: date | None = None

    @property
    def told_on(self) -> date:
        """The day as of which its tasks stand."""
        return self.period.last if self.day is None else min(self.day, self.period.last)

    @property
    def when(self) -> str:
        """月末, or while the month runs 截至3月15日."""
        day = self.told_on
        return "月末" if day == self.period.last else f"截至{day.month}月{day.day}日"

    @property
    def tasks_by_day(self) -> Sequence[Item]:
        """The tasks by the day that they are due, those without one last."""
        return sorted(self.tasks, key=lambda task: (task.due is None, task.due or date.max))


def compose_group_month(sheet: GroupSheet, _wanted: Wanted) -> Document:
    """Sittings and ledgers one under the other; what is not recorded is room to write."""
    what = f"{sheet.group}{TITLE}"
    leaders = "、".join(sheet.leaders) or UNKNOWN
    about = f"党小组：{sheet.group}　　组长：{leaders}　　{sheet.when}党员：{sheet.members}人"
    return Document(
        name=paper_name(sheet.branch, what, sheet.period),
        title=f"{sheet.branch.short}{sheet.period.label}{what}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name), Role.SUBTITLE),
            Paragraph(f"{sheet.period.label}党小组{TITLE}", Role.TITLE),
            Paragraph(about, Role.FLUSH, keep_with_next=True),
            *_parts(sheet),
            *sign_line(("党小组组长", "支部书记")),
        ),
        layout=Layout.FORM,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _parts(sheet: GroupSheet) -> Iterator[Block]:
    yield from _part(1, "党小组会", len(sheet.sittings))
    head = row([name for name, _ in _MEETINGS], Role.CELL_HEAD, header=True)
    lines = [_sitting(each) for each in sheet.sittings] or [_blank(len(_MEETINGS))]
    yield Table((head, *lines), tuple(width for _, width in _MEETINGS))
    for number, (ledger, rows) in enumerate(sheet.ledgers, 2):
        yield from _part(number, ledger.title, len(rows))
        yield _table(ledger, rows, sheet.titles)
    yield from _part(len(sheet.ledgers) + 2, f"{sheet.when}未销号的任务", len(sheet.tasks))
    yield _tasks(sheet)


def _tasks(sheet: GroupSheet) -> Table:
    end = sheet.told_on
    head = row([name for name, _ in _TASKS], Role.CELL_HEAD, header=True)
    lines = [
        Row(
            (
                cell(task.content, Role.CELL),
                cell(task.responsible.name if task.responsible else UNKNOWN, Role.CELL_CENTER),
                cell(_due(task.due), Role.CELL_CENTER),
                cell("逾期" if task.due and task.due < end else "", Role.CELL_CENTER),
            )
        )
        for task in sheet.tasks_by_day
    ] or [_blank(len(_TASKS))]
    return Table((head, *lines), tuple(width for _, width in _TASKS))


def _due(day: date | None) -> str:
    return UNKNOWN if day is None else f"{day.year}.{day.month}.{day.day}"


def _part(number: int, title: str, count: int) -> Iterator[Block]:
    words = f"{numeral(number)}、{title}（{count}条）"
    yield Paragraph(words, Role.FLUSH, keep_with_next=True)


def _sitting(each: GroupSitting) -> Row:
    meeting = each.meeting
    day = f"{meeting.date.month}.{meeting.date.day}"
    there = UNKNOWN if each.present is None else f"{each.present}/{each.expected}"
    told = "；".join(
        f"{item.topic}：{item.resolution}" if item.resolution else item.topic
        for item in meeting.agenda
        if item.topic
    )
    return Row(
        (
            cell(day, Role.CELL_CENTER),
            cell(meeting.title, Role.CELL),
            cell(there, Role.CELL_CENTER),
            cell(told, Role.CELL),
        )
    )


def _table(ledger: Ledger, rows: Sequence[LedgerRow], titles: Titles) -> Table:
    fields = shown_of_group(ledger)
    head = row([asked.title for asked in fields], Role.CELL_HEAD, header=True)
    lines = [
        Row(
            tuple(
                cell(short_text(asked, each.value(asked.name), titles), _role(asked))
                for asked in fields
            )
        )
        for each in rows
    ] or [_blank(len(fields))]
    weights = (_WIDE_WEIGHT if asked.type in _WIDE else _NARROW_WEIGHT for asked in fields)
    return Table((head, *lines), tuple(weights))


def shown_of_group(ledger: Ledger) -> tuple[Field, ...]:
    """The listed fields beside group and month, which stand above."""
    named = (ledger.named(name) for name in ledger.listed if name != ledger.day)
    found = [f for f in named if f and f.type is not FieldType.GROUP and not f.masked]
    return tuple(found[:_MOST])


def _role(asked: Field) -> Role:
    return Role.CELL if asked.type in _WIDE else Role.CELL_CENTER


def _blank(columns: int) -> Row:
    return Row(tuple(cell("") for _ in range(columns)), min_height_mm=_BLANK_MM)
