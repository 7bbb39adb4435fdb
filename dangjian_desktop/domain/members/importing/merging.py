"""A row of a roster brought together with the member that the library holds already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.identity import sex_of
from dangjian_desktop.domain.members.importing.rows import RosterRow
from dangjian_desktop.domain.members.member import (
    NORMAL,
    OUTSIDER,
    Member,
    MemberKind,
    Span,
    Spans,
    changed_from,
    kinds_by_dates,
    new_id,
    value_on,
)
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.frozen import dataclass

_PLAIN = ("sex", "ethnicity", "id_number", "education", "work_post", "phone", "note")
_DATES = ("birth_date", "join_date", "join_approved", "full_date", "full_approved")


class Match(Enum):
    """How a row was known to be a member."""

    ID_NUMBER = "id_number"
    NAME_AND_BIRTH = "name_and_birth"
    NAME_ALONE = "name_alone"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a member that a row changes; texts as the card shows them."""

    field: str
    before: str
    after: str


class Matcher:
    """Knows members again: by ID number, else name and birth date, else name alone.

    A name alone counts only where one member and one row have it and nothing speaks against it.
    """

    def __init__(self, members: Iterable[Member], rows: Iterable[RosterRow]) -> None:
        self._by_number: dict[str, Member] = {}
        self._by_name: dict[str, list[Member]] = {}
        for member in members:
            self._by_name.setdefault(normal_name(member.name), []).append(member)
            if member.id_number:
                self._by_number[member.id_number] = member
        self._rows_named: dict[str, int] = {}
        self._numbers: set[str] = set()
        for row in rows:
            self._numbers.add(row.id_number or "")
            name = normal_name(row.name)
            self._rows_named[name] = self._rows_named.get(name, 0) + 1
        self._taken: set[str] = set()

    def find(self, row: RosterRow) -> tuple[Member, Match] | None:
        """The member that the row is, each member once; nothing for a new person."""
        found = self._find(row)
        if found is None or found[0].id in self._taken:
            return None
        self._taken.add(found[0].id)
        return found

    def named(self, row: RosterRow) -> Sequence[Member]:
        """All members of the row's name."""
        return self._by_name.get(normal_name(row.name), [])

    def _find(self, row: RosterRow) -> tuple[Member, Match] | None:
        if row.id_number and row.id_number in self._by_number:
            return self._by_number[row.id_number], Match.ID_NUMBER
        possible = [
            member
            for member in self.named(row)
            if not member.id_number or not (row.id_number or member.id_number in self._numbers)
        ]
        same = [m for m in possible if _agree(m.birth_date, row.born)]
        if len(same) == 1:
            return same[0], Match.NAME_AND_BIRTH
        only = len(self.named(row)) == 1 and self._rows_named[normal_name(row.name)] == 1
        if only and possible and not (possible[0].birth_date and row.born):
            return possible[0], Match.NAME_ALONE
        return None


def _agree(one: PartialDate | None, other: PartialDate | None) -> bool:
    return one is not None and other is not None and (_within(one, other) or _within(other, one))


def _within(fine: PartialDate, coarse: PartialDate) -> bool:
    return coarse.first <= fine.first and fine.last <= coarse.last


def new_member(row: RosterRow, since: date | None) -> Member:
    """A new member; what holds, holds from ``since``, or since ever without it.

    Sort key and initials are left to the caller.
    """
    start = None if since is None else PartialDate.of(since)
    known = {name: getattr(row, name) for name in (*_PLAIN, *_DATES)}
    known |= {"birth_date": row.born, "sex": row.sex or _sex(row)}
    return Member(
        id=new_id(),
        name=row.name,
        kinds=row.kinds(),
        standings=(Span(row.standing(), start),),
        posts=tuple(Span(post, start) for post in row.posts),
        groups=(Span(row.group, start),) if row.group else (),
        **known,
    )


def _sex(row: RosterRow) -> str | None:
    return sex_of(row.id_number) if row.id_number else None


