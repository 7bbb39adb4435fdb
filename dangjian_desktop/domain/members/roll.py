"""The roster as of one day: who is a member, who votes, who holds which post."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from dangjian_desktop.domain.members.member import (
    COMMITTEE_ROLES,
    Member,
    MemberKind,
    PostRole,
    sort_members,
)


class Roll:
    """Members of one day; ``doubtful`` are those whose dates leave open what they are on it."""

    def __init__(self, members: Iterable[Member], day: date) -> None:
        known = [member for member in members if not member.deleted]
        self.day = day
        self.known = tuple(known)
        self.members = tuple(sort_members(m for m in known if m.belongs_on(day)))
        self.doubtful = tuple(m for m in known if m.doubtful_on(day))
        self.by_id = {member.id: member for member in self.members}

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
