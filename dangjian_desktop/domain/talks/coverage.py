"""Who has talked with whom in a year, and who has not yet; kinds by the posts of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import combinations

from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.frozen import dataclass

RollOn = Callable[[date], Roll]


class TalkKind(Labelled):
    """Between whom a talk was, by what both were on its day."""

    COMMITTEE = "committee", "支委之间"
    WITH_MEMBER = "with_member", "支委与党员"
    MEMBERS = "members", "党员之间"
    OTHERS = "others", "与其他人员"
    OPEN = "open", "待明确"


class Part(Labelled):
    """What 《支部工作条例》第十九条 asks for once a year; the last two as we read it."""

    COMMITTEE = "committee", "支委之间"
    WITH_MEMBER = "with_member", "支委与党员"
    MEMBERS = "members", "党员之间"


def pairs_of(talk: HeartTalk) -> Iterator[tuple[Person, Person]]:
    """Everybody who talked with somebody else's side."""
    return ((one, other) for one in talk.talkers for other in talk.partners)


def kinds_of(talk: HeartTalk, roll: Roll) -> tuple[TalkKind, ...]:
    """The kinds of its pairs, each once, in the order of the kinds."""
    found = {kind_of_pair(one, other, roll) for one, other in pairs_of(talk)}
    return tuple(kind for kind in TalkKind if kind in found)


def kind_of_pair(one: Person, other: Person, roll: Roll) -> TalkKind:
    """Between whom two people talked; open where nobody knows whether one held a post that day."""
    ids = [person.member_id for person in (one, other)]
    if any(uid is None or uid not in roll.by_id for uid in ids):
        return TalkKind.OTHERS
    if any(member.id in ids for member in roll.open_committee):
        return TalkKind.OPEN
    committee = {member.id for member in roll.committee}
    posts = sum(uid in committee for uid in ids)
    return (TalkKind.MEMBERS, TalkKind.WITH_MEMBER, TalkKind.COMMITTEE)[posts]


