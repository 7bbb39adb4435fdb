"""The verdicts of one library, judged again only where something that they hang on changed.

What rules say goes year by year (``Part.yearly``) or is of the present day. A year hangs on the
roster, on its own sittings, on rules, kinds and branch, on the few sittings of other years that
its own are judged by, and while it is not over on the day. So a save costs its year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property, partial

from dangjian_desktop.domain.checks.cadence import absences
from dangjian_desktop.domain.checks.facts import Absence, Facts
from dangjian_desktop.domain.checks.probation import ends_probation, runs_out
from dangjian_desktop.domain.checks.rules import YEARLY_DUTIES, Found, judge
from dangjian_desktop.domain.checks.talk_moments import OF_SITTINGS
from dangjian_desktop.domain.checks.talking import first_talk, talks_in
from dangjian_desktop.domain.meetings.kinds import Body
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting, MeetingFilter
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.gathering import sittings_of
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class _Ties:
    """By what the sittings of a year reach into other years."""

    activities: frozenset[str]
    ending: bool
    important: date | None


@dataclass(frozen=True, slots=True)
class _Tied:
    """Sittings that those of other years may be judged by: their activities, and which of them
    end a probation."""

    sittings: tuple[Meeting, ...]
    activities: frozenset[str]
    ended: frozenset[str]

    @classmethod
    def of(cls, sittings: Iterable[Meeting]) -> _Tied:
        found = tuple(sittings)
        activities = frozenset(m.activity for m in found if m.activity is not None)
        return cls(found, activities, frozenset(m.id for m in found if ends_probation(m)))


@dataclass(frozen=True, slots=True)
class _Year:
    found: Found
    absences: Mapping[str, Absence]


class _OpenError(Exception):
    """A year is not judged yet."""


class Judging:
    """The verdicts as one transaction sees them; ``facts`` are those of no sitting at all."""

    def __init__(self, work: Work, facts: Facts) -> None:
        self._work, self._facts = work, facts
        self._loaded: dict[int, tuple[Meeting, ...]] = {}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Every year of which something may be said, the oldest first.

        Records begin with the first sitting, or with the founding up to a year before it.
        """
        first, last = self._facts.first_day.year - 1, self._facts.today.year
        told = {year for year in self._facts.further_hours if year <= last}
        return tuple(sorted({*range(first, last + 1), *told}))

    def everything(self) -> list[Found]:
        """What is found of all years and of the present day, in this order."""
        left = [year for year in self.years if self.is_open(year)]
        if len(left) > 1:
            self._load(left[0], left[-1])
        return [*map(self.of_year, self.years), self.of_day()]

    def at_once(self) -> tuple[list[Found], bool]:
        """The same of the present year and of those that are judged already; whether of all."""
        last = self._facts.today.year
        left = {year for year in self.years if year != last and self.is_open(year)}
        years = (year for year in self.years if year not in left)
        return [*map(self.of_year, years), self.of_day()], not left

    def is_open(self, year: int) -> bool:
        """Whether the year is still to be judged; one before the first sitting costs nothing."""
        if year < self._facts.first_day.year and year not in self._facts.further_hours:
            return False
        try:
            self._year(year, judged=True)
        except _OpenError:
            return True
        return False

    def of_year(self, year: int) -> Found:
        """What is found of the sittings and periods of one year."""
        return self._year(year).found

    def of_day(self) -> Found:
        """What is found of the present day; older years are judged only where it asks for them."""

        def ask() -> Found:
            meetings = [*self._duties(), *self._ending()]
            newest = (self._year(year).absences for year in reversed(self.years))
            facts = replace(self._facts, meetings=_once(meetings), absences=newest)
            return judge(facts, yearly=False)

        return self._work.of_sittings("day", [None], ask, self._given(None))

    def of_unsaved(self, meeting: Meeting) -> list[Found]:
        """What is found where this meeting stands in place of the stored one."""
        year = meeting.date.year
        stored = self._work.of_sittings("typed", [year], lambda: self._of(year), year)
        own = (*(m for m in stored if m.id != meeting.id), meeting)
        others = (m for m in self._beside(year, _ties(own)) if m.id != meeting.id)
        facts = replace(self._facts, meetings=(*others, *own), year=year)
        found = [judge(facts, yearly=True)]
        if any(kind.cadence in YEARLY_DUTIES for kind in self._facts.kinds.of(meeting.kinds)):
            duties = (m for m in self._duties() if m.id != meeting.id)
            facts = replace(self._facts, meetings=(*duties, meeting))
            found.append(judge(facts, yearly=False, rules=YEARLY_DUTIES))
        return found

    def _year(self, year: int, *, judged: bool = False) -> _Year:
        """The year; where it is wanted as ``judged`` only, raises ``_OpenError`` if it is not."""

        def tie() -> _Ties:
            if judged:
                raise _OpenError
            return _ties(self._of(year))

        beside = self._beside(year, self._work.of_sittings(("ties", year), [year], tie))

        def ask() -> _Year:
            if judged:
                raise _OpenError
            facts = replace(self._facts, meetings=(*beside, *self._of(year)), year=year)
            return _Year(judge(facts, yearly=True), absences(facts))

        given = self._given(year), beside
        return self._work.of_sittings(("year", year), [year], ask, given)

    def _given(self, year: int | None) -> tuple[object, ...]:
        """What the verdicts hang on beside sittings and roster; of a past year on no day."""
        facts = self._facts
        told = (facts.rules, tuple(facts.kinds), facts.branch, facts.stated_roster, facts.since)
        if year is None:
            return (*told, facts.today, facts.records)
        # Of a year that is over the last days hang on the day for a while, where talks are owed.
        owed = any(facts.rules[rule].enabled for rule in OF_SITTINGS if rule in facts.rules)
        past = year < facts.today.year - owed
        more = facts.further_hours.get(year), talks_in(facts, year), talks_in(facts, year + 1)
        return (*told, None if past else facts.today, first_talk(facts), *more)

    def _beside(self, year: int, ties: _Ties) -> tuple[Meeting, ...]:
        """Sittings of other years that those of the year are judged by."""
        found: list[Meeting] = []
        for other in self.years if ties.activities or ties.ending else ():
            tied = self._tied(other)
            ended = tied.ended if ties.ending and other < year else frozenset()
            shared = ties.activities & tied.activities
            if other != year and (ended or shared):
                found += (m for m in tied.sittings if m.id in ended or m.activity in shared)
        if ties.important is not None:
            found += self._discussed_before(ties.important)
        return tuple(m for m in _once(found) if m.date <= self._facts.today)

    def _discussed_before(self, important: date) -> tuple[Meeting, ...]:
        """Sittings of the committee in the years before that may have discussed a matter."""
        year, rule = important.year, self._facts.rules.get("CAD-PRE")
        days = int(rule.values["days_before"]) if rule else 0
        first, last = important - timedelta(days), date(year - 1, 12, 31)
        if first > last:
            return ()
        kind = self._facts.kinds.sitting(Body.COMMITTEE).code
        wanted = MeetingFilter(first=first, last=last, kind=kind)
        years = range(first.year, year)

        def find() -> tuple[Meeting, ...]:
            if self._loaded.keys() >= set(years):
                own = (m for each in years for m in self._loaded[each] if m.date >= first)
                return tuple(meeting for meeting in own if kind in meeting.kinds)
            return self._work.meetings.all(wanted)

        return self._work.of_sittings(("before", year), years, find, wanted)

    def _tied(self, year: int) -> _Tied:
        """Sittings of the year that those of other years may be judged by."""

        def find() -> _Tied:
            if year in self._loaded:
                return _Tied.of(m for m in self._loaded[year] if m.activity or ends_probation(m))
            return _Tied.of(self._work.meetings.all(replace(_within(year), tied=True)))

        return self._work.of_sittings(("tied", year), [year], find)

    def _duties(self) -> tuple[Meeting, ...]:
        """All sittings of the kinds that are due once a year, from the first year on."""
        codes = [kind.code for rule in YEARLY_DUTIES for kind in self._facts.kinds.under(rule)]

        def find(year: int) -> tuple[Meeting, ...]:
            return _once(m for code in codes for m in self._of_kind(year, code))

        work = self._work
        found = (work.of_sittings(("due", y), [y], partial(find, y), codes) for y in self.years)
        return tuple(meeting for meetings in found for meeting in meetings)

    def _of_kind(self, year: int, code: str) -> Iterable[Meeting]:
        if year in self._loaded:
            return (meeting for meeting in self._loaded[year] if code in meeting.kinds)
        return self._work.meetings.all(replace(_within(year), kind=code))

    def _ending(self) -> Iterator[Meeting]:
        """All sittings on the end of a probation, where one has run out."""
        for year in self.years if runs_out(self._facts) else ():
            tied = self._tied(year)
            yield from (meeting for meeting in tied.sittings if meeting.id in tied.ended)

    def _of(self, year: int) -> tuple[Meeting, ...]:
        if year not in self._loaded:
            self._loaded[year] = sittings_of(self._work, year, self._facts.today)
        return self._loaded[year]

    def _load(self, first: int, last: int) -> None:
        """Read the sittings of these years together: each question takes as long as many rows."""
        wanted = MeetingFilter(first=date(first, 1, 1), last=date(last, 12, 31))
        found: dict[int, list[Meeting]] = {year: [] for year in range(first, last + 1)}
        for meeting in self._work.meetings.all(wanted):
            found[meeting.date.year].append(meeting)
        self._loaded.update((year, tuple(meetings)) for year, meetings in found.items())


def _within(year: int) -> MeetingFilter:
    return MeetingFilter(first=date(year, 1, 1), last=date(year, 12, 31))


def _once(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    return tuple({meeting.id: meeting for meeting in meetings}.values())


def _ties(meetings: Sequence[Meeting]) -> _Ties:
    important = (m.date for m in meetings if any(i.matter is Matter.IMPORTANT for i in m.agenda))
    return _Ties(
        activities=frozenset(m.activity for m in meetings if m.activity is not None),
        ending=any(ends_probation(m) for m in meetings),
        important=min(important, default=None),
    )
