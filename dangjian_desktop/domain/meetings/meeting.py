"""Meetings: when, where, who was there, what was said, voted and agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, time
from typing import Any

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.references import KeptFile, Person
from dangjian_desktop.domain.sparse import sparse
from dangjian_desktop.frozen import dataclass


class Matter(Labelled):
    """What an agenda item is about; it decides which rule its vote is held against."""

    GENERAL = "general", "一般事项"
    FIRST_TOPIC = "first_topic", "第一议题"
    IMPORTANT = "important", "重要事项"
    ADMISSION = "admission", "接收预备党员"
    REGULARISATION = "regularisation", "预备党员转正"
    EXTENSION = "extension", "延长预备期"
    DISQUALIFICATION = "disqualification", "取消预备党员资格"
    ELECTION = "election", "选举"
    DISCIPLINE = "discipline", "党纪处分"
    DISPOSAL = "disposal", "组织处置"
    COMMENDATION = "commendation", "表彰推荐"


ADMISSION_MATTERS = frozenset(
    {Matter.ADMISSION, Matter.REGULARISATION, Matter.EXTENSION, Matter.DISQUALIFICATION}
)


UNDECIDED_MATTERS = frozenset({Matter.GENERAL, Matter.FIRST_TOPIC})
"""Items to which no resolution belongs unless one is written: a study decides nothing."""


class VoteMethod(Labelled):
    """How a vote was taken."""

    SECRET_BALLOT = "secret_ballot", "无记名投票"
    OPEN_BALLOT = "open_ballot", "记名投票"
    HANDS = "hands", "举手表决"


class Presence(Labelled):
    """Where a member stood at a sitting."""

    PRESENT = "present", "到会"
    VIDEO = "video", "视频参会"
    LEAVE = "leave", "请假"
    ABSENT = "absent", "缺席"

    @property
    def counts(self) -> bool:
        """Whether it counts as present; 视频 does, with a notice where a vote depends on it."""
        return self in THERE


THERE = (Presence.PRESENT, Presence.VIDEO)


@dataclass(frozen=True, slots=True)
class Attendance:
    """Where one member stood: ``reason`` for leave, ``made_up`` how it was made up for (补学)."""

    person: Person
    presence: Presence
    reason: str | None = None
    made_up: str | None = None


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A member not counted in 应到, with its two facts: consent and approval."""

    person: Person
    reason: str
    consent: str | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class Observer:
    """Somebody who sat in (列席)."""

    name: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """The counts that the paper gives, kept beside the computed ones."""

    eligible: int | None = None
    present: int | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person said."""

    speaker: Person
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """Counts of one vote; what is not known is None, never guessed.

    ``yes``, ``no``, ``abstain`` are ballots (or hands); ``written_*`` are opinions handed in
    beforehand, counted apart (《发展党员工作细则》第十九条).
    """

    method: VoteMethod | None = None
    issued: int | None = None
    returned: int | None = None
    void: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    written_yes: int | None = None
    written_no: int | None = None
    written_abstain: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Votes for one candidate of an election."""

    name: str
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    written_yes: int | None = None
    elected: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something agreed: what, who, until when, by which standard, checked by whom.

    ``id`` stays what it is when the words are changed; what was agreed before there were such has
    none stored (``identified`` tells it then).
    """

    id: str = sparse("")
    what: str
    responsible: Person | None = None
    due: date | None = None
    standard: str | None = None
    checker: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: what was reported, said, voted and agreed. ``id`` is a UUID.

    ``reporter`` and ``minutes`` are who speaks to it and how long that is to take. What is read
    as 第一议题 comes from a ``source``; its topic is what is read, its actions what follows from
    it. An election has ``seats`` (应选名额) and, from its second ballot on, a ``round``.
    """

    id: str
    topic: str
    matter: Matter = Matter.GENERAL
    person: str | None = None
    source: str | None = None
    reporter: Person | None = None
    minutes: int | None = None
    content: tuple[str, ...] = ()
    speeches: tuple[Speech, ...] = ()
    vote: Vote | None = None
    seats: int | None = None
    round: int | None = None
    candidates: tuple[Candidate, ...] = ()
    resolution: str | None = None
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class LateEntry:
    """补录: when it was really entered, why, and whether the paper original exists, if known."""

    entered_on: date
    reason: str
    paper_original: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One sitting, of one or several kinds.

    ``id`` is a UUID; ``number`` (第×次) is fixed when the minutes are first printed.
    ``details`` holds the values of the fields that the kinds declare, as plain JSON values.
    Who stands in no list of attendance is 未登记. Records of one ``activity`` are its sittings
    (倒班): attendance is counted over all of them, quorum and votes never. ``files`` are what is
    kept with it: signed minutes as scanned, photographs.
    """

    id: str
    kinds: tuple[str, ...]
    title: str
    date: date
    number: int | None = None
    for_year: int | None = None
    start: time | None = None
    end: time | None = None
    place: str | None = None
    host: Person | None = None
    delegated_by: Person | None = None
    recorder: Person | None = None
    group: str | None = None
    attendance: tuple[Attendance, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    stated: Stated | None = None
    observers: tuple[Observer, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    closing: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    activity: str | None = None
    late_entry: LateEntry | None = None
    files: tuple[KeptFile, ...] = ()
    deleted: bool = False

    @property
    def year(self) -> int:
        """The year whose duty it fulfils: ``for_year`` where given, else that of the date."""
        return self.for_year or self.date.year

    @property
    def held(self) -> bool:
        """Whether it took place: attendance, votes or speeches are recorded."""
        return bool(self.attendance) or any(
            item.speeches or item.vote or item.candidates for item in self.agenda
        )

    @property
    def elections(self) -> tuple[AgendaItem, ...] | None:
        """The items that elect and name candidates; None where there are none."""
        elects = (i for i in self.agenda if i.matter is Matter.ELECTION and i.candidates)
        return tuple(elects) or None

    def present_ids(self) -> frozenset[str]:
        """The members who were there, in the room or by video."""
        there = {a.person.member_id for a in self.attendance if a.presence in THERE}
        return frozenset(member for member in there if member)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFilter:
    """Which meetings are wanted; everything left out narrows nothing.

    ``also_for`` adds to those from ``first`` to ``last`` what fulfils the duty of that year;
    ``tied`` asks for those by which sittings of other years are judged: of an activity, or on the
    end of a probation.
    """

    first: date | None = None
    last: date | None = None
    also_for: int | None = None
    kind: str | None = None
    group: str | None = None
    tied: bool = False
    text: str = ""
    deleted: bool = False
