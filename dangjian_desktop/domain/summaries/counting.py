"""The figures of a period, each with the ids of the records that it was counted from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from dangjian_desktop.domain.checks.duties import cadence_of, duties, missing_words
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import Body, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over, named_apart
from dangjian_desktop.domain.summaries.of_attendance import absences, attendance_figures, turnouts
from dangjian_desktop.domain.summaries.of_items import item_figures
from dangjian_desktop.domain.summaries.of_members import change_figures, member_figures
from dangjian_desktop.domain.summaries.of_projects import project_figures
from dangjian_desktop.domain.summaries.of_talks import talk_figures
from dangjian_desktop.domain.texts import UNKNOWN

NOTHING_DUE = "—"
"""应开 of a kind without cadence."""


class Fulfilment(StrEnum):
    """Whether as many sittings of a kind are recorded as were due."""

    MET = "met"
    OPEN = "open"
    SHORT = "short"


def cutoff(period: Period, today: date) -> date:
    """数据截止日: the last day of the period, or today while it runs."""
    return min(period.last, today)


def sittings(facts: Facts, period: Period, kind: str | None = None) -> tuple[Meeting, ...]:
    """Meetings held in the period up to today, in order of time."""
    found = (m for m in facts.held(kind) if m.date in period and not m.deleted)
    return tuple(sorted(found, key=lambda m: (m.date, m.start is None, m.start, m.group or "")))


def figures(
    facts: Facts, period: Period, of_ledgers: Mapping[str, Figure] | None = None
) -> Mapping[str, Figure]:
    """All figures of the period as of its last day, or as of today while it runs.

    Names under ``year.`` are the same figures from the first of January to that day;
    ``due.KIND`` is 应开, a number where the cadence fits into the period, else words.
    ``of_ledgers`` are those that ledgers declare; they stand last.
    """
    day = cutoff(period, facts.today)
    year = _year_to(period, day)
    found = sittings(facts, period)
    turned_out = turnouts(facts, found)
    absent = tuple(a for a in absences(facts, found) if not a.waived)
    counted = {
        **member_figures(facts, day),
        **change_figures(facts, period.first, day),
        **_held(facts, period),
        **_held(facts, year, Over.YEAR),
        **{f"due.{kind.code}": _due(facts, period, kind) for kind in facts.kinds},
        **attendance_figures(turned_out),
        "attendance.absent": Figure(
            value=len(absent),
            records=tuple(dict.fromkeys(a.meeting.id for a in absent)),
            label="缺席",
            unit="人次",
            group=Group.ATTENDANCE,
        ),
        **attendance_figures(turnouts(facts, sittings(facts, year)), Over.YEAR),
        **talk_figures(facts, period, day),
        **talk_figures(facts, year, day, Over.YEAR),
        **project_figures(facts.projects, period, day),
        **item_figures(facts, period, day),
        **item_figures(facts, year, day, Over.YEAR),
        **(of_ledgers or {}),
    }
    return named_apart(counted)


def _year_to(period: Period, day: date) -> Period:
    """From January to the month of the day."""
    return Period(period.year, 1, max(day.month, period.start) if day.year == period.year else 12)


def _held(facts: Facts, period: Period, over: Over = Over.PERIOD) -> dict[str, Figure]:
    prefix = over.prefix
    everything = sittings(facts, period)
    counted = [
        (kind.code, kind.short, [m for m in everything if kind.code in m.kinds])
        for kind in facts.kinds
    ]
    counted.append(("sessions", "组织生活", list(everything)))
    return {
        f"{prefix}{name}.held": Figure(
            value=len(found),
            records=tuple(m.id for m in found),
            label=label,
            unit="次",
            group=Group.SITTINGS,
            over=over,
        )
        for name, label, found in counted
    }


def _due(facts: Facts, period: Period, kind: MeetingKind) -> Figure:
    value = _due_value(facts, period, kind)
    unit = "次" if isinstance(value, int) else ""
    label = f"{kind.short}应开"
    return Figure(value=value, records=(), label=label, unit=unit, group=Group.SITTINGS)


def _due_value(facts: Facts, period: Period, kind: MeetingKind) -> str | int:
    """应开: a number where the cadence fits into the period, else words."""
    cadence = cadence_of(facts, kind)
    if cadence is None:
        return NOTHING_DUE
    day = cutoff(period, facts.today)
    if kind.body is Body.COMMITTEE and not facts.committee_on(day):
        return UNKNOWN if facts.committee_on(day) is None else f"不设{kind.short}"
    if kind.body is Body.GROUP and not facts.roll(day).groups:
        return "不设党小组"
    if period.length % cadence.months:
        return cadence.words
    owed = [duty for duty in duties(facts, kind, period) if duty.certain]
    of_groups = kind.body is Body.GROUP
    # What is done group by group is still due once from the branch.
    return sum({(d.period, d.group if of_groups else None): d.times for d in owed}.values())


def fulfilment(facts: Facts, period: Period, kind: MeetingKind) -> Fulfilment:
    """Met, still open or short; a duty longer than the period is judged where it ends."""
    lacking = [d for d in duties(facts, kind, period) if d.lacking and d.certain]
    if not lacking:
        return Fulfilment.MET
    day = cutoff(period, facts.today)
    over = any(duty.period.last <= day for duty in lacking)
    return Fulfilment.SHORT if over else Fulfilment.OPEN


def gap_words(facts: Facts, period: Period, kind: MeetingKind) -> str:
    """The periods (and party groups) of which no sitting of a kind is recorded; empty for none."""
    return missing_words(duties(facts, kind, period), period, cutoff(period, facts.today))