def merged(member: Member, row: RosterRow, day: date) -> Member:
    """The member with what the row says: the card overwritten, periods changed from the day on.

    A blank cell changes nothing, nor does a date that is only less precise than the known one.
    """
    card: dict[str, Any] = {
        name: getattr(row, name) for name in _PLAIN if getattr(row, name) is not None
    }
    card |= {name: _more_precise(getattr(member, name), getattr(row, name)) for name in _DATES}
    card["birth_date"] = card["birth_date"] or row.born
    card["sex"] = card.get("sex") or member.sex or _sex(row)
    if normal_name(row.name) != normal_name(member.name):
        card["name"] = row.name
    changed = replace(member, **card)
    return replace(
        changed,
        kinds=_kinds(member, changed, row, day),
        standings=_changed(member.standings, _status(member, row, day), day),
        groups=_changed(member.groups, row.group, day),
        posts=_posts(member.posts, row.posts, day),
    )


def _status(member: Member, row: RosterRow, day: date) -> str | None:
    """What the row says; who was said to be no member and now is one counts again."""
    outside = value_on(member.standings, day) == OUTSIDER
    return row.status or (NORMAL if outside and row.kind is not None else None)


def _more_precise(known: PartialDate | None, said: PartialDate | None) -> PartialDate | None:
    if known is None or said is None:
        return said or known
    return known if _within(known, said) else said


def _changed(spans: Spans, value: str | None, day: date) -> Spans:
    return spans if value is None else changed_from(spans, value, day)


def _posts(spans: Spans, posts: tuple[str, ...], day: date) -> Spans:
    """The posts of the row hold from the day on, others end there; none given changes nothing."""
    held = {span.value for span in spans if span.covers(day)}
    if not posts or held == set(posts):
        return spans
    edge = PartialDate.of(day)
    kept: list[Span] = []
    for span in spans:
        if not span.covers(day) or span.value in posts:
            kept.append(span)
        elif span.start is None or span.start.first < day:
            kept.append(replace(span, end=edge))
    return (*kept, *(Span(post, edge) for post in posts if post not in held))


def _kinds(before: Member, after: Member, row: RosterRow, day: date) -> Spans:
    """The kinds by better known dates where they came from dates, else changed from the day on."""
    kinds = _refined(before, after)
    if not before.kinds and row.kind is not None:
        return kinds_by_dates(*_effective(after), row.kind)
    if row.undecided or not (row.declared or row.full_date):
        return kinds
    declared = row.kind if row.declared else None
    wanted = value_on(kinds_by_dates(*_effective(after), declared), day)
    return _changed(kinds, wanted, day)


def _effective(member: Member) -> tuple[PartialDate | None, PartialDate | None]:
    return member.join_approved or member.join_date, member.full_approved or member.full_date


def _refined(before: Member, after: Member) -> Spans:
    known, better = _effective(before), _effective(after)
    refined = all(
        old == new or (old is not None and new is not None and _within(new, old))
        for old, new in zip(known, better, strict=True)
    )
    if not refined or known == better:
        return before.kinds
    for declared in (None, MemberKind.FORMAL, MemberKind.PROBATIONARY):
        if before.kinds == kinds_by_dates(*known, declared):
            return kinds_by_dates(*better, declared)
    return before.kinds


def changes(before: Member, after: Member, day: date) -> tuple[Change, ...]:
    """What differs between two states of a member, field by field, as of a day."""
    then, now = _card(before, day), _card(after, day)
    return tuple(Change(name, then[name], now[name]) for name in then if then[name] != now[name])


def _card(member: Member, day: date) -> Mapping[str, str]:
    kind = member.kind_on(day)
    card = {
        name: "" if getattr(member, name) is None else str(getattr(member, name))
        for name in ("name", *_PLAIN, *_DATES)
    }
    return card | {
        "member_kind": kind.label if kind else "",
        "status": member.status_on(day) or NORMAL,
        "party_post": "、".join(member.posts_on(day)),
        "group": member.group_on(day) or "",
    }
