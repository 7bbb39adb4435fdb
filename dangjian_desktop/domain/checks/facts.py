"""What the rules look at: the branch, its members and meetings, and the table of rules."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, time
from functools import cached_property
from typing import Any, TypeVar

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Cause, Finding, Judgement, Verdict
from dangjian_desktop.domain.meetings.called import Headcount, headcount
from dangjian_desktop.domain.meetings.kinds import Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll, Rolls, rolls
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.frozen import dataclass

T = TypeVar("T")
COMMITTEE_FROM = 7
"""From so many formal members a branch has a committee."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A row of the rule table: data with source, article and the dates in which it is in force.

    ``severity`` is hard (必须, 应当, 不得), soft (一般) or local (only the unit's own rule).
    ``confirmed`` is False where the text of the article has not been compared: verdicts then
    say 待核对. Before ``since`` ``basis_before`` stood in its place. ``values`` are numbers that
    the branch may change, with their ``labels`` and, where only some are possible, their
    ``choices`` (value: words). ``kinds`` are codes of the kinds of meeting that it counts.
    """

    id: str
    title: str
    basis: str
    text: str
    severity: str
    since: date | None = None
    basis_before: str = ""
    enabled: bool = True
    confirmed: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    kinds: Sequence[str] = ()

    @property
    def failed(self) -> Verdict:
        """What breaking it means."""
        return Verdict.VIOLATION if self.severity == "hard" else Verdict.NOTICE

    @property
    def source(self) -> str:
        """Regulation and article, with 待核对 where the article was not compared."""
        return self.basis if self.confirmed else f"{self.basis}（待核对）"

    def source_on(self, day: date) -> str:
        """The text in force on a day: each step is judged by that of its own date."""
        return self.basis_before if self.since is not None and day < self.since else self.source


@dataclass(frozen=True, slots=True)
class StatedRoster:
    """The total that an imported sheet gave for itself, and the day that it was imported for."""

    total: int
    day: date


@dataclass(frozen=True, slots=True)
class FurtherHours:
    """Hours of study in one year beside those of sittings, by member id, and where they stand."""

    by_member: Mapping[str, float]
    records: tuple[str, ...] = ()


Missed = tuple[date, str]
"""A sitting that somebody missed without leave: its day and id."""


@dataclass(frozen=True, slots=True)
class Absence:
    """The last sittings that a member ``missed`` in a row, oldest first; ``ended`` tells that he
    took part or had leave before them, so that none further back belongs to the row."""

    missed: tuple[Missed, ...]
    ended: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a rule may look at; ``today`` is the day as of which is judged, ``branch`` as it
    was on that day."""

    branch: Branch
    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    kinds: Kinds
    rules: Mapping[str, RuleText]
    today: date
    stated_roster: StatedRoster | None = None
    projects: tuple[Project, ...] = ()
    records: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    """Records of the shared table, by their code."""
    further_hours: Mapping[int, FurtherHours] = field(default_factory=dict)
    """``training_hours`` beside those of sittings, by year."""
    since: date | None = None
    """The day of the first sitting ever held, where ``meetings`` are only some of all."""
    year: int | None = None
    """Where told, only sittings and periods of this year are judged: of others ``meetings`` holds
    those that they are judged by."""
    absences: Iterable[Mapping[str, Absence]] = ()
    """Absences of one year after the other by member, the newest first, where ``meetings`` are
    only some of all."""
    _told: dict[tuple[Hashable, int], tuple[Meeting, Any]] = field(
        init=False, default_factory=dict, compare=False, repr=False
    )
    _ever: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, name: Hashable, meeting: Meeting, find: Callable[[], T]) -> T:
        """What is found of a sitting under this name: once, however many rules ask."""
        key = name, id(meeting)
        known = self._told.get(key)
        if known is None:
            # The sitting is kept beside it, so that no other can take its place in memory.
            known = self._told[key] = meeting, find()
        found: T = known[1]
        return found

    def ever(self, name: Hashable, find: Callable[[], T]) -> T:
        """What is found of everything under this name: once, however many rules ask."""
        found: T = self._ever[name] if name in self._ever else self._ever.setdefault(name, find())
        return found

    def roll(self, day: date) -> Roll:
        """The roster of the day."""
        return self._rolls.on(day)

    @cached_property
    def _rolls(self) -> Rolls:
        return rolls(self.members)

    def held(self, kind: str | None = None) -> Iterator[Meeting]:
        """Sittings that took place up to today, oldest first, perhaps only those of one kind."""
        return iter(self.ever("held", self._held_by_kind).get(kind or "", ()))

    @cached_property
    def first_day(self) -> date:
        """The day of the first sitting that took place; today where none did."""
        held = next((meeting.date for meeting in self.held()), self.today)
        return held if self.since is None else min(held, self.since)

    @property
    def begun(self) -> bool:
        """Whether records of sittings have begun: before that nobody can say what is missing."""
        return self.since is not None or next(self.held(), None) is not None

    def _held_by_kind(self) -> dict[str, tuple[Meeting, ...]]:
        """Held sittings under the code of each of their kinds, all of them under no code."""
        found: dict[str, list[Meeting]] = {"": []}
        for meeting in sorted(self.meetings, key=lambda m: (m.date, m.start or time.min)):
            if meeting.held and not meeting.deleted and meeting.date <= self.today:
                for code in ("", *dict.fromkeys(meeting.kinds)):
                    found.setdefault(code, []).append(meeting)
        return {code: tuple(meetings) for code, meetings in found.items()}

    def held_of(self, kinds: Iterable[MeetingKind]) -> Iterator[Meeting]:
        """Held sittings of any of these kinds, each once, oldest first."""
        wanted = {kind.code for kind in kinds}
        return (meeting for meeting in self.held() if not wanted.isdisjoint(meeting.kinds))

    def own(self, kinds: Iterable[MeetingKind] | None = None) -> Iterator[Meeting]:
        """The held sittings that are judged, perhaps only those of these kinds, oldest first."""
        if kinds is None:
            return iter(self._own)
        wanted = {kind.code for kind in kinds}
        return (meeting for meeting in self._own if not wanted.isdisjoint(meeting.kinds))

    @cached_property
    def _own(self) -> tuple[Meeting, ...]:
        return tuple(m for m in self.held() if self.year in (None, m.date.year))

    def activity(self, meeting: Meeting) -> tuple[Meeting, ...]:
        """The held sittings of the activity that a sitting is of, itself among them."""
        if meeting.activity is None:
            return (meeting,)
        return self._by_activity.get(meeting.activity, (meeting,))

    @cached_property
    def _by_activity(self) -> Mapping[str, tuple[Meeting, ...]]:
        found: dict[str, tuple[Meeting, ...]] = {}
        for meeting in self.held():
            if meeting.activity is not None:
                found[meeting.activity] = (*found.get(meeting.activity, ()), meeting)
        return found

    def present(self, meeting: Meeting) -> frozenset[str]:
        """The members who were there."""
        return self.once("present", meeting, meeting.present_ids)

    @property
    def appraising(self) -> tuple[MeetingKind, ...]:
        """The kinds at which members are appraised."""
        return tuple(kind for kind in self.kinds if kind.appraises)

    def headcounts(self, meeting: Meeting) -> tuple[Headcount, ...]:
        """Who was called to a sitting and who was there, by each of its kinds."""
        return tuple(self.headcount(meeting, k) for k in self.kinds.of(meeting.kinds))

    def headcount(self, meeting: Meeting, kind: MeetingKind) -> Headcount:
        """The same by one kind, perhaps by one that calls the committee to a joint sitting."""
        own, roll = self.kinds.of(meeting.kinds), self.roll(meeting.date)
        return self.once(
            ("headcount", kind.code), meeting, lambda: headcount(meeting, kind, own, roll)
        )

    @cached_property
    def missing_members(self) -> int:
        """How many persons the last imported sheet counted that the roster does not hold."""
        if self.stated_roster is None:
            return 0
        return max(0, self.stated_roster.total - len(self.roll(self.stated_roster.day).members))

    def missing_causes(self) -> tuple[Cause, ...]:
        """The cause that ``missing_members`` are for whatever counts members."""
        if not self.missing_members:
            return ()
        words = f"党员名册比花名册自报合计少{self.missing_members}人"
        return (Cause(words, "member", "name"),)

    def open_formal(self, day: date) -> tuple[Cause, ...]:
        """What leaves ``formal_range`` open."""
        roll = self.roll(day)
        return (*of_members(roll.open_formal, "kinds", DAY_UNKNOWN), *self.missing_causes())

    def formal_range(self, day: date) -> tuple[int, int]:
        """Fewest and most 正式党员 that the day may have: dates known in part, persons missing."""
        roll = self.roll(day)
        perhaps = {member.id for member in roll.open_formal}
        sure = sum(1 for member in roll.formal if member.id not in perhaps)
        return sure, sure + len(roll.open_formal) + self.missing_members

    def committee_on(self, day: date) -> bool | None:
        """Whether the branch has a committee; nothing where it must have one but none is entered.

        With fewer than seven formal members and no committee its rules do not apply
        (《支部工作条例》第二十条).
        """
        if self.roll(day).has_committee:
            return True
        return None if self.formal_range(day)[1] >= COMMITTEE_FROM else False

    def finding(
        self,
        rule: str,
        verdict: Verdict,
        subject: str,
        message: str,
        records: tuple[str, ...] = (),
        basis: str | None = None,
        causes: tuple[Cause, ...] = (),
        within: Period | None = None,
    ) -> Finding:
        """A finding under a rule of the table, with its basis unless another one is given.

        It tells of the period given, else of the day of its first record where that is a sitting,
        else of today.
        """
        source = basis if basis is not None else self.rules[rule].source
        day = self._days.get(records[0], self.today) if records else self.today
        span = (day, day) if within is None else (within.first, within.last)
        return Finding(rule, verdict, subject, message, source, records, causes=causes, span=span)

    @cached_property
    def _days(self) -> Mapping[str, date]:
        return {meeting.id: meeting.date for meeting in self.meetings}

    def judged(
        self,
        rule: str,
        judgement: Judgement,
        subject: str,
        records: tuple[str, ...] = (),
        basis: str | None = None,
        within: Period | None = None,
    ) -> Finding:
        """A judgement as a finding under a rule of the table."""
        verdict, words, causes = judgement.verdict, judgement.words, judgement.causes
        return self.finding(rule, verdict, subject, words, records, basis, causes, within)


DAY_UNKNOWN = "的有关时间只到月份或年份"


def of_members(members: Sequence[Member], field: str, what: str) -> Iterator[Cause]:
    """The cause that a field of these members is; nothing where there are none."""
    if members:
        names = "、".join(m.name for m in members)
        yield Cause(f"{names}{what}", "member", field, tuple(m.id for m in members))


def subject_of(meeting: Meeting, kinds: Kinds, item: int | None = None) -> str:
    """How a finding names a sitting, and perhaps its n-th agenda item."""
    words = "、".join(kind.short for kind in kinds.of(meeting.kinds))
    group = f"（{meeting.group}）" if meeting.group else ""
    behind = f" 第{item}项议题" if item is not None else ""
    return f"{meeting.date.isoformat()} {words}{group}{behind}"
