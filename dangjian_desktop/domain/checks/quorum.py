"""Counting for a vote when something about the counts is open: verdicts over every possibility."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from dangjian_desktop.domain.checks.facts import DAY_UNKNOWN, Facts, of_members
from dangjian_desktop.domain.findings import Cause, Verdict
from dangjian_desktop.domain.meetings.called import Headcount, voting_kind
from dangjian_desktop.domain.meetings.exclusions import (
    ExclusionState,
    excludes,
    exclusion_state,
    may_exclude,
)
from dangjian_desktop.domain.meetings.kinds import Body, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass

Test = Callable[[int, int], bool]
"""Whether (应到, 实到) meets a rule: linear in both, so that the extremes decide."""
Pair = tuple[int, int]
_NOTHING: Pair = (0, 0)


@dataclass(frozen=True, slots=True)
class Opening:
    """One thing that leaves the counts open: all that it may add to (应到, 实到), and why."""

    cause: Cause
    adds: frozenset[Pair]


@dataclass(frozen=True)
class Ballot:
    """The counts of one sitting for one vote, with all that leaves them open.

    ``eligible`` and ``present`` take the exclusions as claimed unless refuted, and the dates by
    their first day. ``sure`` are 应到 and 实到 of those about whom nothing is open, ``openings``
    what may come on top. ``blocked`` says why nothing at all can be said of a vote.
    """

    count: Headcount
    sure: Pair
    openings: tuple[Opening, ...]
    blocked: tuple[Cause, ...]
    no_attendance: bool

    @property
    def eligible(self) -> int:
        """应到会有表决权."""
        return len(self.count.voters)

    @property
    def present(self) -> int:
        """实到会有表决权."""
        return len(self.count.voters_present)

    @cached_property
    def possibilities(self) -> frozenset[Pair]:
        """Every pair (应到, 实到) at the edges of what the record leaves open.

        Each person counts or not, and was there or not, apart from all others; a linear test is
        met everywhere when it is met where all persons of one sort stand alike.
        """
        return _sums([{self.sure}, *(opening.adds for opening in self.openings)])

    def verdict(self, test: Test) -> Verdict:
        """Hold the test against every possibility: met, not met, or not to be said."""
        if self.blocked:
            return Verdict.UNKNOWN
        answers = {test(eligible, present) for eligible, present in self.possibilities}
        if len(answers) > 1:
            return Verdict.UNKNOWN
        return Verdict.OK if answers.pop() else Verdict.VIOLATION

    def reasons(self, test: Test) -> tuple[Cause, ...]:
        """Why the test cannot be said: only what makes a difference to its answer."""
        return self.blocked or self.causes(test)

    def causes(self, measure: Callable[[int, int], Any]) -> tuple[Cause, ...]:
        """What leaves a measure of 应到 and 实到 open: each thing whose answer changes it."""
        return tuple(o.cause for o in self.openings if self._matters(o, measure))

    def _matters(self, opening: Opening, measure: Callable[[int, int], Any]) -> bool:
        others = [o.adds for o in self.openings if o is not opening]
        return any(
            len({measure(base[0] + e, base[1] + p) for e, p in opening.adds}) > 1
            for base in _sums([{self.sure}, *others])
        )

    @property
    def video_voters(self) -> int:
        """How many voters took part by video."""
        return len(self.count.voters_present & self.count.by_video)

    def depends_on_video(self, test: Test) -> bool:
        """Whether the test is met only because video counts as present."""
        without = self.present - self.video_voters
        return test(self.eligible, self.present) and not test(self.eligible, without)


def _sums(parts: Iterable[Iterable[Pair]]) -> frozenset[Pair]:
    """Every sum of one pair out of each part."""
    found = {_NOTHING}
    for part in parts:
        found = {(e + more, p + there) for e, p in found for more, there in part}
    return frozenset(found)


def ballot(facts: Facts, meeting: Meeting, matter: Matter, *, of_committee: bool = False) -> Ballot:
    """The counts of a sitting for a vote on such a matter; counted once, however many ask.

    ``of_committee`` asks for the committee's own where it sits together with others.
    """
    own = () if of_committee else facts.kinds.of(meeting.kinds)
    body = Body.COMMITTEE if of_committee else Body.BRANCH
    kind = voting_kind(own) or facts.kinds.sitting(body)
    return facts.once((kind.code, matter), meeting, lambda: _counted(facts, meeting, kind, matter))


def _counted(facts: Facts, meeting: Meeting, kind: MeetingKind, matter: Matter) -> Ballot:
    roll, own = facts.roll(meeting.date), facts.kinds.of(meeting.kinds)
    count = facts.headcount(meeting, kind)
    committee = count.of_committee
    known = _Known(_recorded(meeting), facts.present(meeting))
    disputes = list(_disputes(meeting, count, allowed=excludes(matter) and not committee))
    perhaps = [*disputes, *_by_dates(roll, count)]
    open_persons = {person for cause in perhaps for person in cause.people}
    sure = count.voters - open_persons
    openings = [Opening(cause, known.adds(cause.people)) for cause in perhaps]
    if unrecorded := sure - known.recorded:
        openings.append(_unrecorded(meeting, unrecorded))
    blocked = list(_blocked(roll, count))
    for absent in facts.missing_causes():
        openings.append(Opening(absent, _either(facts.missing_members)))
        blocked += () if committee else (absent,)
    if committee or not may_exclude(meeting, own):
        blocked += disputes
    return Ballot(
        count=count,
        sure=(len(sure), len(sure & known.there)),
        openings=tuple(openings),
        blocked=tuple(blocked),
        no_attendance=not meeting.attendance,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """Of whom it is recorded whether they were there, and who was."""

    recorded: frozenset[str]
    there: frozenset[str]

    def adds(self, people: Iterable[str]) -> frozenset[Pair]:
        """What persons who perhaps count may add to 应到 and 实到."""
        persons = frozenset(people)
        inside = len(persons & self.there)
        away = len((persons & self.recorded) - self.there)
        # One of each sort stands for the border to "nobody counts", where no test is met.
        return _sums(
            [
                {_NOTHING, *((n, n) for n in (min(1, inside), inside))},
                {_NOTHING, *((n, 0) for n in (min(1, away), away))},
                _either(len(persons - self.recorded)),
            ]
        )


def _either(number: int) -> frozenset[Pair]:
    """So many persons of whom neither is known whether they count nor whether they were there."""
    return frozenset((n, there) for n in (0, min(1, number), number) for there in (0, n))


def _unrecorded(meeting: Meeting, people: frozenset[str]) -> Opening:
    words = f"{len(people)}人未登记到会情况" if meeting.attendance else "未登记到会情况"
    cause = Cause(words, "meeting", "attendance", tuple(sorted(people)))
    return Opening(cause, frozenset({_NOTHING, (0, len(people))}))


def _blocked(roll: Roll, count: Headcount) -> Iterator[Cause]:
    """Without a single voter there is nothing to count."""
    if count.of_committee and not roll.has_committee:
        yield Cause("名册中当日未登记支部委员", "member", "posts")
    elif not count.voters:
        yield Cause("名册中当日未登记有表决权的党员", "member", "kinds")


def _disputes(meeting: Meeting, count: Headcount, *, allowed: bool) -> Iterator[Cause]:
    """The exclusions of voters of which a fact is missing, by what is missing."""
    found: dict[ExclusionState, list[str]] = {}
    for exclusion in meeting.excluded:
        state = exclusion_state(exclusion, meeting, allowed=allowed)
        member = exclusion.person.member_id
        if state is not None and member in count.excluded and not state.refuted:
            found.setdefault(state, []).append(member)
    for state, people in found.items():
        words = f"不计入应到的{len(people)}人：{state.words}"
        yield Cause(words, "meeting", "excluded", tuple(people))


def _recorded(meeting: Meeting) -> frozenset[str]:
    """Of whom it is known whether they were there; an excluded person stands for absent."""
    stood = {a.person.member_id for a in meeting.attendance}
    known = stood.union(e.person.member_id for e in meeting.excluded)
    return frozenset(member for member in known if member)


def _by_dates(roll: Roll, count: Headcount) -> Iterator[Cause]:
    """Members whose right on the day hangs on a date known only in part, or on a missing one."""
    persons = roll.open_committee if count.of_committee else roll.open_voters
    doubtful = [m for m in persons if m.id not in count.excluded]
    field = "posts" if count.of_committee else "kinds"
    yield from of_members(doubtful, field, DAY_UNKNOWN)
    if not count.of_committee:
        yield from of_members(_unapproved(roll, count), "full_approved", "转正批准日期待核对")


def _unapproved(roll: Roll, count: Headcount) -> tuple[Member, ...]:
    open_already = roll.named(roll.open_voters)
    return tuple(m for m in roll.unapproved if m.id in count.voters and m.id not in open_already)
