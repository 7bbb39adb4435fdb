"""Figures about members: how many on a day, who came and who left in a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.members.member import NORMAL, Member, MemberKind
from dangjian_desktop.domain.summaries.figure import Figure, Group, Over
from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A member who came, left or became a formal member on a day; ``words`` say how."""

    member: Member
    day: date
    words: str


def _figure(members: Iterable[Member], label: str, over: Over = Over.DAY) -> Figure:
    ids = tuple(member.id for member in members)
    group = Group.MEMBERS
    return Figure(value=len(ids), records=ids, label=label, unit="人", group=group, over=over)


def member_figures(facts: Facts, day: date) -> dict[str, Figure]:
    """``members.*`` as of a day."""
    roll = facts.roll(day)
    by_sex = {sex: [m for m in roll.members if m.sex == sex] for sex in ("男", "女")}
    unknown = [m for m in roll.members if m.sex not in by_sex]
    return {
        "members.total": _figure(roll.members, "党员总数"),
        "members.formal": _figure(roll.formal, "正式党员"),
        "members.probationary": _figure(roll.probationary, "预备党员"),
        "members.voters": _figure(roll.voters, "有表决权的党员"),
        "members.men": _figure(by_sex["男"], "男党员"),
        "members.women": _figure(by_sex["女"], "女党员"),
        "members.sex_unknown": _figure(unknown, "性别待明确"),
        "members.committee": _figure(roll.committee if roll.has_committee else (), "支部委员"),
        "groups.total": replace(_figure((), "党小组"), value=len(roll.groups), unit="个"),
    }


def joined(facts: Facts, first: date, last: date) -> tuple[Change, ...]:
    """Who became a member of the branch from ``first`` to ``last``."""
    return tuple(_crossings(facts, first, last, coming=True))


def left(facts: Facts, first: date, last: date) -> tuple[Change, ...]:
    """Who ceased to be a member of the branch from ``first`` to ``last``."""
    return tuple(_crossings(facts, first, last, coming=False))


def regularised(facts: Facts, first: date, last: date) -> tuple[Change, ...]:
    """Whose probation ended with full membership, by the day that counts for votes."""
    found = []
    for member, day in _edges(facts, first, last):
        before = member.kind_on(day - timedelta(days=1))
        after = member.kind_on(day)
        if before is MemberKind.PROBATIONARY and after is MemberKind.FORMAL:
            found.append(Change(member, day, "预备党员转为正式党员"))
    return tuple(found)


def change_figures(facts: Facts, first: date, last: date) -> dict[str, Figure]:
    """``members.joined``, ``members.left``, ``members.regularised``."""
    told = (
        ("joined", "增加党员", joined),
        ("left", "减少党员", left),
        ("regularised", "转为正式党员", regularised),
    )
    return {
        f"members.{name}": _figure(
            (change.member for change in of(facts, first, last)), label, Over.PERIOD
        )
        for name, label, of in told
    }


def _crossings(facts: Facts, first: date, last: date, *, coming: bool) -> Iterator[Change]:
    for member, day in _edges(facts, first, last):
        before = member.belongs_on(day - timedelta(days=1))
        after = member.belongs_on(day)
        if before == after or after is not coming:
            continue
        yield Change(member, day, _came(member, day) if coming else _went(member, day))


def _edges(facts: Facts, first: date, last: date) -> Iterator[tuple[Member, date]]:
    """Each member with each day of the period on which their kind or standing changes."""
    for member in facts.members:
        if member.deleted:
            continue
        spans = (*member.kinds, *member.standings)
        days = {edge.first for span in spans for edge in (span.start, span.end) if edge}
        for day in sorted(day for day in days if first <= day <= last):
            yield member, day


def _came(member: Member, day: date) -> str:
    kind = member.kind_on(day)
    newly = kind is not None and member.kind_on(day - timedelta(days=1)) is None
    if newly and kind is MemberKind.PROBATIONARY:
        return "新发展预备党员"
    return "转入或恢复"


def _went(member: Member, day: date) -> str:
    status = member.status_on(day)
    return status if status and status != NORMAL else "不再列入名册"
