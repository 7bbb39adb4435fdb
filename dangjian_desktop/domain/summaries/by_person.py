"""Attendance by person: at how many sittings each was due, there, on leave or absent.

The sums over all persons are those of the figures ``attendance.*``: the same sittings, the same
people. Of whom nothing is recorded is 未登记, never absent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.meetings.kinds import Body, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.summaries.of_attendance import (
    Absence,
    Turnout,
    missing,
    of_committee,
    turnouts,
)
from dangjian_desktop.frozen import dataclass

WAIVED = "不作要求"


@dataclass(frozen=True, slots=True)
class Stood:
    """Where a person was at one sitting (到会, 请假, 缺席, 未登记, 不作要求); ``due`` whether the
    sitting is among those that are counted."""

    meeting: Meeting
    state: str
    reason: str = ""
    due: bool = True


@dataclass(frozen=True, slots=True)
class PersonTurnout:
    """All sittings of a period at which a member was due, oldest first."""

    member: Member
    group: str
    stood: tuple[Stood, ...]

    @property
    def due(self) -> int:
        """应到."""
        return sum(each.due for each in self.stood)

    def count(self, state: str) -> int:
        """How often the member stood so."""
        return sum(each.due and each.state == state for each in self.stood)

    @property
    def present(self) -> int:
        """实到."""
        return self.count(Presence.PRESENT.label)

    @property
    def absent(self) -> int:
        """缺席, as it is recorded."""
        return self.count(Presence.ABSENT.label)


def by_person(
    facts: Facts, meetings: Sequence[Meeting], kind: MeetingKind | None = None
) -> tuple[PersonTurnout, ...]:
    """Everybody who was due at one of these sittings, in the order of the roster; of the sittings
    of a ``kind`` that the committee holds, the committee."""
    of_kind = kind is not None and kind.body is Body.COMMITTEE
    found = of_committee(facts, meetings) if of_kind else turnouts(facts, meetings)
    stood: dict[str, list[Stood]] = {}
    for turnout in found:
        away = {absence.member_id: absence for absence in missing(facts, turnout)}
        for uid in turnout.expected | turnout.waived:
            stood.setdefault(uid, []).append(_stood(turnout, uid, away))
    last = max((turnout.meeting.date for turnout in found), default=facts.today)
    return tuple(
        PersonTurnout(member, member.group_on(last) or "", tuple(stood[member.id]))
        for member in facts.members
        if member.id in stood
    )


def _stood(turnout: Turnout, uid: str, away: Mapping[str, Absence]) -> Stood:
    due, absence = uid in turnout.expected, away.get(uid)
    if absence is None:
        return Stood(turnout.meeting, Presence.PRESENT.label, due=due)
    state = absence.state if due or not absence.waived else WAIVED
    return Stood(turnout.meeting, state, absence.reason, due=due)
