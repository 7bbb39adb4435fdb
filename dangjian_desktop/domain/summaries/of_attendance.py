"""Attendance over several sittings: sums over sums, never a mean of rates.

口径: a joint sitting counts once, a sitting of the committee alone does not count, members of
whom no attendance is demanded are left out (《党员教育管理工作条例》第二十三条).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.meetings.kinds import Expected
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence
from dangjian_desktop.domain.summaries.figure import NO_RATE, Figure, Group, Over
from dangjian_desktop.frozen import dataclass

UNRECORDED = "未登记"
"""The state of one of whom nothing is recorded: neither there nor absent."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Who should have been at one sitting and who was; ``waived`` members are among neither.

    Of an activity of several ``sittings`` everybody is counted once, at the last of them.
    """

    sittings: tuple[Meeting, ...]
    expected: frozenset[str]
    present: frozenset[str]
    waived: frozenset[str]
    waived_present: frozenset[str]

    @property
    def meeting(self) -> Meeting:
        """The sitting, the last of several."""
        return self.sittings[-1]


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


def turnout(facts: Facts, *sittings: Meeting) -> Turnout | None:
    """The attendance of one sitting, or over several of one activity.

    Nothing for the committee's own or where none is recorded.
    """
    recorded = tuple(
        meeting for meeting in sittings if meeting.attendance and _whole(facts, meeting)
    )
    everyone = frozenset[str]().union(*(_whole(facts, meeting) for meeting in recorded))
    if not recorded:
        return None
    waived = frozenset[str]().union(*(_waived(facts, meeting) for meeting in recorded)) & everyone
    there = frozenset[str]().union(*(meeting.present_ids() for meeting in recorded)) & everyone
    return Turnout(recorded, everyone - waived, there - waived, waived, there & waived)


def _whole(facts: Facts, meeting: Meeting) -> frozenset[str]:
    """Everybody called, but by the committee alone."""
    counts = [c for c in facts.headcounts(meeting) if not c.of_committee]
    return frozenset[str]().union(
        *(c.voters if c.called is Expected.VOTERS else c.expected for c in counts)
    )


def _waived(facts: Facts, meeting: Meeting) -> frozenset[str]:
    day = meeting.date
    return frozenset(member.id for member in facts.roll(day).members if member.waived_on(day))


def turnouts(facts: Facts, meetings: Iterable[Meeting]) -> tuple[Turnout, ...]:
    """The attendance of each sitting that counts; of an activity once, with its last sitting."""
    found = []
    for meeting in meetings:
        sittings = facts.activity(meeting)
        if sittings[-1] is meeting or len(sittings) == 1:
            found.append(facts.once("turnout", meeting, partial(turnout, facts, *sittings)))
    return tuple(each for each in found if each is not None)


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
    records = tuple(meeting.id for t in found for meeting in t.sittings)
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
        yield from missing(facts, found)


def missing(facts: Facts, found: Turnout) -> Iterator[Absence]:
    """The same of one sitting."""
    roll = facts.roll(found.meeting.date)
    there = found.present | found.waived_present
    noted = {a.person.member_id: a for m in found.sittings for a in m.attendance}
    for member in roll.members:
        expected = member.id in found.expected or member.id in found.waived
        if not expected or member.id in there:
            continue
        note = noted.get(member.id)
        state = note.presence.label if note else UNRECORDED
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


def of_committee(facts: Facts, meetings: Iterable[Meeting]) -> tuple[Turnout, ...]:
    """The attendance of the committee at its own sittings, which no figure of the branch counts."""
    found = []
    for meeting in meetings:
        counts = [c for c in facts.headcounts(meeting) if c.of_committee]
        called = frozenset[str]().union(*(c.expected for c in counts))
        if meeting.attendance and called:
            there = meeting.present_ids() & called
            found.append(Turnout((meeting,), called, there, frozenset(), frozenset()))
    return tuple(found)
