"""The roster as of one day: who is a member, who votes, who holds which post."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from dangjian_desktop.domain.dates import add_months
from dangjian_desktop.domain.members.member import (
    COMMITTEE_ROLES,
    Member,
    MemberKind,
    PostRole,
    Spans,
    sort_members,
)
from dangjian_desktop.frozen import dataclass

_HERE, _VOTES, _COMMITTEE, _DOUBTFUL, _FORMAL = "here", "votes", "committee", "doubtful", "formal"
_UNAPPROVED = "unapproved"
_RANKS = tuple(PostRole)
_Listed = Mapping[Hashable, tuple[Member, ...]]
"""Members by what holds of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What holds of a member on a day: ``words`` that can change only at a border of ``spans``, or
    from one of ``days`` on.

    Who is listed stands in the order of names, or where told in that of the roster.
    """

    words: Callable[[Member, date], Iterable[Hashable]]
    spans: tuple[str, ...] = ()
    days: Callable[[Member], Iterable[date]] = lambda _member: ()
    by_name: bool = True

    def borders(self, member: Member) -> set[date]:
        """The days from which on something else may hold of the member."""
        return _borders(*(getattr(member, name) for name in self.spans)).union(self.days(member))


def _standing(member: Member, day: date) -> Iterator[Hashable]:
    if member.belongs_on(day):
        yield from (_HERE, member.kind_on(day))
        if member.may_vote_on(day):
            yield _VOTES


def _left_open(member: Member, day: date) -> Iterator[Hashable]:
    doubtful = member.doubtful_on(day)
    if doubtful:
        yield _DOUBTFUL
        if len(member.formal_possible(day)) > 1:
            yield _FORMAL
    if (doubtful or member.voting_suspended) and len(member.voting_possible(day)) > 1:
        yield _VOTES


def _roles(member: Member, day: date) -> Iterator[Hashable]:
    if member.posts and member.belongs_on(day):
        roles = member.roles_on(day)
        yield from roles
        if roles & COMMITTEE_ROLES:
            yield _COMMITTEE
        doubtful = any(span.doubtful(day) for span in member.posts)
        if doubtful and member.roles_possible(day) & COMMITTEE_ROLES:
            yield _DOUBTFUL


def _group(member: Member, day: date) -> Iterator[Hashable]:
    if member.belongs_on(day):
        yield member.group_on(day)


def _unapproved(member: Member, day: date) -> Iterator[Hashable]:
    """Regularised shortly before the day with no date of approval: it may have come later.

    Approval may take three, at most six months (《发展党员工作细则》第三十三条). Where a change of
    kind is recorded for another day than the full date, that record stands.
    """
    waiting = _waiting(member)
    if waiting and waiting[0] <= day < waiting[1]:
        yield _UNAPPROVED


def _waiting(member: Member) -> tuple[date, ...]:
    full = member.full_date
    if full is None or member.full_approved is not None:
        return ()
    stands_in = any(s.value == MemberKind.FORMAL and s.start == full for s in member.kinds)
    return (full.first, add_months(full.last, 6)) if stands_in else ()


_STANDING = _Question(_standing, ("kinds", "standings", "voting_suspended"))
_LEFT_OPEN = _Question(_left_open, ("kinds", "standings", "voting_suspended"), by_name=False)
_ROLES = _Question(_roles, ("kinds", "standings", "posts"))
_GROUP = _Question(_group, ("kinds", "standings", "groups"))
_APPROVAL = _Question(_unapproved, days=_waiting)


class Roll:
    """Members of one day.

    ``whole`` is the roster that hands it out, which asks for all days together.
    """

    def __init__(self, members: Iterable[Member], day: date, whole: Rolls | None = None) -> None:
        self.known = tuple(members) if whole else tuple(m for m in members if not m.deleted)
        self.day, self._whole = day, whole
        self._answered: dict[_Question, _Listed] = {}
        self._by_id = {} if whole is None else whole.by_id

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Who is a member of the branch."""
        return self._who(_STANDING, _HERE)

    @property
    def by_id(self) -> Mapping[str, Member]:
        """The same by their ids."""
        return self.named(self.members)

    def named(self, members: tuple[Member, ...]) -> Mapping[str, Member]:
        """Members that this roll lists by their ids; days on which they are the same share it."""
        found = self._by_id.get(id(members))
        if found is None:
            # The members are kept beside it, so that no others can take their place in memory.
            found = self._by_id[id(members)] = members, {m.id: m for m in members}
        return found[1]

    @property
    def doubtful(self) -> tuple[Member, ...]:
        """Whose dates leave open what they are on the day."""
        return self._who(_LEFT_OPEN, _DOUBTFUL)

    @cached_property
    def undecided(self) -> tuple[Member, ...]:
        """Of whom nobody has said yet whether, and as what, they are members; counted nowhere."""
        return tuple(sort_members(m for m in self.known if m.undecided_on(self.day)))

    @property
    def formal(self) -> tuple[Member, ...]:
        """正式党员."""
        return self._who(_STANDING, MemberKind.FORMAL)

    @property
    def probationary(self) -> tuple[Member, ...]:
        """预备党员."""
        return self._who(_STANDING, MemberKind.PROBATIONARY)

    @property
    def voters(self) -> tuple[Member, ...]:
        """Members with voting right on the day."""
        return self._who(_STANDING, _VOTES)

    @property
    def open_voters(self) -> tuple[Member, ...]:
        """Whose voting right on the day is left open by a date known only in part."""
        return self._who(_LEFT_OPEN, _VOTES)

    @property
    def open_formal(self) -> tuple[Member, ...]:
        """Of whom a date known only in part leaves open whether they are 正式党员 on the day."""
        return self._who(_LEFT_OPEN, _FORMAL)

    @property
    def unapproved(self) -> tuple[Member, ...]:
        """Who was made 正式党员 so shortly before the day, with no date of approval, that it may
        have come later."""
        return self._who(_APPROVAL, _UNAPPROVED)

    @property
    def committee(self) -> tuple[Member, ...]:
        """Who holds a post of the committee; secretary and deputy even where there is none."""
        return self._who(_ROLES, _COMMITTEE)

    @property
    def open_committee(self) -> tuple[Member, ...]:
        """Of whom a date known only in part leaves open a post of the committee."""
        return self._who(_ROLES, _DOUBTFUL)

    @property
    def has_committee(self) -> bool:
        """Whether there is a committee: at least one member besides secretary and deputy."""
        return bool(self.with_role(PostRole.COMMITTEE_MEMBER))

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """Party groups of the day in the order of their numbers (第一, 第二 …)."""
        found = (str(group) for group, members in self._answer(_GROUP).items() if group and members)
        return tuple(sorted(found, key=group_order))

    def group_members(self, group: str | None) -> tuple[Member, ...]:
        """Members of one party group."""
        return self._who(_GROUP, group)

    def with_role(self, role: PostRole) -> tuple[Member, ...]:
        """Who holds a post of this role."""
        return self._who(_ROLES, role)

    def by_rank(self, members: Iterable[Member]) -> list[Member]:
        """书记, 副书记, 委员 and 组长 of the day first; equals stay in their order."""
        return sorted(
            members, key=lambda m: min(map(_RANKS.index, m.roles_on(self.day)), default=9)
        )

    def _who(self, question: _Question, word: Hashable) -> tuple[Member, ...]:
        return self._answer(question).get(word, ())

    def _answer(self, question: _Question) -> _Listed:
        if question not in self._answered:
            whole = self._whole
            self._answered[question] = (
                self._alone(question) if whole is None else whole.listed(question, self.day)
            )
        return self._answered[question]

    def _alone(self, question: _Question) -> _Listed:
        """The answer of one day alone."""
        found: dict[Hashable, list[Member]] = defaultdict(list)
        for member in sort_members(self.known) if question.by_name else self.known:
            for word in frozenset(question.words(member, self.day)):
                found[word].append(member)
        return {word: tuple(members) for word, members in found.items()}


