"""What is due, held and missing: one answer for check, summary, home and papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period, add_months
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.kinds import Body, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.frozen import dataclass

_EACH: Mapping[int, str] = {1: "每月", 3: "每季度", 6: "每半年", 12: "每年"}


@dataclass(frozen=True, slots=True)
class Cadence:
    """How often a kind is due: ``times`` in every ``months``."""

    times: int
    months: int

    @property
    def words(self) -> str:
        """每季度1次."""
        return f"{_EACH.get(self.months, f'每{self.months}个月')}{self.times}次"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """``times`` sittings of a kind owed in its own period, perhaps by one party group.

    ``held`` are those recorded up to today, oldest first; nothing was owed where ``times`` is 0.
    ``certain`` is False where the roster leaves open whether it is owed, ``judged`` where the
    period lies before the records begin, so that nobody can say what is missing.
    """

    kind: MeetingKind
    period: Period
    times: int
    held: tuple[Meeting, ...]
    group: str | None = None
    certain: bool = True
    judged: bool = True

    @property
    def lacking(self) -> int:
        """How many fewer were held than are owed."""
        return max(0, self.times - len(self.held))

    @property
    def name(self) -> str:
        """党课, 党小组会（第二党小组）."""
        return self.kind.short + (f"（{self.group}）" if self.group else "")

    def lacked(self, finding: Finding, today: date) -> Finding:
        """A finding on this duty, with the sitting that it asks for where one is missing."""
        if not self.lacking:
            return finding
        owed = (self.kind.code, self.group or "")
        return replace(finding, owed=owed, late=self.period.last < today)


def cadence_of(facts: Facts, kind: MeetingKind) -> Cadence | None:
    """The cadence that the rule table gives for a kind; nothing where it has none in force."""
    rule = facts.rules.get(kind.cadence)
    if rule is None or not rule.enabled:
        return None
    return Cadence(int(rule.values.get("times", 1)), int(rule.values.get("months", 12)))


def judged_periods(facts: Facts, length: int) -> Iterator[Period]:
    """Periods of so many months that are judged, up to the one in which today lies; none before
    records have begun."""
    if not facts.begun:
        return
    period, last = _first_judged(facts, length), facts.today
    if facts.year is not None:
        period = max(period, Period(facts.year, 1, length))
        last = min(last, date(facts.year, 12, 31))
    while period.first <= last:
        yield period
        period = period.next()


def _first_judged(facts: Facts, length: int) -> Period:
    """The period of the first record, or of the founding where records begin within a year of it.

    What a branch did before it used this program nobody can say. A period in which the branch
    was founded is not judged.
    """
    first = facts.first_day
    period = Period.around(first, length)
    founded = facts.branch.founded
    if founded is not None:
        full = _first_full(founded, length)
        if period < full or first <= add_months(founded, 12):
            period = full
    return period


def _first_full(founded: date, length: int) -> Period:
    period = Period.around(founded, length)
    return period.next() if period.first < founded else period


def duties(facts: Facts, kind: MeetingKind, period: Period) -> tuple[Duty, ...]:
    """What is owed of a kind in each of its own periods within ``period``, and what was held.

    A kind that is due less often than ``period`` is long is told for its own period around it.
    Nothing is owed without a cadence, nor in a period that began before the branch was founded.
    """
    cadence = cadence_of(facts, kind)
    if cadence is None:
        return ()
    whole = Period.around(period.first, max(period.length, cadence.months))
    founded = facts.branch.founded
    start = _first_judged(facts, cadence.months)
    found: list[Duty] = []
    for part in whole.split(cadence.months):
        owed = cadence.times if founded is None or part.first >= founded else 0
        found += _of_part(facts, kind, part, owed, judged=facts.begun and part >= start)
    return tuple(found)


def _of_part(
    facts: Facts, kind: MeetingKind, part: Period, times: int, *, judged: bool
) -> Iterator[Duty]:
    held = _held(facts, kind, part)
    first, last = part.first, min(part.last, max(facts.today, part.first))
    certain, group = True, None
    if kind.body is Body.GROUP:
        before = facts.roll(first).groups
        for group in facts.roll(last).groups:
            own = tuple(m for m in held if m.group == group)
            owed = times if group in before else 0
            if owed or own:
                yield Duty(kind=kind, period=part, times=owed, held=own, group=group, judged=judged)
        return
    if apart := _apart(facts, kind, part, held, times):
        yield from (replace(duty, judged=judged) for duty in apart)
        return
    if kind.body is Body.COMMITTEE:
        known = [facts.committee_on(day) for day in (first, last)]
        certain, times = all(known), 0 if False in known else times
    if times or held:
        yield Duty(kind=kind, period=part, times=times, held=held, certain=certain, judged=judged)


def _apart(
    facts: Facts, kind: MeetingKind, part: Period, held: tuple[Meeting, ...], times: int
) -> list[Duty]:
    """What each party group owes where the branch did it group by group and not all have.

    What was held by the branch as a whole counts for each of them.
    """
    by_group = [m for m in held if m.group]
    groups = facts.roll(by_group[-1].date).groups if by_group else ()
    found = [
        Duty(
            kind=kind,
            period=part,
            times=times,
            held=tuple(m for m in held if m.group in (None, group)),
            group=group,
        )
        for group in groups
    ]
    return found if any(duty.lacking for duty in found) else []


def _held(facts: Facts, kind: MeetingKind, part: Period) -> tuple[Meeting, ...]:
    sittings = facts.held(kind.code)
    if kind.yearly and part.length == 12:
        return tuple(m for m in sittings if m.year == part.year)
    return tuple(m for m in sittings if m.date in part)


def missing_words(found: Sequence[Duty], period: Period, day: date) -> str:
    """第三季度; 第二党小组1月、3月: what was owed in ``period``, its time run out by the day.

    Only what is surely owed and can be judged. Empty where everything that ``period`` as a whole
    owes is missing, since the numbers say so.
    """
    owed = [duty for duty in found if duty.times and duty.certain and duty.judged]
    lacking = [duty for duty in owed if duty.lacking and duty.period.last <= day]
    if all(duty.period == period for duty in owed) and lacking == owed:
        return ""
    by_group: dict[str, list[str]] = {}
    for duty in lacking:
        when = "" if duty.period == period else duty.period.label.removeprefix(f"{period.year}年")
        by_group.setdefault(duty.group or "", []).append(when)
    joint = "；" if any(any(days) for days in by_group.values()) else "、"
    return joint.join(group + "、".join(days) for group, days in by_group.items())
