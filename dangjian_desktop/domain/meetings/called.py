"""Who is called to a sitting, who was there: one answer for rules, papers, figures and window."""

from __future__ import annotations

from collections.abc import Sequence

from dangjian_desktop.domain.meetings.exclusions import refuted
from dangjian_desktop.domain.meetings.kinds import Body, Expected, Kinds, MeetingKind
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Headcount:
    """Counts of one sitting for one of its kinds; the ids behind every number.

    ``called`` tells who is called by the kind at this sitting; ``expected`` 应到, ``present`` 实到,
    ``voters`` 应到会有表决权, ``voters_present`` 实到会有表决权 (excluded members taken off both
    unless what is recorded refutes the exclusion),
    ``unrecorded`` 未登记, ``by_video`` present by video.
    """

    kind: MeetingKind
    called: Expected
    expected: frozenset[str]
    present: frozenset[str]
    voters: frozenset[str]
    voters_present: frozenset[str]
    excluded: frozenset[str]
    unrecorded: frozenset[str]
    by_video: frozenset[str]

    @property
    def of_committee(self) -> bool:
        """Whether the committee sits."""
        return self.called is Expected.COMMITTEE

    @property
    def decides(self) -> bool:
        """Whether votes are held against the rules of the general meeting."""
        return self.kind.decides and not self.of_committee


def called_by(kind: MeetingKind, own: Sequence[MeetingKind]) -> Expected:
    """Whom a kind calls to a sitting that is of the kinds ``own``.

    An election is held by the body that sits: a committee that elects its secretary calls its own
    members, a party group that elects its leader calls the group.
    """
    bodies = {other.body for other in own}
    if kind.elects and Body.BRANCH not in bodies:
        if Body.COMMITTEE in bodies:
            return Expected.COMMITTEE
        if Body.GROUP in bodies:
            return Expected.GROUP
    return kind.expected


def called_members(
    kind: MeetingKind, own: Sequence[MeetingKind], roll: Roll, group: str | None = None
) -> tuple[Member, ...]:
    """应到 by one kind of a sitting; of a party group where one is named for it."""
    match called_by(kind, own):
        case Expected.VOTERS:
            return roll.voters
        case Expected.COMMITTEE:
            return roll.committee
        case Expected.GROUP:
            return roll.group_members(group)
        case Expected.ALL_MEMBERS:
            return roll.group_members(group) if group else roll.members


def everybody_called(
    own: Sequence[MeetingKind], roll: Roll, group: str | None = None
) -> tuple[Member, ...]:
    """Everybody whom any of the kinds calls, each once, in the order of the roll."""
    wanted = {m.id for kind in own for m in called_members(kind, own, roll, group)}
    return tuple(member for member in roll.members if member.id in wanted)


def headcount(
    meeting: Meeting, kind: MeetingKind, own: Sequence[MeetingKind], roll: Roll
) -> Headcount:
    """Count one sitting for one of its kinds ``own``, as of the day of the roll."""
    called = called_by(kind, own)
    expected = frozenset(roll.named(called_members(kind, own, roll, meeting.group)))
    voters = frozenset(roll.named(roll.voters))
    if called is Expected.COMMITTEE:
        voters = expected
    elif called is Expected.GROUP:
        voters &= expected
    claimed = frozenset(e.person.member_id for e in meeting.excluded if e.person.member_id)
    excluded = claimed - refuted(meeting).keys()
    stood = {a.person.member_id: a.presence for a in meeting.attendance if a.person.member_id}
    there = meeting.present_ids()
    return Headcount(
        kind=kind,
        called=called,
        expected=expected,
        present=there & expected,
        voters=voters - excluded,
        voters_present=there & (voters - excluded),
        excluded=excluded & voters,
        unrecorded=expected - stood.keys() - claimed,
        by_video=frozenset(uid for uid, how in stood.items() if how is Presence.VIDEO),
    )


def headcounts(meeting: Meeting, kinds: Kinds, roll: Roll) -> tuple[Headcount, ...]:
    """The counts of a sitting by each of its kinds, in the order of the registry."""
    own = kinds.of(meeting.kinds)
    return tuple(headcount(meeting, kind, own, roll) for kind in own)


def deciding_kind(own: Sequence[MeetingKind]) -> MeetingKind | None:
    """The kind under whose rule a sitting decides; nothing for study and for the committee."""
    decides = [k for k in own if k.decides and called_by(k, own) is not Expected.COMMITTEE]
    return next((k for k in decides if k.elects), decides[0] if decides else None)


def voting_kind(own: Sequence[MeetingKind]) -> MeetingKind | None:
    """The kind on whose 应到 a vote is counted; nothing for a sitting without known kinds."""
    sits = next((kind for kind in own if kind.body is not None), None)
    return deciding_kind(own) or sits or (own[0] if own else None)


def committee_sits(own: Sequence[MeetingKind]) -> bool:
    """Whether the committee sits, perhaps together with others."""
    return any(kind.body is Body.COMMITTEE for kind in own)
