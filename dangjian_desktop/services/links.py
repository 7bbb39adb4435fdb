"""Records that others are linked to: by their titles, and what a field may name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple
from functools import partial
from typing import Any

from dangjian_desktop.domain.assessments.assessment import Assessment, criterion_words
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.domain.ledgers.record import PREFIX
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.record import linked
from dangjian_desktop.domain.references import Link
from dangjian_desktop.storage.ledger_words import declared_as, shipped
from dangjian_desktop.storage.stored import Stored
from dangjian_desktop.storage.work import Work

MEETING, PROJECT, ASSESSMENT, ROWS = "meeting", "project", "assessment", "ledger"
"""``ledger`` among what a field may name stands for the rows of whatever ledger."""
PURGED = "（已彻底删除）"
"""Stands for a linked record that was purged."""


def as_link(field: Field, told: Any) -> Link:
    """The link that a value of the field tells, also where its class knows only one subject."""
    if isinstance(told, Link):
        return told
    uid, item = astuple(told)
    return Link(field.to[0].partition(".")[0], uid, item)


def links_in(fields: Iterable[Field], values: Iterable[Any]) -> set[Link]:
    """Everything that these records are linked to, by themselves and by their rows."""
    asked = tuple(fields)
    return {as_link(f, told) for value in values for _path, f, told in linked(asked, value)}


def link_titles(work: Work, wanted: Collection[Link]) -> dict[Link, str]:
    """The titles of these records and parts of records; what was purged says so, what is gone
    otherwise has none."""
    found: dict[Link, str] = {}
    for subject in {link.subject for link in wanted}:
        of_subject = [link for link in wanted if link.subject == subject]
        records = work.of(subject).rows(link.uid for link in of_subject)
        for link in of_subject:
            if (line := records.get(link.uid)) and link.item is None:
                found[link] = _title(subject, line)
    for subject in {link.subject for link in wanted if link.item}:
        of_parts = {link.uid for link in wanted if link.subject == subject and link.item}
        parts = _parts_of(work, subject)
        for record in work.of(subject).get(of_parts).values():
            found |= {link: words for link, words in parts(record) if link in wanted}
    missing = {link for link in wanted if link not in found}
    purged = work.purges.gone({link.uid for link in missing}) if missing else ()
    return found | {link: PURGED for link in missing if (link.subject, link.uid) in purged}


def link_targets(work: Work, to: Sequence[str]) -> Iterator[tuple[Link, str]]:
    """What a field that links ``to`` these may name, with titles; parts of a record (items of an
    agenda, targets of a project) stand behind it. Of ledgers the rows of those that lead to
    other records."""
    for kind in _making_kinds(work) if ROWS in to else ():
        for line in work.of(kind).listed():
            yield Link(kind, line.id), _title(kind, line)
    for subject in dict.fromkeys(code.partition(".")[0] for code in to if code != ROWS):
        of_parts = any(code.startswith(f"{subject}.") for code in to)
        whole = {each.id: each for each in work.of(subject).all()} if of_parts else {}
        for line in work.of(subject).listed():
            if subject in to:
                yield Link(subject, line.id), _title(subject, line)
            if line.id in whole:
                yield from _PARTS[subject](whole[line.id])


def has_part(work: Work, link: Link) -> bool:
    """Whether the record has the part that a link names; true of one that names none."""
    if link.item is None:
        return True
    record = work.of(link.subject).one(link.uid)
    parts = _parts_of(work, link.subject)
    return record is not None and any(part == link for part, _ in parts(record))


def may_name(field: Field, subject: str) -> bool:
    """Whether a field may name records of this kind."""
    named = {code.partition(".")[0] for code in field.to}
    return subject in named or (ROWS in named and subject.startswith(PREFIX))


def _ledgers(work: Work) -> Mapping[str, Ledger]:
    """Every ledger of the library, by the kind of its rows."""
    own = {kept.code: declared_as(kept) for kept in work.ledgers.all()}
    return {f"{PREFIX}{code}": ledger for code, ledger in {**shipped(), **own}.items()}


def _making_kinds(work: Work) -> Iterator[str]:
    return (kind for kind, ledger in _ledgers(work).items() if ledger.makes)


def _parts_of(work: Work, subject: str) -> Callable[[Any], Iterator[tuple[Link, str]]]:
    """What gives the parts of a record of this kind that a link may name."""
    ledger = None if subject in _PARTS else _ledgers(work).get(subject)
    found = _PARTS.get(subject, _no_parts)
    return found if ledger is None else partial(_fields_of_row, ledger)


def _no_parts(_record: Any) -> Iterator[tuple[Link, str]]:
    return iter(())


def _fields_of_row(ledger: Ledger, row: Stored) -> Iterator[tuple[Link, str]]:
    for field in ledger.all_fields:
        words = f"{_title(PREFIX, row)}　{field.label}"
        yield Link(f"{PREFIX}{ledger.code}", row.id, field.name), words


def _items(meeting: Meeting) -> Iterator[tuple[Link, str]]:
    for number, item in enumerate(meeting.agenda, 1):
        words = f"{_title(MEETING, meeting)}　议题{number}：{item.topic}"
        yield Link(MEETING, meeting.id, item.id), words


def _targets(project: Project) -> Iterator[tuple[Link, str]]:
    for target in project.targets:
        yield Link(PROJECT, project.id, target.id), f"{project.title}　{target.indicator}"


def _criteria(assessment: Assessment) -> Iterator[tuple[Link, str]]:
    for number, each in enumerate(assessment.criteria, 1):
        words = f"{_title(ASSESSMENT, assessment)}　{criterion_words(each, number)}"
        yield Link(ASSESSMENT, assessment.id, each.id), words


_PARTS: Mapping[str, Callable[[Any], Iterator[tuple[Link, str]]]] = {
    MEETING: _items,
    PROJECT: _targets,
    ASSESSMENT: _criteria,
}
"""The parts of a record that a link may name, by its code."""
_BY_YEAR = frozenset(
    record.code
    for record in RECORDS
    if record.day is not None and record.field(record.day).type is not FieldType.DATE
)


def _title(subject: str, line: object) -> str:
    """The title with the day before it, where the record has one; the year alone where no day of
    it is told."""
    title = getattr(line, "title", "") or getattr(line, "name", "")
    day = getattr(line, "date", None) or getattr(line, "day", None)
    if day is None:
        return str(title)
    return f"{day.year}年 {title}" if subject in _BY_YEAR else f"{day.isoformat()} {title}"
