"""The figures of a period, each with the ids of the records that it was counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.of_attendance import absences, attendance_figures, turnouts
from dangjian_desktop.domain.summaries.of_members import change_figures, member_figures
from dangjian_desktop.domain.summaries.of_projects import project_figures

__all__ = [
    "Cadence",
    "Figure",
    "Standing",
    "cadence_of",
    "cutoff",
    "figures",
    "sittings",
    "standing_of",
]

_RULES: Mapping[str, str] = {
    "general_meeting": "CAD-GM",
    "committee_meeting": "CAD-BC",
    "group_meeting": "CAD-GR",
    "party_lecture": "CAD-LEC",
    "theme_day": "CAD-DAY",
    "org_life_meeting": "CAD-OLM",
    "democratic_appraisal": "CAD-APP",
}
_EACH = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a kind is due: ``times`` in every ``months``."""

    times: int
    months: int

    @property
    def words(self) -> str:
        """每季度1次."""
        return f"{_EACH.get(self.months, f'每{self.months}个月')}{self.times}次"


class Standing(StrEnum):
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


def cadence_of(facts: Facts, kind: str) -> Cadence | None:
    """The cadence that the rule table gives for a kind; nothing where it has none in force."""
    rule = facts.rules.get(_RULES.get(kind, ""))
    if rule is None or not rule.enabled:
        return None
    return Cadence(int(rule.values.get("times", 1)), int(rule.values.get("months", 12)))


def figures(facts: Facts, period: Period) -> Mapping[str, Figure]:
    """All figures of the period as of its last day, or as of today while it runs.

    Names under ``year.`` are the same figures from the first of January to that day;
    ``due.KIND`` is 应开, a number where the cadence fits into the period, else words.
    """
    day = cutoff(period, facts.today)
    year = _year_to(period, day)
    found = sittings(facts, period)
    turned_out = turnouts(facts, found)
    absent = tuple(a for a in absences(facts, found) if not a.waived)
    return {
        **member_figures(facts, day),
        **change_figures(facts, period.first, day),
        **_held(facts, period, ""),
        **_held(facts, year, "year."),
        **{f"due.{kind.code}": _due(facts, period, kind.code) for kind in facts.kinds},
        **attendance_figures(turned_out),
        "attendance.absent": Figure(
            len(absent), tuple(dict.fromkeys(a.meeting.id for a in absent)), "缺席", "人次"
        ),
        **attendance_figures(turnouts(facts, sittings(facts, year)), "year."),
        **project_figures(facts.projects, period, day),
    }


def _year_to(period: Period, day: date) -> Period:
    """From January to the month of the day."""
    return Period(period.year, 1, max(day.month, period.start) if day.year == period.year else 12)


def _held(facts: Facts, period: Period, prefix: str) -> dict[str, Figure]:
    everything = sittings(facts, period)
    found = {}
    for kind in facts.kinds:
        ids = tuple(m.id for m in everything if kind.code in m.kinds)
        found[f"{prefix}{kind.code}.held"] = Figure(len(ids), ids, kind.short, "次")
    ids = tuple(m.id for m in everything)
    found[f"{prefix}sessions.held"] = Figure(len(ids), ids, "组织生活", "次")
    return found


def _due(facts: Facts, period: Period, kind: str) -> Figure:
    label = f"{facts.kind(kind).short}应开"
    cadence = cadence_of(facts, kind)
    if cadence is None:
        return Figure("—", (), label)
    if kind == "committee_meeting" and not _has_committee(facts, period):
        return Figure("不设支委会", (), label)
    if kind == "group_meeting" and not facts.roll(cutoff(period, facts.today)).groups:
        return Figure("不设党小组", (), label)
    if period.length % cadence.months:
        return Figure(cadence.words, (), label)
    return Figure(_due_times(facts, period, kind, cadence), (), label, "次")


def standing_of(facts: Facts, period: Period, kind: str) -> Standing:
    """Met, still open or short; a duty longer than the period is judged where it ends."""
    cadence = cadence_of(facts, kind)
    if cadence is None:
        return Standing.MET
    whole = Period.around(period.first, max(period.length, cadence.months))
    due = _due(facts, whole, kind).value
    if not isinstance(due, int):
        return Standing.MET
    if cadence.months == 12:
        held = sum(1 for m in facts.held(kind) if m.year == whole.year)
    else:
        held = len(sittings(facts, whole, kind))
    if held >= due:
        return Standing.MET
    over = whole.last == period.last and period.last <= facts.today
    return Standing.SHORT if over else Standing.OPEN


def _due_times(facts: Facts, period: Period, kind: str, cadence: Cadence) -> int:
    times = 0
    for part in period.split(cadence.months):
        if facts.branch.founded is not None and part.first < facts.branch.founded:
            continue
        roll = facts.roll(min(part.last, max(facts.today, part.first)))
        if kind == "group_meeting":
            times += cadence.times * len(roll.groups)
        elif kind != "committee_meeting" or roll.has_committee:
            times += cadence.times
    return times


def _has_committee(facts: Facts, period: Period) -> bool:
    return facts.roll(cutoff(period, facts.today)).has_committee
