"""Counting for a vote when something about the counts is open: verdicts over every possibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.called import Headcount, headcount, voting_kind
from dangjian_desktop.domain.meetings.exclusions import exclusion_problem
from dangjian_desktop.domain.meetings.kinds import Body, MeetingKind
from dangjian_desktop.domain.meetings.meeting import ADMISSION_MATTERS, Matter, Meeting
from dangjian_desktop.domain.members.member import Member, MemberKind
from dangjian_desktop.domain.members.roll import Roll

Test = Callable[[int, int], bool]
"""Whether (应到, 实到) meets a rule: linear in both, so that the extremes decide."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """The counts of one sitting for one vote, with all that leaves them open.

    ``eligible`` and ``present`` take the exclusions as claimed and the dates by their first day.
    ``disputed`` are excluded members whose facts are not in order (``disputes`` says why),
    ``doubtful`` members whose right on the day hangs on a date known only in part, ``unapproved``
    voters whose date of approval is missing and may lie after the day. ``missing`` counts persons
    whom the roster lacks. ``beside_the_matter`` tells that members were excluded although nothing
    that this sitting voted on allows it, ``no_committee`` that a committee sat of which the roster
    names no member besides secretary and deputy.
    """

    count: Headcount
    disputed: frozenset[str]
    doubtful: tuple[Member, ...]
    unapproved: tuple[Member, ...]
    missing: int
    no_attendance: bool
    recorded: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    disputes: tuple[str, ...] = ()
    beside_the_matter: bool = False
    no_committee: bool = False

    @property
    def eligible(self) -> int:
        """应到会有表决权."""
        return len(self.count.voters)

    @property
    def present(self) -> int:
        """实到会有表决权."""
        return len(self.count.voters_present)

    @property
    def unrecorded(self) -> frozenset[str]:
        """Voters of whom nothing is recorded: 未登记."""
        return self.count.unrecorded & self.count.voters

    def possibilities(self) -> Iterator[tuple[int, int]]:
        """Every pair (eligible, present) at the edges of what the record leaves open.

        Each person counts or not, and was there or not, apart from all others; a linear test is
        met everywhere when it is met where all persons of one sort stand alike.
        """
        voters = self.count.voters
        open_persons = self.disputed | {m.id for m in (*self.doubtful, *self.unapproved)}
        sure = voters - open_persons
        unrecorded = len(sure - self.recorded)
        open_there = len(open_persons & self.there)
        open_away = len((open_persons & self.recorded) - self.there)
        open_either = len(open_persons - self.recorded) + self.missing
        # One of each sort stands for the border to "nobody counts", where no test is met.
        for away, either, extra, inside in product(
            {0, min(1, open_away), open_away},
            {(n, there) for n in (0, min(1, open_either), open_either) for there in (0, n)},
            {0, unrecorded},
            {0, min(1, open_there), open_there},
        ):
            eligible = len(sure) + inside + away + either[0]
            yield eligible, len(sure & self.there) + inside + either[1] + extra

    def verdict(self, test: Test) -> Verdict:
        """Hold the test against every possibility: met, not met, or not to be said."""
        uncounted = bool(self.missing) and not self.count.of_committee
        uncounted = uncounted or self.no_committee or not self.eligible
        if uncounted or self.beside_the_matter:
            return Verdict.UNKNOWN
        answers = {test(eligible, present) for eligible, present in self.possibilities()}
        if len(answers) > 1:
            return Verdict.UNKNOWN
        return Verdict.OK if answers.pop() else Verdict.VIOLATION

    @property
    def video_voters(self) -> int:
        """How many voters took part by video."""
        return len(self.count.voters_present & self.count.by_video)

    def depends_on_video(self, test: Test) -> bool:
        """Whether the test is met only because video counts as present."""
        without = self.present - self.video_voters
        return test(self.eligible, self.present) and not test(self.eligible, without)

    def reasons_open(self) -> str:
        """Why it cannot be said, in words that name what to settle."""
        found = []
        if self.no_committee:
            found.append("名册中当日未登记支部委员")
        elif not self.eligible:
            found.append("名册中当日未登记有表决权的党员")
        if self.no_attendance:
            found.append("未登记到会情况")
        elif self.unrecorded:
            found.append(f"{len(self.unrecorded)}人未登记到会情况")
        if self.missing:
            found.append(f"党员名册比花名册自报合计少{self.missing}人")
        found += self.disputes
        if self.doubtful:
            names = "、".join(m.name for m in self.doubtful)
            found.append(f"{names}的有关时间只到月份或年份")
        if self.unapproved:
            names = "、".join(m.name for m in self.unapproved)
            found.append(f"{names}转正批准日期待核对")
        return "；".join(found)


def ballot(facts: Facts, meeting: Meeting, matter: Matter, *, of_committee: bool = False) -> Ballot:
    """The counts of a sitting for a vote on such a matter; counted once, however many ask.

    ``of_committee`` asks for the committee's own where it sits together with others.
    """
    kind = facts.kinds.sitting(Body.COMMITTEE)
    if not of_committee:
        own = facts.kinds.of(meeting.kinds)
        kind = voting_kind(own) or facts.kinds.sitting(Body.BRANCH)
    key = (meeting.id, kind.code, matter)
    known = facts.counted.get(key)
    if known is None or known[0] is not meeting:
        known = facts.counted[key] = (meeting, _counted(facts, meeting, kind, matter))
    found: Ballot = known[1]
    return found


def _counted(facts: Facts, meeting: Meeting, kind: MeetingKind, matter: Matter) -> Ballot:
    roll, own = facts.roll(meeting.date), facts.kinds.of(meeting.kinds)
    count = headcount(meeting, kind, own, roll)
    committee = count.of_committee
    problems = _disputes(meeting, count, allowed=_allows(matter) and not committee)
    disputed = frozenset(problems)
    there = meeting.present_ids()
    return Ballot(
        count=count,
        disputed=disputed,
        doubtful=_doubtful(roll, meeting, committee=committee),
        unapproved=() if committee else _unapproved(roll, count),
        missing=facts.missing_members,
        no_attendance=not meeting.attendance,
        recorded=_recorded(meeting),
        there=there,
        disputes=_dispute_words(problems),
        no_committee=committee and not roll.has_committee,
        beside_the_matter=bool(disputed) and (committee or not _excluding(meeting, own)),
    )


def _allows(matter: Matter) -> bool:
    return matter in ADMISSION_MATTERS or matter is Matter.ELECTION


def _excluding(meeting: Meeting, own: Sequence[MeetingKind]) -> bool:
    """Whether anything that the sitting dealt with allows members to be left out of 应到."""
    return any(_allows(item.matter) for item in meeting.agenda) or any(k.elects for k in own)


def _disputes(meeting: Meeting, count: Headcount, *, allowed: bool) -> dict[str, str]:
    """For each excluded voter whose exclusion is not in order, why."""
    found = {}
    for exclusion in meeting.excluded:
        problem = exclusion_problem(exclusion, meeting, allowed=allowed)
        member = exclusion.person.member_id
        if problem is not None and member in count.excluded:
            found[member] = problem
    return found


def _dispute_words(problems: dict[str, str]) -> tuple[str, ...]:
    counts: dict[str, int] = {}
    for problem in problems.values():
        counts[problem] = counts.get(problem, 0) + 1
    return tuple(f"不计入应到的{n}人：{problem}" for problem, n in counts.items())


def _recorded(meeting: Meeting) -> frozenset[str]:
    """Of whom it is known whether they were there; an excluded person stands for absent."""
    persons = [a.person for a in meeting.attendance] + [e.person for e in meeting.excluded]
    return frozenset(person.member_id for person in persons if person.member_id)


def _doubtful(roll: Roll, meeting: Meeting, *, committee: bool) -> tuple[Member, ...]:
    excluded = {e.person.member_id for e in meeting.excluded}
    persons = roll.open_committee if committee else roll.open_voters
    return tuple(m for m in persons if m.id not in excluded)


def _unapproved(roll: Roll, count: Headcount) -> tuple[Member, ...]:
    open_already = {m.id for m in roll.open_voters}
    return tuple(
        m
        for m in roll.voters
        if m.id in count.voters and m.id not in open_already and _approval_open(m, roll.day)
    )


def _approval_open(member: Member, day: date) -> bool:
    """Regularised shortly before the day with no date of approval: it may have come later.

    Approval may take three, at most six months (《发展党员工作细则》第三十三条). Where a change of
    kind is recorded for another day than the full date, that record stands.
    """
    full = member.full_date
    if full is None or member.full_approved is not None or day.year - full.year not in (0, 1):
        return False
    stands_in = any(s.value == MemberKind.FORMAL and s.start == full for s in member.kinds)
    return stands_in and full.first <= day < add_months(full.last, 6)
