"""The roster as of one day: who is a member, who votes, who holds which post."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dangjian_desktop.domain.members.member import (
    COMMITTEE_ROLES,
    Member,
    MemberKind,
    PostRole,
    Spans,
    sort_members,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Who is a member from some day on, and of whom that is left open."""

    members: tuple[Member, ...]
    doubtful: tuple[Member, ...]


class Roll:
    """Members of one day; ``doubtful`` are those whose dates leave open what they are on it.

    ``standing`` is handed in by a roster, which knows it already.
    """

    def __init__(
        self, members: Iterable[Member], day: date, standing: Standing | None = None
    ) -> None:
        self.known = tuple(member for member in members if not member.deleted)
        self.day = day
        here = standing or _standing(self.known, day)
        self.members, self.doubtful = here.members, here.doubtful
        self.by_id = {member.id: member for member in self.members}

    def moved_to(self, day: date) -> Roll:
        """The roll of another day on which everything is as on this; keeps what was found."""
        if day == self.day:
            return self
        moved = copy(self)
        moved.day = day
        return moved

    @cached_property
    def undecided(self) -> tuple[Member, ...]:
        """Of whom nobody has said yet whether, and as what, they are members; counted nowhere."""
        return tuple(sort_members(m for m in self.known if m.undecided_on(self.day)))

    @cached_property
    def formal(self) -> tuple[Member, ...]:
        """正式党员."""
        return self._of_kind(MemberKind.FORMAL)

    @cached_property
    def probationary(self) -> tuple[Member, ...]:
        """预备党员."""
        return self._of_kind(MemberKind.PROBATIONARY)

    @cached_property
    def voters(self) -> tuple[Member, ...]:
        """Members with voting right on the day."""
        return tuple(m for m in self.members if m.may_vote_on(self.day))

    @cached_property
    def open_voters(self) -> tuple[Member, ...]:
        """Whose voting right on the day is left open by a date known only in part."""
        perhaps = {m.id for m in self.doubtful}
        return tuple(
            m
            for m in self.known
            if (m.id in perhaps or m.voting_suspended) and len(m.voting_possible(self.day)) > 1
        )

    @cached_property
    def open_formal(self) -> tuple[Member, ...]:
        """Of whom a date known only in part leaves open whether they are 正式党员 on the day."""
        return tuple(m for m in self.doubtful if len(m.formal_possible(self.day)) > 1)

    @cached_property
    def committee(self) -> tuple[Member, ...]:
        """Who holds a post of the committee; secretary and deputy even where there is none."""
        return tuple(m for m in self.members if m.roles_on(self.day) & COMMITTEE_ROLES)

    @cached_property
    def open_committee(self) -> tuple[Member, ...]:
        """Of whom a date known only in part leaves open a post of the committee."""
        return tuple(
            m
            for m in self.members
            if any(span.doubtful(self.day) for span in m.posts)
            and m.roles_possible(self.day) & COMMITTEE_ROLES
        )

    @cached_property
    def has_committee(self) -> bool:
        """Whether there is a committee: at least one member besides secretary and deputy."""
        return any(PostRole.COMMITTEE_MEMBER in m.roles_on(self.day) for m in self.members)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Party groups of the day in the order of their numbers (第一, 第二 …)."""
        found = {group for m in self.members if (group := m.group_on(self.day))}
        return tuple(sorted(found, key=group_order))

    def group_members(self, group: str | None) -> tuple[Member, ...]:
        """Members of one party group."""
        return tuple(m for m in self.members if m.group_on(self.day) == group)

    def with_role(self, role: PostRole) -> tuple[Member, ...]:
        """Who holds a post of this role."""
        return tuple(m for m in self.members if role in m.roles_on(self.day))

    def _of_kind(self, kind: MemberKind) -> tuple[Member, ...]:
        return tuple(m for m in self.members if m.kind_on(self.day) is kind)


class Rolls(tuple[Member, ...]):
    """Everybody ever on the roster, and the roll of any day.

    What holds can change only at the border of a span: the borders are swept once, and days
    between two of them share what was found for the first of them.
    """

    def on(self, day: date) -> Roll:
        """The roll of the day."""
        if day not in self._rolls:
            place = bisect_right(self._borders, day)
            alike = self._stretches.get(place)
            if alike is None:
                days, standings = self._swept
                standing = standings[bisect_right(days, day) - 1]
                alike = self._stretches[place] = Roll(self._known, day, standing)
            self._rolls[day] = alike.moved_to(day)
        return self._rolls[day]

    @cached_property
    def _rolls(self) -> dict[date, Roll]:
        return {}

    @cached_property
    def _stretches(self) -> dict[int, Roll]:
        return {}

    @cached_property
    def _known(self) -> tuple[Member, ...]:
        return tuple(member for member in self if not member.deleted)

    @cached_property
    def _borders(self) -> list[date]:
        return sorted({border for member in self._known for border in _borders(*_all(member))})

    @cached_property
    def _swept(self) -> tuple[list[date], list[Standing]]:
        """The days on which the standing of somebody changes, and what holds from each on."""
        known, ordered = self._known, sort_members(self._known)
        place_of = {id(member): place for place, member in enumerate(ordered)}
        changes: dict[date, list[tuple[int, int, bool, bool]]] = defaultdict(list)
        for place, member in enumerate(known):
            before = False, False
            for day in (date.min, *sorted(_borders(member.kinds, member.standings))):
                now = member.belongs_on(day), member.doubtful_on(day)
                if now != before:
                    changes[day].append((place, place_of[id(member)], *now))
                before = now
        here, unsure = set[int](), set[int]()
        days, standings = [date.min], [Standing((), ())]
        for day in sorted(changes):
            for place, among, belongs, doubtful in changes[day]:
                (here.add if belongs else here.discard)(among)
                (unsure.add if doubtful else unsure.discard)(place)
            days.append(day)
            members = tuple(ordered[place] for place in sorted(here))
            standings.append(Standing(members, tuple(known[place] for place in sorted(unsure))))
        return days, standings


def _standing(known: tuple[Member, ...], day: date) -> Standing:
    """What a sweep finds for the day, of one day alone."""
    return Standing(
        tuple(sort_members(m for m in known if m.belongs_on(day))),
        tuple(m for m in known if m.doubtful_on(day)),
    )


def _all(member: Member) -> tuple[Spans, ...]:
    """Everything about a member that is a span of time."""
    return (
        *(member.kinds, member.standings, member.posts),
        *(member.groups, member.voting_suspended, member.waived),
    )


def _borders(*spans: Spans) -> set[date]:
    """The days from which on something else may hold or be in doubt."""
    edges = [edge for own in spans for span in own for edge in (span.start, span.end)]
    return {day for edge in edges if edge is not None for day in (edge.first, edge.last)}


def rolls(members: Iterable[Member]) -> Rolls:
    """The members as a roster; one that is a roster already keeps what it has swept."""
    return members if isinstance(members, Rolls) else Rolls(members)


_NUMERALS = {numeral: number for number, numeral in enumerate("一二三四五六七八九", 1)}
_NUMBER = re.compile(r"(\d+)|([一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])")


def group_order(group: str) -> tuple[int, str]:
    """Sort key: 第二党小组 before 第十一党小组 before names without a number."""
    found = _NUMBER.search(group)
    if found is None:
        return 99, group
    digits, numeral = found.groups()
    if digits:
        return int(digits), group
    tens, ten, ones = numeral.rpartition("十")
    return (_NUMERALS.get(tens, 1) * 10 if ten else 0) + _NUMERALS.get(ones, 0), group
