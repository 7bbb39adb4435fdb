"""Tables of a summary: sittings of each kind, absences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dangjian_desktop.documents.model import (
    Block,
    Paragraph,
    Role,
    Row,
    Table,
    cell,
    row,
)
from dangjian_desktop.domain.checks.duties import cadence_of
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import MeetingKind
from dangjian_desktop.domain.meetings.meeting import Presence
from dangjian_desktop.domain.summaries.counting import (
    NOTHING_DUE,
    Fulfilment,
    cutoff,
    fulfilment,
    gap_words,
    sittings,
)
from dangjian_desktop.domain.summaries.figure import Figure, Over
from dangjian_desktop.domain.summaries.gathered import name_within
from dangjian_desktop.domain.summaries.of_attendance import Absence, absences
from dangjian_desktop.papers.blanks import UNKNOWN
from dangjian_desktop.papers.naming import short_words
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.papers.summaries.work import period_words, short_day

_NONE = "—"


def attendance_words(facts: Facts, figures: Mapping[str, Figure], period: Period) -> str:
    """到会率 with how it is counted (口径)."""
    rate = figures["attendance.rate"]
    this = period_words(period).this
    text = f"{this}开展组织生活{figures['sessions.held'].text}（联合召开的只计1次），"
    text += f"应到{figures['attendance.expected'].text}，"
    text += f"实到{figures['attendance.present'].text}"
    text += f"，到会率{rate.text}。" if rate.known else "。"
    text += "（口径：各次应到、实到人次分别合计后相除；联合召开的只计1次；支委会不计入"
    if figures["attendance.waived"].value:
        both = figures["attendance.rate_with_waived"].text
        text += f"；不作出勤要求的党员不计入，计入后到会率{both}"
    unrecorded = _without_attendance(facts, period)
    if unrecorded:
        text += f"；{unrecorded}次未登记到会情况，未计入"
    return text + "。）"


def _without_attendance(facts: Facts, period: Period) -> int:
    return sum(
        1
        for m in sittings(facts, period)
        if not m.attendance and any(not c.of_committee for c in facts.headcounts(m))
    )


def last_year_words(sheet: PeriodSheet) -> str:
    """How often and how well attended the same period of last year was, where it is known."""
    if sheet.last_year is None:
        return ""
    held, rate = sheet.last_year["sessions.held"], sheet.last_year["attendance.rate"]
    known = f"，到会率{rate.text}" if rate.known else ""
    return f"上年同期开展组织生活{held.text}{known}。"


def kinds_table(sheet: PeriodSheet) -> Table:
    """For each kind: how often in the period and in the year so far, how often due, why not."""
    head, rows, widths = kinds_rows(sheet)
    heading = row(head, Role.CELL_HEAD, header=True)
    return Table((heading, *(middle_row(texts) for texts in rows)), widths)


def kinds_rows(
    sheet: PeriodSheet, kinds: Iterable[MeetingKind] | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]], tuple[float, ...]]:
    """The same as heading, rows and widths, the sum last; perhaps only of some ``kinds``.

    Of a longer period that begins the year the year so far is the same and left out; the same
    period of last year stands beside it where it is known.
    """
    facts, figures = sheet.facts, sheet.figures
    columns = [(f"{sheet.said.this}次数", 1.9, figures, "")]
    if not (sheet.longer and sheet.period.start == 1):
        columns.append(("本年累计", 1.6, figures, Over.YEAR.prefix))
    if sheet.last_year is not None:
        columns.append(("上年同期", 1.6, sheet.last_year, ""))

    def counts(name: str) -> list[str]:
        return [str(of[f"{prefix}{name}.held"].value) for _, _, of, prefix in columns]

    rows = [
        (
            kind.short,
            *counts(kind.code),
            str(figures[f"due.{kind.code}"].value),
            _remark(sheet, kind),
        )
        for kind in (facts.kinds if kinds is None else kinds)
        if _shown(sheet, kind)
    ]
    rows.append(("合计（联合召开只计1次）", *counts("sessions"), _NONE, _NONE))
    head = ("项目", *(title for title, _, _, _ in columns), "应开", "未开原因")
    return head, rows, (2.4, *(width for _, width, _, _ in columns), 1.8, 3.2)


def _shown(sheet: PeriodSheet, kind: MeetingKind) -> bool:
    """Kinds with a cadence always; others only where there were any."""
    held = [sheet.figures[f"year.{kind.code}.held"].value]
    held += [sheet.last_year[f"{kind.code}.held"].value] if sheet.last_year else []
    return sheet.figures[f"due.{kind.code}"].value != NOTHING_DUE or any(held)


def _remark(sheet: PeriodSheet, kind: MeetingKind) -> str:
    """Which periods lack a sitting, and why: the words of user and months, else room to write.

    Where a yearly duty and the count by date differ, it says which year each sitting was for.
    """
    facts, period = sheet.facts, sheet.period
    state, reasons = fulfilment(facts, period, kind), _reasons(sheet, kind)
    parts = _other_years(facts, period, kind)
    if parts and state is not Fulfilment.MET:
        still = "尚未召开" if state is Fulfilment.SHORT else "未到期"
        parts.append(f"{period.year}年度的{still}")
    lacking = gap_words(facts, period, kind)
    if lacking:
        parts.append(f"{lacking}未见记录")
    said = {Fulfilment.MET: _NONE, Fulfilment.OPEN: "未到期", Fulfilment.SHORT: ""}[state]
    return "；".join((*parts, *reasons)) or said


def _reasons(sheet: PeriodSheet, kind: MeetingKind) -> Iterator[str]:
    """Why none was held: as the user says of the period, then of each of its months."""
    if own := sheet.words.reasons.get(kind.code, ""):
        yield own
    for note in sheet.gathered.reasons(kind.code):
        if note.period is not None and note.text != own:
            yield f"{name_within(note.period, sheet.period)}：{note.text}"


def _other_years(facts: Facts, period: Period, kind: MeetingKind) -> list[str]:
    """Sittings of the year that were for another year, and those for the year held in another."""
    found = []
    yearly = kind.yearly and cadence_of(facts, kind) is not None
    for meeting in facts.held(kind.code) if yearly else ():
        day, year = meeting.date, meeting.year
        if day.year == period.year != year and day <= cutoff(period, facts.today):
            found.append(f"{year}年度的于{short_day(day)}召开")
        if year == period.year != day.year:
            found.append(f"{year}年度的于{day.year}年{short_day(day)}召开")
    return found


def middle_row(texts: Sequence[str], *, read: Sequence[int] | None = None) -> Row:
    """Numbers in the middle; fields that are read (the first and last) from the left if long."""
    asked = (0, len(texts) - 1) if read is None else read
    fields = (
        cell(text, Role.CELL if n in asked and len(text) > 6 else Role.CELL_CENTER)
        for n, text in enumerate(texts)
    )
    return Row(tuple(fields), splittable=False)


def absence_blocks(facts: Facts, period: Period) -> Iterator[Block]:
    """Who was absent, why, and how it was made up for; by person over more than a month."""
    found = [a for a in absences(facts, sittings(facts, period)) if not a.waived]
    noted = [a for a in found if a.state in (Presence.LEAVE.label, Presence.ABSENT.label)]
    unrecorded = len(found) - len(noted)
    if not found:
        return
    if noted:
        if period.length == 1:
            yield Paragraph("缺席及补学情况：", keep_with_next=True)
        yield _absence_table(facts, noted) if period.length == 1 else _by_person(noted)
    if unrecorded:
        yield Paragraph(f"另有{unrecorded}人次未登记到会情况。")


def _absence_table(facts: Facts, found: Sequence[Absence]) -> Table:
    head = row(("姓名", "日期", "会议", "缺席原因", "补学情况"), Role.CELL_HEAD, header=True)
    rows = (
        middle_row(
            (
                a.name,
                short_day(a.day),
                short_words(facts.kinds.of(a.meeting.kinds)),
                f"{a.state}（{a.reason or f'原因{UNKNOWN}'}）",
                a.made_up,
            )
        )
        for a in found
    )
    return Table((head, *rows), (1.5, 1.6, 2.6, 2.9, 2.4))


def _by_person(found: Sequence[Absence]) -> Table:
    head = row(("姓名", "请假（次）", "缺席（次）", "已补学（次）"), Role.CELL_HEAD, header=True)
    people: dict[str, list[Absence]] = {}
    for absence in found:
        people.setdefault(absence.member_id, []).append(absence)
    rows = (
        middle_row(
            (
                entries[0].name,
                str(sum(1 for a in entries if a.state == Presence.LEAVE.label)),
                str(sum(1 for a in entries if a.state == Presence.ABSENT.label)),
                str(sum(1 for a in entries if a.made_up)),
            )
        )
        for entries in people.values()
    )
    return Table((head, *rows), (2.0, 1.6, 1.6, 1.6))
