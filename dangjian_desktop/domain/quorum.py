"""Counting for a vote when something about the counts is open: verdicts over every possibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.domain.facts import Facts
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings import ADMISSION_MATTERS, Exclusion, Matter, Meeting
from dangjian_desktop.domain.members import Member
from dangjian_desktop.domain.roll import Headcount, headcount

Test = Callable[[int, int], bool]

# The six reasons for which a voter may be left out of 应到 in an election; each entry is a tuple
# of word groups, all of which must be met (domain reference, 1.1 ``excluded``).
_LONG = ("半年", "6个月", "六个月")
_REASONS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("不能表达", "无法表达", "精神病"),),
    (("出国", "出境", "国外", "境外"), _LONG),
    (("服刑", "判刑", "监外执行", "缓刑"),),
    (("不能自理", "无法自理", "卧床"),),
    (("借调", "外出", "调动", "挂职", "工作调出", "外派"), _LONG),
    (("退休",), ("原籍", "异地", "外地", "随子女")),
)


def reason_known(reason: str) -> bool:
    """Whether the words of an exclusion name one of the six reasons."""
    return any(
        all(any(word in reason for word in words) for words in groups) for groups in _REASONS
    )


@dataclass(frozen=True, slots=True)
class Ballot:
    """The counts of one sitting for one vote, with all that leaves them open.

    ``eligible`` and ``present`` take the exclusions as claimed. ``disputed`` are excluded members
    whose facts are not in order, ``doubtful`` members whose kind on the day is not known exactly,
    ``unapproved`` voters whose approval date is missing and may lie after the day.
    """

    count: Headcount
    disputed: frozenset[str]
    disputed_present: frozenset[str]
    doubtful: tuple[Member, ...]
    unapproved: tuple[Member, ...]
    missing: int
    no_attendance: bool

    @property
    def eligible(self) -> int:
        """应到会有表决权."""
        return len(self.count.voters)

    @property
    def present(self) -> int:
        """实到会有表决权."""
        return len(self.count.voters_present)

    def possibilities(self) -> Iterator[tuple[int, int]]:
        """Every pair (eligible, present) that what is recorded leaves possible at its edges."""
        open_present = len(self.count.unrecorded & self.count.voters)
        shifts = {0, len(self.disputed), self.missing}
        shifts |= {-len(self.unapproved), len(self.doubtful), -len(self.doubtful)}
        for shift in shifts:
            eligible = max(0, self.eligible + shift)
            for extra in {0, open_present, min(0, shift), len(self.disputed_present)}:
                yield eligible, min(eligible, max(0, self.present + extra))

    def verdict(self, test: Test) -> Verdict:
        """Hold the test against every possibility: met, not met, or not to be said."""
        if self.no_attendance or self.missing:
            return Verdict.UNKNOWN
        answers = {test(eligible, present) for eligible, present in self.possibilities()}
        if len(answers) > 1:
            return Verdict.UNKNOWN
        return Verdict.OK if answers.pop() else Verdict.VIOLATION

    def depends_on_video(self, test: Test) -> bool:
        """Whether the test is met only because video counts as present."""
        without = len(self.count.voters_present - self.count.by_video)
        return test(self.eligible, self.present) and not test(self.eligible, without)

    def reasons_open(self) -> str:
        """Why it cannot be said, in words that name what to settle."""
        found = []
        if self.no_attendance:
            found.append("未登记到会情况")
        if self.missing:
            found.append(f"党员名册比花名册自报合计少{self.missing}人")
        if not self.no_attendance and (unrecorded := self.count.unrecorded & self.count.voters):
            found.append(f"{len(unrecorded)}人未登记到会情况")
        if self.disputed:
            found.append(f"不计入应到的{len(self.disputed)}人缺少上级同意或大会通过的依据")
        if self.doubtful:
            names = "、".join(m.name for m in self.doubtful)
            found.append(f"{names}入党或转正时间只到月份")
        if self.unapproved:
            names = "、".join(m.name for m in self.unapproved)
            found.append(f"{names}转正批准日期待核对")
        return "；".join(found)


def ballot(facts: Facts, meeting: Meeting, kind_code: str, matter: Matter) -> Ballot:
    """The counts of a sitting for a vote on such a matter."""
    roll = facts.roll(meeting.date)
    count = headcount(meeting, facts.kind(kind_code), roll)
    disputed = {
        e.person.member_id
        for e in meeting.excluded
        if e.person.member_id and not _in_order(e, meeting, matter)
    } & count.excluded
    return Ballot(
        count=count,
        disputed=frozenset(i for i in disputed if i),
        disputed_present=frozenset(i for i in disputed if i) & meeting.present_ids(),
        doubtful=roll.doubtful,
        unapproved=tuple(m for m in roll.voters if _approval_open(m, meeting.date)),
        missing=facts.missing_members,
        no_attendance=not meeting.attendance,
    )


def _in_order(exclusion: Exclusion, meeting: Meeting, matter: Matter) -> bool:
    """Both facts recorded for this meeting, a known reason, a matter that allows exclusion."""
    allowed = matter in ADMISSION_MATTERS or matter is Matter.ELECTION
    facts = bool(exclusion.consent) and exclusion.approved_on is not None
    dated = exclusion.approved_on is not None and exclusion.approved_on <= meeting.date
    return allowed and facts and dated and reason_known(exclusion.reason)


def _approval_open(member: Member, day: date) -> bool:
    """Regularised shortly before the day with no date of approval: it may have come later.

    Approval may take three, at most six months (《发展党员工作细则》第三十三条).
    """
    full = member.full_date
    return (
        full is not None
        and member.full_approved is None
        and member.join_date is not None
        and add_months(day, -6) < full.first <= day
    )
