"""Minutes in the layout of an official document (公文): head, items under 一、二、, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dangjian_desktop.documents.model import (
    Block,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
    cell,
    row,
)
from dangjian_desktop.domain.meetings.meeting import AgendaItem
from dangjian_desktop.papers.blanks import DAY_BLANK, UNKNOWN
from dangjian_desktop.papers.meetings.details import Detail, Grid, absence_grid, details_of
from dangjian_desktop.papers.meetings.items import (
    action_words,
    expected_words,
    topic_words,
    votes_by_ballot,
)
from dangjian_desktop.papers.meetings.sitting import (
    Sitting,
    absence_words,
    day_words,
    excluded_words,
    late_words,
    members_words,
    number_words,
    numbered,
    observers_words,
    padded,
    stated_words,
    turnout_words,
    voters_words,
)
from dangjian_desktop.papers.meetings.votes import candidate_columns, resolution, vote_words
from dangjian_desktop.papers.naming import agenda_title, full_title, record_title
from dangjian_desktop.papers.numerals import numeral


def official_blocks(sitting: Sitting) -> Iterator[Block]:
    """Minutes of a sitting that was held."""
    meeting = sitting.meeting
    details = [d for d in details_of(sitting) if d.given or d.required]
    yield from _title(sitting, record_title(sitting.kinds, meeting.group))
    yield from _head(sitting)
    yield from _attendance(sitting)
    yield from _short(details)
    yield from _topics(sitting)
    yield from _long(d for d in details if not d.behind)
    for number, item in enumerate(meeting.agenda, 1):
        yield from _item(sitting, item, number)
    yield from _long(d for d in details if d.behind)
    yield from _actions(sitting)
    yield from _led("主持人小结：", (meeting.closing or "").split("\n"))
    if meeting.end is None:
        yield Paragraph(UNKNOWN, Role.LABELLED, "散会时间：", keep_with_next=True)
    yield from _signatures(sitting)


def official_agenda(sitting: Sitting) -> Iterator[Block]:
    """The agenda of a planned sitting: no counts, nothing to sign."""
    meeting = sitting.meeting
    details = [d for d in details_of(sitting) if d.given]
    yield from _title(sitting, agenda_title(sitting.kinds, meeting.group))
    yield from _head(sitting)
    yield from _labelled("参加人员", expected_words(sitting))
    if meeting.observers:
        yield from _labelled("列席人员", observers_words(sitting))
    yield from _short(details)
    yield from _topics(sitting)
    yield from _long(details)
    for number, item in enumerate(meeting.agenda, 1):
        if item.content:
            yield Paragraph(f"{numeral(number)}、{topic_words(item)}", Role.HEADING1)
            yield from (Paragraph(text) for text in item.content)
    yield from _actions(sitting)


def _title(sitting: Sitting, title: str) -> Iterator[Block]:
    meeting = sitting.meeting
    yield Paragraph(full_title(sitting.branch, title), Role.TITLE)
    number = number_words(meeting) if meeting.held else ""
    if number:
        yield Paragraph(f"（{number}）", Role.SUBTITLE)
    if late := late_words(meeting):
        yield Paragraph(late, Role.SUBTITLE)
    yield Paragraph("", Role.BLANK_LINE)


def _labelled(label: str, texts: str | Sequence[str]) -> Iterator[Paragraph]:
    """A label with its value; further lines of the value stand under the first."""
    lead = f"{padded(label)}：{'　' * max(0, 4 - len(padded(label)))}"
    for text in (texts,) if isinstance(texts, str) else texts:
        yield Paragraph(text, Role.LABELLED, lead)
        lead = "　" * len(lead)


def _head(sitting: Sitting) -> Iterator[Block]:
    meeting = sitting.meeting
    if meeting.title:
        yield from _labelled("会议名称", meeting.title)
    if meeting.for_year is not None:
        yield from _labelled("所属年度", f"{meeting.for_year}年度")
    if meeting.group:
        leaders = "、".join(m.name for m in sitting.group_leaders) or UNKNOWN
        yield from _labelled("党小组", f"{meeting.group}（组长：{leaders}）")
    yield from _labelled("时间", day_words(meeting))
    yield from _labelled("地点", meeting.place or UNKNOWN)
    yield from _labelled("主持人", sitting.host())
    yield from _labelled("记录人", sitting.with_post(meeting.recorder))


def _attendance(sitting: Sitting) -> Iterator[Block]:
    yield from _labelled("党员总数", members_words(sitting))
    yield from _labelled("应到实到", turnout_words(sitting))
    yield from _labelled("有表决权", voters_words(sitting))
    if stated := stated_words(sitting):
        yield from _labelled("人数核对", stated)
    yield from _absences(sitting)
    yield from _labelled("不计应到", excluded_words(sitting))
    yield from _labelled("列席人员", observers_words(sitting))


def _absences(sitting: Sitting) -> Iterator[Block]:
    """A line for each; of many a table, from which their number is never parted."""
    *lines, last = _labelled("缺席情况", absence_words(sitting))
    yield from lines
    many = absence_grid(sitting)
    yield replace(last, keep_with_next=many is not None)
    if many is not None:
        yield _table(many)


def _short(details: Iterable[Detail]) -> Iterator[Block]:
    for detail in details:
        if not detail.long:
            yield from _labelled(detail.label, detail.line)


def _topics(sitting: Sitting) -> Iterator[Block]:
    topics = [topic_words(item) for item in sitting.meeting.agenda]
    yield from _labelled("议题", numbered(topics))


def _long(details: Iterable[Detail]) -> Iterator[Block]:
    for detail in details:
        if not detail.long:
            continue
        if detail.grid is not None:
            yield Paragraph("", lead=f"{detail.label}：", keep_with_next=True)
            yield _table(detail.grid)
        else:
            yield from _led(f"{detail.label}：", detail.texts)


def _led(lead: str, texts: Iterable[str]) -> Iterator[Paragraph]:
    """Paragraphs of which the first carries the label."""
    for text in texts:
        if text.strip():
            yield Paragraph(text, lead=lead)
            lead = ""


def _item(sitting: Sitting, item: AgendaItem, number: int) -> Iterator[Block]:
    yield Paragraph(f"{numeral(number)}、{topic_words(item)}", Role.HEADING1)
    yield from (Paragraph(text) for text in item.content)
    if item.speeches:
        yield Paragraph("", lead="讨论发言：", keep_with_next=True)
    for speech in item.speeches:
        yield from _led(f"{speech.speaker.name}：", speech.text.split("\n"))
    if words := vote_words(sitting, item):
        yield Paragraph(words, lead="表决：")
    if item.candidates:
        head, rows = candidate_columns(item)
        yield Paragraph("", lead="候选人得票：", keep_with_next=True)
        yield _table(Grid(head, rows, (1.6, *(1.0 for _ in head[2:]), 1.2)))
    yield from _resolution(sitting, item)


def _resolution(sitting: Sitting, item: AgendaItem) -> Iterator[Block]:
    found = resolution(sitting, item)
    yield from _led("决议：", found.texts)
    if found.lines:
        yield Paragraph(found.note, lead="决议：", keep_with_next=True)
        yield WriteLines(found.lines)
    elif found.note:
        yield Paragraph(found.note)


def _actions(sitting: Sitting) -> Iterator[Block]:
    actions = [a for item in sitting.meeting.agenda for a in item.actions]
    if not actions:
        return
    yield Paragraph("", lead="议定事项：", keep_with_next=True)
    yield from (Paragraph(text) for text in numbered([action_words(a) for a in actions]))


def _signatures(sitting: Sitting) -> Iterator[Block]:
    yield Paragraph("", Role.BLANK_LINE, keep_with_next=True)
    for signers, names in sitting.signers.items():
        yield Paragraph(f"{signers}（签字）：", keep_with_next=True)
        if not names:
            yield WriteLines(1, keep_with_next=True)
        for name in names:
            yield Paragraph(f"{name}：", keep_with_next=True)
    if votes_by_ballot(sitting):
        yield Paragraph(_signed_by("监票人", "计票人"), keep_with_next=True)
    yield Paragraph(_signed_by("主持人", "记录人"), keep_with_next=True)
    yield Paragraph(DAY_BLANK, Role.DATE_LINE)


def _signed_by(first: str, second: str) -> str:
    return f"{first}（签字）：{'　' * 6}{second}（签字）："


def _table(grid: Grid) -> Table:
    """A ruled table with a repeated heading; short fields stand in the middle."""
    longest = [max(len(r[n]) for r in (grid.head, *grid.rows)) for n in range(len(grid.head))]
    rows = (
        Row(
            tuple(
                cell(text, Role.CELL_CENTER if longest[n] <= 6 else Role.CELL)
                for n, text in enumerate(texts)
            ),
            splittable=False,
        )
        for texts in grid.rows
    )
    return Table((row(grid.head, Role.CELL_HEAD, header=True), *rows), grid.weights)
