"""支委会 and party groups as the roster has them, for somebody to say that they are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dangjian_desktop.domain.members.member import (
    COMMITTEE_ROLES,
    Member,
    PostRole,
    post_roles,
)
from dangjian_desktop.domain.members.roll import Roll, Rolls
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.library.beginning import CONFIRMED
from dangjian_desktop.services.of_library import OfLibrary

People = tuple[tuple[str, str], ...]
"""Ids and names."""


@dataclass(frozen=True, slots=True)
class Composition:
    """``committee`` has the people of each post, ``groups`` the leaders of each party group with
    the number of its members; ``open`` says what the roster leaves open, and of whom.

    ``confirmed`` is the day on which somebody said last that it is right.
    """

    committee: tuple[tuple[str, People], ...]
    groups: tuple[tuple[str, int, People], ...]
    open: tuple[tuple[str, People], ...]
    confirmed: date | None = None


class CompositionService(OfLibrary):
    """What the roster of one library says of today; ``clock`` tells the present time."""

    def composition(self) -> Composition:
        """As of today."""
        day = self._clock().date()
        with self._library.reading() as work:
            roll, kept = Rolls(work.roster()).on(day), work.settings.get(CONFIRMED)
        return Composition(
            committee=_committee(roll),
            groups=tuple((g, len(roll.group_members(g)), _leaders(roll, g)) for g in roll.groups),
            open=tuple(_open(roll)),
            confirmed=date.fromisoformat(kept) if kept else None,
        )

    def confirm(self) -> Composition:
        """Keep that it was found right today."""
        with self._library.changing(Topic.BRANCH) as work:
            work.settings.put(CONFIRMED, self._clock().date().isoformat())
        return self.composition()


def _committee(roll: Roll) -> tuple[tuple[str, People], ...]:
    posts: dict[str, list[Member]] = {}
    for member in roll.by_rank(roll.committee):
        for post in member.posts_on(roll.day):
            if COMMITTEE_ROLES.intersection(post_roles(post)):
                posts.setdefault(post, []).append(member)
    return tuple((post, _people(members)) for post, members in posts.items())


def _leaders(roll: Roll, group: str) -> People:
    leaders = roll.with_role(PostRole.GROUP_LEADER)
    return _people(m for m in leaders if m.group_on(roll.day) == group)


def _open(roll: Roll) -> Iterator[tuple[str, People]]:
    if not roll.members:
        yield "名册里还没有党员，导入花名册后再核对", ()
        return
    if not roll.with_role(PostRole.SECRETARY):
        yield "名册中没有写明谁是书记", ()
    for group in roll.groups:
        if not _leaders(roll, group):
            yield f"名册中没有写明{group}的组长", ()
    if roll.groups and (rest := roll.group_members(None)):
        yield f"{len(rest)}名党员没有写明党小组", _people(rest)


def _people(members: Iterable[Member]) -> People:
    return tuple((member.id, member.name) for member in members)
