"""What the rules look at: the branch, its members and meetings, and the table of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meeting_kinds import Kinds, MeetingKind
from dangjian_desktop.domain.meetings import Meeting
from dangjian_desktop.domain.members import Member
from dangjian_desktop.domain.roll import Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A row of the rule table: data with source, article and the dates in which it is in force.

    ``severity`` is hard (必须, 应当, 不得), soft (一般) or local (only the unit's own rule).
    ``confirmed`` is False where the text of the article has not been compared: verdicts then
    say 待核对. ``values`` are numbers that the branch may change.
    """

    id: str
    title: str
    basis: str
    text: str
    severity: str
    since: date | None = None
    enabled: bool = True
    confirmed: bool = True
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def failed(self) -> Verdict:
        """What breaking it means."""
        return Verdict.VIOLATION if self.severity == "hard" else Verdict.NOTICE

    @property
    def source(self) -> str:
        """Regulation and article, with 待核对 where the article was not compared."""
        return self.basis if self.confirmed else f"{self.basis}（待核对）"


@dataclass(frozen=True, slots=True)
class StatedRoster:
    """The total that an imported sheet gave for itself, and the day that it was imported for."""

    total: int
    day: date


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a rule may look at; ``today`` is the day as of which is judged."""

    branch: Branch
    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    kinds: Kinds
    rules: Mapping[str, RuleText]
    today: date
    stated_roster: StatedRoster | None = None
    _rolls: dict[date, Roll] = field(default_factory=dict, compare=False, repr=False)

    def roll(self, day: date) -> Roll:
        """The roster of the day."""
        if day not in self._rolls:
            self._rolls[day] = Roll(self.members, day)
        return self._rolls[day]

    def held(self, kind: str | None = None) -> Iterator[Meeting]:
        """Meetings that took place up to today, perhaps only those of one kind."""
        for meeting in self.meetings:
            known = meeting.held and meeting.date <= self.today
            if known and (kind is None or kind in meeting.kinds):
                yield meeting

    def kind(self, code: str) -> MeetingKind:
        """The kind of this code."""
        return self.kinds[code]

    @property
    def missing_members(self) -> int:
        """How many persons the last imported sheet counted that the roster does not hold."""
        if self.stated_roster is None:
            return 0
        return max(0, self.stated_roster.total - len(self.roll(self.stated_roster.day).members))

    def finding(
        self,
        rule: str,
        verdict: Verdict,
        subject: str,
        message: str,
        records: tuple[str, ...] = (),
        basis: str | None = None,
    ) -> Finding:
        """A finding under a rule of the table, with its basis unless another one is given."""
        source = basis if basis is not None else self.rules[rule].source
        return Finding(rule, verdict, subject, message, source, records)


def subject_of(meeting: Meeting, kinds: Kinds, item: int | None = None) -> str:
    """How a finding names a sitting, and perhaps its n-th agenda item."""
    words = "、".join(kind.short for kind in kinds.of(meeting.kinds))
    group = f"（{meeting.group}）" if meeting.group else ""
    behind = f" 第{item}项议题" if item is not None else ""
    return f"{meeting.date.isoformat()} {words}{group}{behind}"
