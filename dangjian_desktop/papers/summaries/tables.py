"""Tables of a summary: sittings of each kind, absences, what became of the former plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from dangjian_desktop.documents.model import (
    Block,
    Cell,
    Paragraph,
    Role,
    Row,
    Table,
    WriteLines,
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
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.of_attendance import Absence, absences
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.papers.naming import short_words
from dangjian_desktop.papers.summaries.work import period_words, short_day

_NONE = "—"


def attendance_words(facts: Facts, figures: Mapping[str, Figure], period: Period) -> str:
    """到会率 with how it is counted (口径)."""
    rate = figures["attendance.rate"]
    this = period_words(period).this
    text = f"{this}开展组织生活{figures['sessions.held'].text}（联合召开的只计1次），"
    text += f"应到{figures['attendance.expected'].text}，"
    text += f"实到{figures['attendance.present'].text}，到会率{rate.text}。"
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


def kinds_table(
    facts: Facts, figures: Mapping[str, Figure], words: SummaryWords, period: Period
) -> Table:
    """For each kind: how often in the period and in the year so far, how often due, why not."""
    this = period_words(period).this
    columns = ("项目", f"{this}次数", "本年累计", "应开", "未开原因")
    rows = [
        _kind_row(facts, figures, words, period, kind)
        for kind in facts.kinds
        if _shown(figures, kind)
    ]
    total = (
        "合计（联合召开只计1次）",
        str(figures["sessions.held"].value),
        str(figures["year.sessions.held"].value),
        _NONE,
        _NONE,
    )
    return Table(
        (row(columns, Role.CELL_HEAD, header=True), *rows, _middle(total)),
        (2.4, 1.6, 1.6, 1.8, 3.2),
    )


def _shown(figures: Mapping[str, Figure], kind: MeetingKind) -> bool:
    """Kinds with a cadence always; others only where there were any in the year."""
    due = figures[f"due.{kind.code}"].value
    return due != NOTHING_DUE or bool(figures[f"year.{kind.code}.held"].value)


def _kind_row(
    facts: Facts,
    figures: Mapping[str, Figure],
    words: SummaryWords,
    period: Period,
    kind: MeetingKind,
) -> Row:
    return _middle(
        (
            kind.short,
            str(figures[f"{kind.code}.held"].value),
            str(figures[f"year.{kind.code}.held"].value),
            str(figures[f"due.{kind.code}"].value),
            _remark(facts, words, period, kind),
        )
    )


def _remark(facts: Facts, words: SummaryWords, period: Period, kind: MeetingKind) -> str:
    """Which periods lack a sitting, and why: the user's words, else room to write by hand.

    Where a yearly duty and the count by date differ, it says which year each sitting was for.
    """
    state, reason = fulfilment(facts, period, kind), words.reasons.get(kind.code, "")
    parts = _other_years(facts, period, kind)
    if parts and state is not Fulfilment.MET:
        still = "尚未召开" if state is Fulfilment.SHORT else "未到期"
        parts.append(f"{period.year}年度的{still}")
    lacking = gap_words(facts, period, kind)
    if lacking:
        parts.append(f"{lacking}未见记录")
    said = {Fulfilment.MET: _NONE, Fulfilment.OPEN: "未到期", Fulfilment.SHORT: ""}[state]
    return "；".join(filter(None, (*parts, reason))) or said


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


def _middle(texts: Sequence[str]) -> Row:
    """The first and last field from the left, numbers in the middle."""
    last = len(texts) - 1
    fields = (
        cell(text, Role.CELL if n in (0, last) and len(text) > 6 else Role.CELL_CENTER)
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
        yield Paragraph("缺席及补学情况：", keep_with_next=True)
        yield _absence_table(facts, noted) if period.length == 1 else _by_person(noted)
    if unrecorded:
        yield Paragraph(f"另有{unrecorded}人次未登记到会情况。")


def _absence_table(facts: Facts, found: Sequence[Absence]) -> Table:
    head = row(("姓名", "日期", "会议", "缺席原因", "补学情况"), Role.CELL_HEAD, header=True)
    rows = (
        _middle(
            (
                a.name,
                short_day(a.day),
                short_words(facts.kinds.of(a.meeting.kinds)),
                f"{a.state}（{a.reason or '原因待明确'}）",
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
        _middle(
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


def plans_table(plans: Sequence[str], results: Mapping[str, str], former: str) -> Table:
    """Each former plan with what became of it, or a line to write it on."""
    head = row(("序号", f"{former}计划", "完成情况"), Role.CELL_HEAD, header=True)
    rows = (
        Row(
            (
                cell(str(number), Role.CELL_CENTER),
                cell(plan),
                _result(results.get(plan, "")),
            ),
            splittable=False,
        )
        for number, plan in enumerate(plans, 1)
    )
    return Table((head, *rows), (0.8, 5.0, 4.2))


def _result(text: str) -> Cell:
    return cell(text) if text.strip() else Cell((WriteLines(1),))
