"""第一议题学习台账: what was read as 第一议题 in a period, by itself from the minutes."""

from __future__ import annotations

from collections.abc import Iterator

from dangjian_desktop.documents.model import (
    Document,
    Layout,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.checks.first_topic import first_topics
from dangjian_desktop.domain.meetings.meeting import AgendaItem, Meeting
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.items import action_words
from dangjian_desktop.papers.naming import branch_stem, paper_name
from dangjian_desktop.papers.summaries.sheet import PeriodSheet

TITLE = "第一议题学习台账"
_COLUMNS = (
    ("序号", 11.0),
    ("日期", 24.0),
    ("会议", 46.0),
    ("学习篇目", 68.0),
    ("来源", 40.0),
    ("领学人", 20.0),
    ("贯彻措施", 58.0),
)


def compose_first_topics(sheet: PeriodSheet, _wanted: Wanted) -> Document:
    """One line for each item, the oldest first; what the minutes leave open is room to write."""
    head = row([name for name, _ in _COLUMNS], Role.CELL_HEAD, header=True)
    rows = [*_rows(sheet)]
    told = f"截至{sheet.until}，学习第一议题{len(rows)}项。　填表人：{'　' * 4}书记（签字）："
    nothing = "这段时间的会议记录里没有标明第一议题。"
    rows = rows or [Row((cell(nothing, Role.CELL_CENTER, columns=len(_COLUMNS)),))]
    return Document(
        name=paper_name(sheet.branch, TITLE, sheet.period),
        title=f"{sheet.branch.short}{sheet.label}{TITLE}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name) + sheet.label + TITLE, Role.TITLE),
            Paragraph(told, Role.FLUSH),
            Table((head, *rows), tuple(width for _, width in _COLUMNS)),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def _rows(sheet: PeriodSheet) -> Iterator[Row]:
    found = (
        (meeting, item)
        for meeting in sheet.facts.held()
        if meeting.date in sheet.period
        for _number, item in first_topics(meeting)
    )
    for number, (meeting, item) in enumerate(found, 1):
        yield _row(number, meeting, item)


def _row(number: int, meeting: Meeting, item: AgendaItem) -> Row:
    day = meeting.date
    centred = (str(number), f"{day.year}.{day.month}.{day.day}")
    reader = item.reporter.name if item.reporter else UNKNOWN
    actions = "；".join(action_words(action) for action in item.actions)
    return Row(
        (
            *(cell(text, Role.CELL_CENTER) for text in centred),
            cell(meeting.title, Role.CELL),
            cell(item.topic, Role.CELL),
            cell(item.source or UNKNOWN, Role.CELL),
            cell(reader, Role.CELL_CENTER),
            cell(actions, Role.CELL),
        )
    )
