"""Lists for the empty rows of a table: members, sittings, projects, rows of ledgers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.record import record_of
from dangjian_desktop.domain.levels import Outlet, may_be_shown
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.summaries.of_projects import reported_projects
from dangjian_desktop.papers.meetings.sitting import Sitting
from dangjian_desktop.services.blank_forms.facts import Fact, FactList, beside_number
from dangjian_desktop.services.blank_forms.occasion import Occasion
from dangjian_desktop.services.blank_forms.of_branch import ledger_rows
from dangjian_desktop.services.blank_forms.of_projects import progress_facts
from dangjian_desktop.services.blank_forms.of_records import (
    detail_facts,
    number_fact,
    record_facts,
)
from dangjian_desktop.services.blank_forms.of_sittings import of_the_meeting, sitting_facts
from dangjian_desktop.services.ledgers.catalogue import entries
from dangjian_desktop.services.members.listing import age_on

_COMMITTEE = "members:committee"
_AGE = Field("age", "年龄", FieldType.INTEGER, unit="岁", also=("周岁",))


def lists_of(occasion: Occasion) -> Iterator[FactList]:
    """Every list of the library; rows of sensitive ledgers are none."""
    yield from _of_members(occasion)
    yield from _of_sittings(occasion)
    told = (*record_facts(PROJECT, occasion.day), *progress_facts(occasion.period, ""))
    projects = (number_fact(), *beside_number(told))
    yield FactList("projects", "项目", projects, _projects, named="project")
    for entry in entries(occasion.work):
        if entry.shown and may_be_shown(entry.ledger.level, Outlet.FORM):
            yield _of_ledger(entry.ledger)


def member_facts(occasion: Occasion, prefix: str = "") -> Iterator[Fact]:
    """The card of a member as of the day, and the age."""
    yield from record_facts(MEMBER, occasion.day, prefix)
    yield Fact(f"{prefix}age", _AGE, lambda member: age_on(member, occasion.day), MEMBER.title)


def _of_members(occasion: Occasion) -> Iterator[FactList]:
    columns = (number_fact(), *beside_number(member_facts(occasion)))
    told: tuple[tuple[str, str, Callable[[Roll], Sequence[Member]]], ...] = (
        ("members", "党员名册", lambda roll: roll.members),
        ("members:formal", "正式党员名册", lambda roll: roll.formal),
        ("members:probationary", "预备党员名册", lambda roll: roll.probationary),
        (_COMMITTEE, "支部委员名册", lambda roll: roll.by_rank(roll.committee)),
    )
    for key, label, who in told:
        # 职务 of the committee is the post in the party.
        own = sorted(columns, key=lambda c: c.key != "party_post") if key == _COMMITTEE else columns
        yield FactList(key, label, tuple(own), partial(_who, who), named="member")


def _who(who: Callable[[Roll], Sequence[Member]], occasion: Occasion) -> Sequence[Member]:
    return who(occasion.roll)


def _of_sittings(occasion: Occasion) -> Iterator[FactList]:
    columns = (number_fact(), *beside_number(sitting_facts(occasion.facts.kinds)))
    yield FactList("meetings", "会议", columns, partial(_sittings, ""), named="meeting")
    for kind in occasion.facts.kinds:
        details = beside_number(map(of_the_meeting, detail_facts(kind.fields, kind.title)))
        own = (*columns, *details)
        also = (kind.title,)
        rows = partial(_sittings, kind.code)
        yield FactList(f"meetings:{kind.code}", kind.short, own, rows, "名单", also, "meeting")


def _sittings(kind: str, occasion: Occasion) -> Sequence[Sitting] | None:
    if not occasion.begun:
        return None
    return [s for s in occasion.sittings if not kind or kind in s.meeting.kinds]


def _projects(occasion: Occasion) -> Sequence[Project] | None:
    if not occasion.begun:
        return None
    return reported_projects(occasion.facts.projects, occasion.period, occasion.as_of)


def _of_ledger(ledger: Ledger) -> FactList:
    record = record_of(ledger)
    columns = tuple(
        Fact(field.name, field, partial(_cell, field.name), ledger.title)
        for field in ledger.open_fields
        if may_be_shown(field.level, Outlet.FORM)
        and field.type not in (FieldType.LINK, FieldType.FILES)
    )
    rows = partial(_ledger_rows, ledger.code)
    return FactList(record.code, ledger.title, (number_fact(), *beside_number(columns)), rows)


def _cell(name: str, row: Any) -> Any:
    return row.value(name)


def _ledger_rows(code: str, occasion: Occasion) -> Sequence[Any] | None:
    return ledger_rows(occasion, code)
