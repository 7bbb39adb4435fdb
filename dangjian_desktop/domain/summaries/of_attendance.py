"""Attendance over several sittings: sums over sums, never a mean of rates.

口径: a joint sitting counts once, a sitting of the committee alone does not count, members of
whom no attendance is demanded are left out (《党员教育管理工作条例》第二十三条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over

NO_RATE = "无法计算"


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who should have been at one sitting and who was; ``waived`` members are among neither."""

    meeting: Meeting
    expected: frozenset[str]
    present: frozenset[str]
    waived: frozenset[str]
    waived_present: frozenset[str]


@dataclass(frozen=True, slots=True)
class Absence:
    """One member who was not at one sitting; ``waived`` if attendance was not demanded."""

    meeting: Meeting
    member_id: str
    name: str
    day: date
    state: str
    reason: str
    made_up: str
    waived: bool


def turnout(facts: Facts, meeting: Meeting) -> Turnout | None:
    """The attendance of one sitting; nothing for the committee's own or where none is recorded."""
    counts = [c for c in facts.headcounts(meeting) if not c.of_committee]
    if not counts or not meeting.attendance:
        return None
    roll = facts.roll(meeting.date)
    everyone = frozenset[str]().union(
        *(c.voters if c.called is Expected.VOTERS else c.expected for c in counts)
    )
    waived = frozenset(i for i in everyone if roll.by_id[i].waived_on(meeting.date))
    there = meeting.present_ids() & everyone
    return Turnout(meeting, everyone - waived, there - waived, waived, there & waived)


def turnouts(facts: Facts, meetings: Iterable[Meeting]) -> tuple[Turnout, ...]:
    """The attendance of each sitting that counts."""
    return tuple(found for m in meetings if (found := turnout(facts, m)) is not None)


def rate(present: int, expected: int) -> str:
    """A percentage with one decimal, rounded half up, as text; ``NO_RATE`` without expected."""
    if not expected:
        return NO_RATE
    tenths = (present * 2000 + expected) // (2 * expected)
    return f"{tenths // 10}.{tenths % 10}"


def attendance_figures(found: Sequence[Turnout], over: Over = Over.PERIOD) -> dict[str, Figure]:
    """``attendance.*``: person-times due and there, the rate without and with waived members."""
    expected = sum(len(t.expected) for t in found)
    present = sum(len(t.present) for t in found)
    waived = sum(len(t.waived) for t in found)
    waived_present = sum(len(t.waived_present) for t in found)
    records = tuple(t.meeting.id for t in found)
    both = rate(present + waived_present, expected + waived)
    counted: tuple[tuple[str, str | int, str, str], ...] = (
        ("expected", expected, "应到", "人次"),
        ("present", present, "实到", "人次"),
        ("rate", rate(present, expected), "到会率", "%"),
        ("rate_with_waived", both, "到会率（含不作要求的党员）", "%"),
        ("waived", waived, "不作要求", "人次"),
    )
    return {
        f"{over.prefix}attendance.{name}": Figure(
            value=value,
            records=records,
            label=label,
            unit=unit,
            group=Group.ATTENDANCE,
            over=over,
        )
        for name, value, label, unit in counted
    }


def absences(facts: Facts, meetings: Iterable[Meeting]) -> Iterator[Absence]:
    """Who was not there, sitting by sitting: leave, absence, and who is not recorded at all."""
    for found in turnouts(facts, meetings):
        roll = facts.roll(found.meeting.date)
        there = found.meeting.present_ids()
        noted = {a.person.member_id: a for a in found.meeting.attendance}
        for member in roll.members:
            expected = member.id in found.expected or member.id in found.waived
            if not expected or member.id in there:
                continue
            note = noted.get(member.id)
            state = note.presence.label if note else "未登记"
            leave = note is not None and note.presence is Presence.LEAVE
            yield Absence(
                meeting=found.meeting,
                member_id=member.id,
                name=member.name,
                day=found.meeting.date,
                state=state,
                reason=(note.reason or "") if note else "",
                made_up=(note.made_up or "") if note else "",
                waived=member.id in found.waived and not leave,
            )