@dataclass(frozen=True, slots=True)
class Talked:
    """All talks of one member in a year: how many by kind, their ids, and with whom the member
    still has to talk, in words by part."""

    member: Member
    group: str
    committee: bool
    counts: Mapping[TalkKind, int]
    talks: tuple[str, ...] = ()
    missing: Mapping[Part, str] = field(default_factory=dict)

    def count(self, kind: TalkKind) -> int:
        """Talks of this kind."""
        return self.counts.get(kind, 0)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A year as of ``day``: the members of that day. ``pairs`` are those of the committee that
    lack, ``with_member`` and ``members`` the members who do; ``asked`` how many each part asks
    for. ``unclear`` are those of whom nobody can say, as they talked with somebody of whom it is
    not known whether he was on the committee that day. ``committee`` is None where it is not known
    whether there is one."""

    year: int
    day: date
    people: tuple[Talked, ...]
    pairs: tuple[tuple[Member, Member], ...]
    with_member: tuple[Member, ...]
    members: tuple[Member, ...]
    asked: Mapping[Part, int]
    committee: bool | None
    talks: tuple[str, ...]
    unclear: Mapping[Part, tuple[Member, ...]] = field(default_factory=dict)

    def done(self, part: Part) -> int:
        """How many of those who are asked surely have talked."""
        return self.asked[part] - len(self.lacking(part)) - len(self.open_in(part))

    def open_in(self, part: Part) -> tuple[str, ...]:
        """Of whom nobody can say, by name."""
        return tuple(member.name for member in self.unclear.get(part, ()))

    def lacking(self, part: Part) -> tuple[str, ...]:
        """Who lacks, by name: of the committee pair by pair."""
        if part is Part.COMMITTEE:
            return tuple(f"{one.name}与{other.name}" for one, other in self.pairs)
        lacking = self.with_member if part is Part.WITH_MEMBER else self.members
        return tuple(member.name for member in lacking)


def coverage(
    year: int, talks: Iterable[HeartTalk], roll_on: RollOn, day: date, committee: bool | None
) -> Coverage:
    """The talks of a year up to the day, which is its last one or before."""
    roll = roll_on(day)
    own = [t for t in talks if t.day.year == year and t.day <= day and not t.deleted]
    met = _Met(own, roll_on)
    # Where there is no committee its secretary stands for it.
    posts = roll.committee
    ordinary = [m for m in roll.members if m not in posts]
    both = tuple(combinations(posts, 2)) if committee else ()
    pairs = tuple((one, other) for one, other in both if not met.talked(one.id, other.id))
    several = len(ordinary) > 1 or bool(posts)
    with_member, open_with = met.apart(ordinary if posts else (), met.with_committee)
    members, open_among = met.apart(roll.members if several else (), met.with_ordinary)
    asked = {
        Part.COMMITTEE: len(both),
        Part.WITH_MEMBER: len(ordinary) if posts else 0,
        Part.MEMBERS: len(roll.members) if several else 0,
    }
    found = Coverage(
        year=year,
        day=day,
        people=(),
        pairs=pairs,
        with_member=with_member,
        members=members,
        asked=asked,
        committee=committee,
        talks=tuple(talk.id for talk in own),
        unclear={Part.WITH_MEMBER: open_with, Part.MEMBERS: open_among},
    )
    people = tuple(_talked(found, met, m, committee=m in posts) for m in roll.members)
    return replace(found, people=people)


class _Met:
    """Who met whom in the talks of a year."""

    def __init__(self, talks: Sequence[HeartTalk], roll_on: RollOn) -> None:
        self.counts: dict[str, dict[TalkKind, int]] = {}
        self.of: dict[str, list[str]] = {}
        self.with_committee: set[str] = set()
        self.with_ordinary: set[str] = set()
        self.with_open: set[str] = set()
        self._pairs: set[frozenset[str]] = set()
        for talk in talks:
            self._take(talk, roll_on(talk.day))

    def talked(self, one: str, other: str) -> bool:
        """Whether these two talked with each other."""
        return frozenset((one, other)) in self._pairs

    def apart(
        self, asked: Iterable[Member], met: set[str]
    ) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        """Of those who are asked who surely has not met such, and of whom nobody can say."""
        rest = [member for member in asked if member.id not in met]
        unclear = tuple(member for member in rest if member.id in self.with_open)
        return tuple(member for member in rest if member not in unclear), unclear

    def _take(self, talk: HeartTalk, roll: Roll) -> None:
        committee = {member.id for member in roll.committee}
        told: dict[str, set[TalkKind]] = {}
        for one, other in pairs_of(talk):
            kind = kind_of_pair(one, other, roll)
            for person, with_ in ((one, other), (other, one)):
                if person.member_id is not None:
                    told.setdefault(person.member_id, set()).add(kind)
                    self._meet(person.member_id, with_.member_id, roll, committee)
        for uid, kinds in told.items():
            self.of.setdefault(uid, []).append(talk.id)
            counts = self.counts.setdefault(uid, {})
            for kind in kinds:
                counts[kind] = counts.get(kind, 0) + 1

    def _meet(self, uid: str, other: str | None, roll: Roll, committee: set[str]) -> None:
        # Whoever was no member that day, on either side, talked as others do.
        if other is None or not {uid, other} <= roll.by_id.keys():
            return
        self._pairs.add(frozenset((uid, other)))
        known = self.with_committee if other in committee else self.with_ordinary
        vague = any(member.id == other for member in roll.open_committee)
        (self.with_open if vague else known).add(uid)


def _talked(found: Coverage, met: _Met, member: Member, *, committee: bool) -> Talked:
    missing: dict[Part, str] = {}
    own = [pair for pair in found.pairs if member in pair]
    others = [other.name for pair in own for other in pair if other is not member]
    if others:
        missing[Part.COMMITTEE] = f"与{'、'.join(others)}"
    if member in found.with_member:
        missing[Part.WITH_MEMBER] = "与支委"
    if member in found.members:
        missing[Part.MEMBERS] = "与其他党员"
    return Talked(
        member=member,
        group=member.group_on(found.day) or "",
        committee=committee,
        counts=met.counts.get(member.id, {}),
        talks=tuple(met.of.get(member.id, ())),
        missing=missing,
    )
