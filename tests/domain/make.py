"""Builders of members, meetings and facts; everything left out is the ordinary case."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts, RuleText, StatedRoster
from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import (
    AgendaItem,
    Attendance,
    Candidate,
    Exclusion,
    LateEntry,
    Matter,
    Meeting,
    Presence,
    Stated,
    Vote,
    VoteMethod,
)
from dangjian_desktop.domain.members.member import NORMAL, Member, MemberKind, Span, Spans
from dangjian_desktop.domain.references import Person

_ITEMS = count(1)
CHECKOUT = Path(__file__).resolve().parent.parent.parent


def day(text: str) -> date:
    return date.fromisoformat(text)


def partial(text: str | None) -> PartialDate | None:
    return None if text is None else PartialDate.parse(text)


def a_span(value: str, start: str | None = None, end: str | None = None) -> Span:
    return Span(value, partial(start), partial(end))


def a_member(
    name: str,
    *,
    formal_since: str | None = "2010-07-01",
    probationary_since: str | None = None,
    post: str | None = None,
    group: str | None = None,
    posts: Spans = (),
    groups: Spans = (),
    **more: Any,
) -> Member:
    """A formal member of long standing, whose id is the name."""
    kinds: list[Span] = []
    if probationary_since is not None:
        kinds.append(a_span(MemberKind.PROBATIONARY, probationary_since, formal_since))
    if formal_since is not None:
        kinds.append(a_span(MemberKind.FORMAL, formal_since))
    return Member(
        **{
            "id": name,
            "name": name,
            "kinds": tuple(kinds),
            "standings": (Span(NORMAL),),
            "posts": posts or ((Span(post),) if post else ()),
            "groups": groups or ((Span(group),) if group else ()),
            "full_date": partial(formal_since),
            "full_approved": partial(formal_since),
            **more,
        }
    )


def members(number: int, **more: Any) -> tuple[Member, ...]:
    """So many formal members, 党员1 and so on."""
    return tuple(a_member(f"党员{i}", **more) for i in range(1, number + 1))


def a_committee() -> tuple[Member, ...]:
    """Seven formal members with a committee of three and two groups."""
    posts = ("党支部书记", "组织委员", "纪检委员", "第一党小组组长", None, "第二党小组组长", None)
    groups = ("第一党小组",) * 4 + ("第二党小组",) * 3
    return tuple(
        a_member(f"党员{i}", post=post, group=group)
        for i, (post, group) in enumerate(zip(posts, groups, strict=True), 1)
    )


def persons(people: Iterable[Member | str]) -> tuple[Person, ...]:
    names = (p if isinstance(p, str) else p.name for p in people)
    return tuple(Person(name, name) for name in names)


def attending(
    present: Iterable[Member | str] = (),
    *,
    video: Iterable[Member | str] = (),
    leave: Iterable[Member | str] = (),
    absent: Iterable[Member | str] = (),
) -> tuple[Attendance, ...]:
    stood = (
        (Presence.PRESENT, present),
        (Presence.VIDEO, video),
        (Presence.LEAVE, leave),
        (Presence.ABSENT, absent),
    )
    return tuple(Attendance(p, how) for how, people in stood for p in persons(people))


def of_them(people: Sequence[Member], present: int) -> tuple[Attendance, ...]:
    """The first so many present, all others absent."""
    return attending(people[:present], absent=people[present:])


GROUNDS = "长期患病、生活不能自理"


def an_exclusion(member: Member | str, on: str = "2026-06-18", **more: Any) -> Exclusion:
    """One that is in order for a sitting of that day."""
    person = persons([member])[0]
    return Exclusion(
        **{
            "person": person,
            "reason": GROUNDS,
            "consent": "上级党委批复",
            "approved_on": day(on),
            **more,
        }
    )


def a_vote(yes: int | None, **more: Any) -> Vote:
    return Vote(**{"method": VoteMethod.SECRET_BALLOT, "yes": yes, **more})


def an_item(topic: str = "讨论事项", matter: Matter = Matter.GENERAL, **more: Any) -> AgendaItem:
    return AgendaItem(id=f"item-{next(_ITEMS)}", topic=topic, matter=matter, **more)


def an_election(*names: str, elected: int = 0, yes: int | None = None) -> AgendaItem:
    """An election of these candidates; the first ``elected`` have won, each with ``yes``."""
    candidates = tuple(
        Candidate(name=name, yes=yes, elected=number < elected) for number, name in enumerate(names)
    )
    return an_item("选举支部委员会", Matter.ELECTION, candidates=candidates)


def a_meeting(
    on: str,
    *kinds: str,
    attendance: tuple[Attendance, ...] | None = None,
    start: str | None = None,
    **more: Any,
) -> Meeting:
    """A general meeting unless told; held, because one person is on record as present."""
    codes = kinds or ("general_meeting",)
    return Meeting(
        **{
            "id": "/".join(filter(None, (on, *codes, start, more.get("group")))),
            "kinds": codes,
            "title": "会议",
            "date": day(on),
            "start": None if start is None else time.fromisoformat(start),
            "attendance": attending(["党员1"]) if attendance is None else attendance,
            **more,
        }
    )


def person(name: str) -> Person:
    return Person(name, name)


def stated(eligible: int | None, present: int | None) -> Stated:
    return Stated(eligible, present)


def late(on: str) -> LateEntry:
    return LateEntry(day(on), "补充登记", paper_original=True)


@cache
def rule_table() -> Mapping[str, RuleText]:
    """The table that ships, read without the services."""
    text = (CHECKOUT / "resources" / "rules" / "rules.toml").read_text(encoding="utf-8")
    rows = {name: row for name, row in tomllib.loads(text).items() if isinstance(row, dict)}
    return {name: RuleText(id=name, **row) for name, row in rows.items()}


def facts(
    people: Iterable[Member] = (),
    meetings: Iterable[Meeting] = (),
    *,
    today: str = "2026-07-01",
    total: int | None = None,
    values: Mapping[str, Mapping[str, Any]] | None = None,
    **branch: Any,
) -> Facts:
    """What the rules look at; ``total`` is what an imported sheet gave for itself today."""
    rules = dict(rule_table())
    for name, changed in (values or {}).items():
        rules[name] = replace(rules[name], values={**rules[name].values, **changed})
    return Facts(
        branch=Branch(name="中共示例支部委员会", **branch),
        members=tuple(people),
        meetings=tuple(meetings),
        kinds=Kinds(),
        rules=rules,
        today=day(today),
        stated_roster=None if total is None else StatedRoster(total, day(today)),
    )


def found(known: Facts, rule: str, ending: str = "") -> tuple[Finding, ...]:
    """The findings of a rule whose subject ends so."""
    return tuple(f for f in examine(known, rule) if f.subject.endswith(ending))


def only(known: Facts, rule: str, ending: str = "") -> Finding:
    findings = found(known, rule, ending)
    assert len(findings) == 1, findings
    return findings[0]


def verdict(known: Facts, rule: str, ending: str = "") -> Verdict:
    return only(known, rule, ending).verdict
