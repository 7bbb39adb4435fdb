"""出勤情况表: who was due, there, on leave and absent in a period, on A4 laid across."""

from __future__ import annotations

from collections.abc import Sequence

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
from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.meetings.meeting import Presence
from dangjian_desktop.domain.summaries.by_person import PersonTurnout, Stood
from dangjian_desktop.domain.summaries.of_attendance import UNRECORDED
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.naming import branch_stem
from dangjian_desktop.papers.stamp import Stamp

COUNTS = (Presence.LEAVE.label, Presence.ABSENT.label, UNRECORDED)
_WIDTHS = (10.0, 24.0, 30.0, 16.0, 16.0, 16.0, 16.0, 16.0, 103.0)


@dataclass(frozen=True, slots=True)
class AttendanceSheet:
    """What the table tells: ``about`` names its period and kind, ``narrowed`` who was left out."""

    branch: Branch
    stamp: Stamp
    about: str
    narrowed: str
    people: Sequence[PersonTurnout]


def compose_attendance(sheet: AttendanceSheet) -> Document:
    """One line for each person; the days of leave and absence behind the counts."""
    head = row(
        ("序号", "姓名", "党小组", "应到", "实到", *COUNTS, "请假、缺席的日期"),
        Role.CELL_HEAD,
        header=True,
    )
    lines = [_line(number, person) for number, person in enumerate(sheet.people, 1)]
    title = "组织生活出勤情况表"
    nobody = (Paragraph("没有符合条件的人员。", Role.FLUSH),) if not lines else ()
    return Document(
        name=f"{title}（{sheet.about}）",
        title=f"{sheet.branch.name}{title}",
        blocks=(
            Paragraph(branch_stem(sheet.branch.name) + title, Role.TITLE),
            Paragraph(f"{sheet.about}{sheet.narrowed}。{_sums(sheet.people)}", Role.FLUSH),
            *((Table((head, *lines), _WIDTHS),) if lines else nobody),
        ),
        layout=Layout.LANDSCAPE,
        foot=sheet.stamp.foot,
        mark=sheet.stamp.mark,
    )


def days_away(person: PersonTurnout) -> str:
    """请假 3月10日（出差）、4月2日；缺席 5月6日."""
    parts = []
    for state in COUNTS:
        days = [_day(each) for each in person.stood if each.due and each.state == state]
        if days:
            parts.append(f"{state} {'、'.join(days)}")
    return "；".join(parts)


def _day(stood: Stood) -> str:
    day = stood.meeting.date
    return f"{day.month}月{day.day}日" + (f"（{stood.reason}）" if stood.reason else "")


def _sums(people: Sequence[PersonTurnout]) -> str:
    due, present = sum(p.due for p in people), sum(p.present for p in people)
    counted = "，".join(f"{state}{sum(p.count(state) for p in people)}人次" for state in COUNTS)
    return f"共{len(people)}人，应到{due}人次，实到{present}人次，{counted}。"


def _line(number: int, person: PersonTurnout) -> Row:
    counts = (person.due, person.present, *(person.count(state) for state in COUNTS))
    told = (str(number), person.member.name, person.group, *map(str, counts))
    cells = (*(cell(text, Role.CELL_CENTER) for text in told), cell(days_away(person), Role.CELL))
    return Row(cells, splittable=False)