class Rolls(tuple[Member, ...]):
    """Everybody ever on the roster, and the roll of any day.

    What holds can change only at the border of a span: the borders are swept once, and days
    between two of them share what was found for the first of them.
    """

    def on(self, day: date) -> Roll:
        """The roll of the day."""
        if day not in self._rolls:
            self._rolls[day] = Roll(self._known, day, self)
        return self._rolls[day]

    @cached_property
    def _rolls(self) -> dict[date, Roll]:
        return {}

    @cached_property
    def _known(self) -> tuple[Member, ...]:
        return tuple(member for member in self if not member.deleted)

    @cached_property
    def _swept(self) -> dict[_Question, tuple[list[date], list[_Listed]]]:
        return {}

    @cached_property
    def by_id(self) -> dict[int, tuple[tuple[Member, ...], dict[str, Member]]]:
        """What ``Roll.named`` found, by the tuple of members."""
        return {}

    def listed(self, question: _Question, day: date) -> _Listed:
        """The answer for the day."""
        if question not in self._swept:
            members = sort_members(self._known) if question.by_name else self._known
            self._swept[question] = _sweep(question, members)
        days, listed = self._swept[question]
        return listed[bisect_right(days, day) - 1]


def _sweep(question: _Question, members: Sequence[Member]) -> tuple[list[date], list[_Listed]]:
    """The days on which the answer of somebody changes, and what holds from each on."""
    changes: dict[date, list[tuple[Hashable, int]]] = defaultdict(list)
    for place, member in enumerate(members):
        before = frozenset[Hashable]()
        for day in (date.min, *sorted(question.borders(member))):
            now = frozenset(question.words(member, day))
            if now != before:
                changes[day] += ((word, place) for word in before ^ now)
                before = now
    places: dict[Hashable, set[int]] = defaultdict(set)
    days: list[date] = [date.min]
    found: list[_Listed] = [{}]
    for day in sorted(changes):
        for word, place in changes[day]:
            places[word] ^= {place}
        listed = {
            word: tuple([members[place] for place in sorted(places[word])])
            for word in {word for word, _place in changes[day]}
        }
        days.append(day)
        found.append({**found[-1], **listed})
    return days, found


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
