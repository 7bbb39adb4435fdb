"""What members have of their own where they are read, compared and judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dangjian_desktop.domain.members.member import (
    NORMAL,
    Member,
    MemberKind,
    Span,
    changed_from,
    kinds_by_dates,
    value_on,
)
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.services.records.importing import Subject
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.pinyin import initials, sort_key

_HELD = ("kinds", "standings", "groups")


def with_keys(member: Member) -> Member:
    """With the keys by which a name is sorted and found."""
    told = member.pinyin
    return replace(
        member, sort_key=sort_key(member.name, told), initials=initials(member.name, told)
    )


def _settled(member: Member, facts: Facts) -> tuple[Member, list[Problem]]:
    """What is told as of today holds from today for a known member, since ever for a new one."""
    stored = next((m for m in facts.members if m.id == member.id and not m.deleted), None)
    if stored is None:
        told = value_on(member.kinds, facts.today)
        join = member.join_approved or member.join_date
        full = member.full_approved or member.full_date
        kinds = kinds_by_dates(join, full, MemberKind(told)) if told else ()
        standings = member.standings or (Span(NORMAL),)
        return with_keys(replace(member, kinds=kinds, standings=standings)), []
    spans: dict[str, Any] = {
        name: changed_from(
            getattr(stored, name), value_on(getattr(member, name), facts.today), facts.today
        )
        for name in _HELD
    }
    kept = {"note", "voting_suspended", "waived", "posts"}
    if {s.value for s in member.posts} != set(stored.posts_on(facts.today)):
        words = "党内职务与名册中的不同，请在党员信息中登记职务的起止时间"
        return member, [Problem("party_post", words, "exists")]
    spans |= {name: getattr(stored, name) for name in kept}
    return with_keys(replace(member, **spans)), []


MEMBERS = Subject(
    record=MEMBER,
    topic=Topic.MEMBERS,
    facts=facts_of,
    names=lambda facts, _values: NameFinder([facts.roll(facts.today)]),
    settled=_settled,
    reason="导入",
)
