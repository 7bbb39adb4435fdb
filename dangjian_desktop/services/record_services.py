"""The services of declared records, for the window and the command line; the one list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

from dangjian_desktop.domain.agreements.agreement import Agreement, sealed_problems
from dangjian_desktop.domain.agreements.record import AGREEMENT
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.dates import first_day
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.fusion.record import PRIORITY
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.members.roll import rolls
from dangjian_desktop.domain.record import Facts, Problem, Record, value_of
from dangjian_desktop.domain.references import Link
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.assessments.figures import assessment_clashes
from dangjian_desktop.services.items.rules import (
    ending_clashes,
    found_later,
    item_clashes,
    problems_of_items,
)
from dangjian_desktop.services.links import has_part, link_targets, may_name
from dangjian_desktop.services.meetings.meetings import MEETINGS, MeetingService
from dangjian_desktop.services.members.declared import MEMBERS
from dangjian_desktop.services.members.roster import RosterService
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.projects.importing import PROJECTS
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.services.records.importing import Subject
from dangjian_desktop.services.records.names import NameFinder
from dangjian_desktop.services.records.service import RecordService
from dangjian_desktop.services.renaming import PriorityService
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work

_OWN: dict[str, Callable[[Library, Callable[[], datetime]], Any]] = {
    "member": RosterService,
    "meeting": MeetingService,
    "project": ProjectService,
}
_SUBJECTS: dict[str, Subject] = {
    subject.record.code: subject for subject in (MEMBERS, MEETINGS, PROJECTS)
}
_SHARED = {record.code: record for record in SHARED}


def _sealed(work: Work, agreement: Agreement) -> Iterator[Problem]:
    before = work.of(AGREEMENT.code).one(agreement.id)
    yield from sealed_problems(before, agreement)
    if agreement.signed_on is not None and (before is None or before.signed_on is None):
        yield from found_later(work, agreement.items, agreement.signed_on)


_CLASHES: dict[str, Callable[[Work, Any], Iterator[Problem]]] = {
    AGREEMENT.code: _sealed,
    ASSESSMENT.code: assessment_clashes,
    ITEM.code: item_clashes,
}
"""What a record cannot be beside others, where its declaration alone cannot tell."""
_SERVICES: dict[str, type[RecordService[Any]]] = {PRIORITY.code: PriorityService}
"""Services of shared records that do more than that of all."""
_PROBLEM = ITEM.field("problem")
STAYING = {"project": ("history", "stated_state", "evidence")}
"""Fields that have methods of their own, so that no older version takes their place."""


def service_of(library: Library, code: str, clock: Callable[[], datetime] = datetime.now) -> Any:
    """The service of a kind of record: its ``records`` do what can be done with every kind,
    ``delete`` asks what only the subject knows. Raises ``KeyError`` for an unknown code."""
    if code in _SHARED:
        made = _SERVICES.get(code, RecordService)
        return made(library, subject_of(_SHARED[code]), clock)
    return _OWN[code](library, clock)


def shared_services(
    library: Library, clock: Callable[[], datetime] = datetime.now
) -> Mapping[str, RecordService[Any]]:
    """The services of the records of one table for all, by their codes."""
    return {code: service_of(library, code, clock) for code in _SHARED}


class LinkService(OfLibrary):
    """What the links of one library may name."""

    def targets(self, record: Record) -> dict[str, list[dict[str, Any]]]:
        """By the name of the field, in a row as well, the records that the links of a kind may
        name, as a form holds them."""
        with self._library.reading() as work:
            links, fields = RecordLinks(work), record.fields
            return {f.name: [*links.targets(f)] for field in fields for f in field.links}


def subject_for(code: str) -> Subject | None:
    """What a declared record has of its own; None for what no class declares (ledgers)."""
    return _SUBJECTS.get(code) or (subject_of(_SHARED[code]) if code in _SHARED else None)


def subject_of(record: Record) -> Subject:
    """What the service of records must know of such a record."""

    def names(facts: Facts, values: Mapping[str, Any]) -> NameFinder:
        return names_on(facts.members, values.get(record.day or ""), facts.today)

    found = Subject(
        record=record,
        topic=Topic.RECORDS,
        facts=facts_of,
        names=names,
        links=RecordLinks,
        clash=partial(_beside, record),
    )
    return replace(found, beside=ending_clashes) if record is ITEM else found


def _beside(record: Record, work: Work, value: Any) -> Iterator[Problem]:
    """The frozen fields that are no longer as they were made, and what only its kind knows."""
    yield from _CLASHES[record.code](work, value) if record.code in _CLASHES else ()
    stored = work.of(record.code).one(value.id) if record.frozen else None
    for field in map(record.field, record.frozen if stored is not None else ()):
        if value_of(stored, field) != value_of(value, field):
            yield Problem(field.name, f"{field.label}已随{record.title}定稿，不能改动")


def names_on(
    members: Sequence[Any],
    day: Any,
    today: date,
    known: Mapping[str, str | None] | None = None,
) -> NameFinder:
    """Finds the members of the day of a record; whoever was one at another time by name alone."""
    return NameFinder([rolls(members).on(first_day(day) or today)], members, known)


class PickedLinks:
    """Links as a form holds them; what can be picked there exists."""

    def find(self, field: Field, plain: Any) -> Link:
        """The link that was picked, or that stood there before though what it names is gone."""
        subject = plain.get("subject") or field.to[0].partition(".")[0]
        return Link(subject, plain["id"], plain.get("item"))


class RecordLinks:
    """The records that a link field may name; those that ``entries`` bring along among them."""

    def __init__(self, work: Work, entries: Sequence[Mapping[str, Any]] = ()) -> None:
        self._work = work
        self._brought = {entry.get("id") for entry in entries}

    def find(self, field: Field, plain: Any) -> Link:
        """The link of the contract: an id, or an object with ``subject``, ``id`` and ``item``."""
        told = plain if isinstance(plain, Mapping) else {"id": plain}
        first = field.to[0].split(".")[0]
        subject, uid, item = told.get("subject", first), told.get("id"), told.get("item")
        if not (isinstance(subject, str) and may_name(field, subject)) or not isinstance(uid, str):
            raise ValueError("无法识别，应写出所关联记录的编号（id）")
        if uid not in self._brought and self._work.of(subject).one(uid) is None:
            raise ValueError(f"（编号 {uid}）不存在")
        found = Link(subject, uid, item if isinstance(item, str) else None)
        if not has_part(self._work, found):
            raise ValueError(f"（编号 {uid}）中没有编号为 {item} 的部分")
        return found

    def targets(self, field: Field) -> Iterator[dict[str, Any]]:
        """Everything that the field may name, as the form holds a link, with its title."""
        only = problems_of_items(self._work) if field is _PROBLEM else None
        for link, title in link_targets(self._work, field.to):
            if only is not None and link.uid not in only:
                continue
            yield {"subject": link.subject, "id": link.uid, "item": link.item, "title": title}
