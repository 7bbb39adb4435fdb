"""Records of every further kind: one table for all, whatever their declaration."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, or_, select

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.ledger_words import worded_by
from dangjian_desktop.storage.records.keeping import (
    Conditions,
    Keeping,
    Rows,
    Texts,
    among,
    in_bin,
    in_parts,
    sheet_of,
)
from dangjian_desktop.storage.records.records import load, to_json, values
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.tables import (
    member,
    record,
    record_due,
    record_file,
    record_link,
    record_person,
)

P = TypeVar("P")
Part = list[Any]
"""UUID, day (None: unknown) and behind them the values that were asked for, as JSON knows them."""


@dataclass(frozen=True, slots=True)
class StoredDue:
    """A day on which something is due, by the field that holds it; ``done`` closes it."""

    field: str
    day: date
    done: bool = False


@dataclass(frozen=True, slots=True)
class StoredPerson:
    """A person by the field that names him; without ``member_id`` a free name."""

    role: str
    name: str
    member_id: str | None = None


@dataclass(frozen=True, slots=True)
class StoredLink:
    """Another record, perhaps one part of it (``item``), by the field that links it."""

    field: str
    subject: str
    uid: str
    item: str | None = None


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file kept with the library, by its SHA-256 and the field that names it."""

    field: str
    attachment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A record of a declared kind as the store keeps it, in plain values.

    ``body`` holds every value as JSON knows it; the rest is what the store must know without the
    declaration, made from the body at each save. ``words`` is empty: earlier versions kept what is
    searched in it, and history is what differs from a text that has it.
    """

    id: str
    title: str
    day: date | None = None
    until: date | None = None
    period: str | None = None
    year: int | None = None
    state: str | None = None
    due: tuple[StoredDue, ...] = ()
    people: tuple[StoredPerson, ...] = ()
    links: tuple[StoredLink, ...] = ()
    files: tuple[StoredFile, ...] = ()
    body: Mapping[str, Any] = field(default_factory=dict)
    words: str = field(default="", compare=False)
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class StoredRow:
    """What can be told of a record without its body."""

    id: str
    title: str
    day: date | None
    until: date | None
    period: str | None
    year: int | None
    state: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFilter:
    """Which records are wanted; everything left out narrows nothing.

    ``first`` and ``last`` are the border days, both included; what ended before ``lasting`` is
    left out; ``due_by`` asks for what is due
    until that day and not done, ``member`` for what names the member, ``linked`` for what is
    linked to one of these records (UUIDs by subject).
    """

    year: int | None = None
    period: str | None = None
    state: str | None = None
    first: date | None = None
    last: date | None = None
    lasting: date | None = None
    due_by: date | None = None
    member: str | None = None
    linked: Mapping[str, Collection[str]] | None = None
    text: str = ""
    deleted: bool = False


_NEWEST = (record.c.day.desc().nulls_first(), record.c.id.desc())
_SHOWN = [record.c[name] for name in ("uid", "title", "day", "until", "period", "year", "state")]
_LINES = select(*_SHOWN).order_by(*_NEWEST)
_WHOLE: Select[Any] = select(*_SHOWN, record.c.id, record.c.body, record.c.deleted_at).order_by(
    *_NEWEST
)
_PEOPLE: Select[Any] = (
    select(
        record_person.c.record_id,
        record_person.c.role,
        record_person.c.name,
        member.c.uid.label("member_id"),
    )
    .outerjoin_from(record_person, member)
    .order_by(record_person.c.position)
)


def _loaded(connection: Connection, conditions: Conditions) -> tuple[Stored, ...]:
    rows = connection.execute(_WHOLE.where(*conditions)).all()
    ids = [row.id for row in rows]
    due, links = (_below(connection, table, ids) for table in (record_due, record_link))
    people, files = _people(connection, ids), _files(connection, [row.uid for row in rows])
    return tuple(
        load(
            Stored,
            row,
            id=row.uid,
            body=json.loads(row.body),
            deleted=row.deleted_at is not None,
            due=_each(StoredDue, due[row.id]),
            people=_each(StoredPerson, people[row.id]),
            links=_each(StoredLink, links[row.id]),
            files=_each(StoredFile, files[row.uid]),
        )
        for row in rows
    )


def bodies(
    connection: Connection, kind: str, wanted: StoredFilter | None = None, worded: Conditions = ()
) -> list[tuple[str, Mapping[str, Any]]]:
    """UUID and body of the matching records of a kind, the newest first: enough to count them.
    The text of the filter is asked for by ``worded``."""
    conditions = [record.c.kind == kind, *_narrow(wanted), *worded]
    query = select(record.c.uid, record.c.body).where(*conditions)
    found = connection.execute(query.order_by(*_NEWEST)).all()
    return [(uid, json.loads(body)) for uid, body in found]


def years(connection: Connection, kind: str) -> list[tuple[str, int | None]]:
    """UUID and year of every record of a kind that is not in the bin, the newest first."""
    query = select(record.c.uid, record.c.year).where(record.c.kind == kind, *_narrow(None))
    return [(uid, year) for uid, year in connection.execute(query.order_by(*_NEWEST)).all()]


def counts(connection: Connection) -> Mapping[str, int]:
    """How many records each kind has, none from the bin."""
    query = select(record.c.kind, func.count()).where(in_bin(record, False))
    found = connection.execute(query.group_by(record.c.kind))
    return {row.kind: row[1] for row in found}


def _each(wanted: type[P], rows: Iterable[Row[Any]]) -> tuple[P, ...]:
    return tuple(load(wanted, row) for row in rows)


def _below(
    connection: Connection, table: Table, ids: Sequence[int]
) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for part in in_parts(ids):
        query = select(table).where(among(table.c.record_id, part)).order_by(table.c.id)
        for row in connection.execute(query):
            found[row.record_id].append(row)
    return found


def _people(connection: Connection, ids: Sequence[int]) -> Mapping[int, list[Row[Any]]]:
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for part in in_parts(ids):
        for row in connection.execute(_PEOPLE.where(among(record_person.c.record_id, part))):
            found[row.record_id].append(row)
    return found


def _files(connection: Connection, uids: Sequence[str]) -> Mapping[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for part in in_parts(uids):
        query = select(record_file).where(among(record_file.c.uid, part)).order_by(record_file.c.id)
        for row in connection.execute(query):
            found[row.uid].append(row)
    return found


def _lines(connection: Connection, conditions: Conditions) -> tuple[StoredRow, ...]:
    rows = connection.execute(_LINES.where(*conditions)).all()
    return tuple(load(StoredRow, row, id=row.uid) for row in rows)


def parts_of(
    connection: Connection,
    kind: str,
    names: Sequence[str],
    wanted: StoredFilter | None = None,
    uids: Sequence[str] | None = None,
    worded: Conditions = (),
) -> list[Part]:
    """These values of the matching records (or of ``uids``), newest first; bodies stay unread."""
    values = (record.c.body.op("->")(f"$.values.{name}") for name in names)
    query = select(func.json_array(record.c.uid, record.c.day, *values)).order_by(*_NEWEST)
    # By UUID the index of the UUIDs is enough; the one of the kinds would read every record.
    asked: Iterable[Conditions] = [[record.c.kind == kind, *_narrow(wanted), *worded]]
    if uids is not None:
        asked = ([among(record.c.uid, part)] for part in in_parts(uids))
    rows = [row for each in asked for row in connection.scalars(query.where(*each))]
    # One text for all is read several times faster than one for each.
    parts: list[Part] = json.loads(f"[{','.join(rows)}]")
    return parts


def _children(ids: RowIds, kept: Stored) -> Mapping[Table, Rows]:
    members = ids.or_none(member, [person.member_id for person in kept.people])
    return {
        record_due: [(due.field, due.day.isoformat(), int(due.done)) for due in kept.due],
        record_person: [
            (position, person.role, members[person.member_id], person.name)
            for position, person in enumerate(kept.people)
        ],
        record_link: [(link.field, link.subject, link.uid, link.item) for link in kept.links],
    }


def _names(member_uid: str) -> ColumnElement[bool]:
    named = select(record_person.c.record_id).join(member).where(member.c.uid == member_uid)
    return in_bin(record, False) & record.c.id.in_(named)


def _links(subject: str, uid: str) -> ColumnElement[bool]:
    links = record_link.c
    linked = select(links.record_id).where(links.subject == subject, links.uid == uid)
    return record.c.id.in_(linked)


def _linked(wanted: Mapping[str, Collection[str]]) -> Select[Any]:
    """The ids of what is linked to one of these, however many they are."""
    told, links = [], record_link.c
    for subject, uids in wanted.items():
        each = func.json_each(json.dumps(sorted(uids))).table_valued("value")
        told.append((links.subject == subject) & links.uid.in_(select(each.c.value)))
    return select(links.record_id).where(or_(*told))


def _narrow(wanted: StoredFilter | None) -> list[ColumnElement[bool]]:
    asked = wanted or StoredFilter()
    equal = {"year": asked.year, "period": asked.period, "state": asked.state}
    conditions: list[ColumnElement[bool]] = [in_bin(record, asked.deleted)]
    conditions += [record.c[name] == value for name, value in equal.items() if value is not None]
    if asked.first is not None:
        conditions.append(record.c.day >= asked.first.isoformat())
    if asked.last is not None:
        conditions.append(record.c.day <= asked.last.isoformat())
    if asked.lasting is not None:
        until = record.c.until
        conditions.append(until.is_(None) | (until >= asked.lasting.isoformat()))
    if asked.member is not None:
        conditions.append(_names(asked.member))
    if asked.linked is not None:
        conditions.append(record.c.id.in_(_linked(asked.linked)))
    if asked.due_by is not None:
        day, done = record_due.c.day <= asked.due_by.isoformat(), record_due.c.done == 0
        conditions.append(record.c.id.in_(select(record_due.c.record_id).where(day, done)))
    return conditions


@lru_cache(maxsize=256)
def kept_as(kind: str) -> Keeping[Stored, StoredFilter, StoredRow]:
    """How records of one kind are kept, by the code of the kind."""
    own = (record.c.kind == kind,)

    def columns(kept: Stored) -> dict[str, Any]:
        return values(kept, record) | {"kind": kind, "body": to_json(kept.body)}

    def years(connection: Connection) -> set[int]:
        # The years stand in the index; only one record of each has to be looked at.
        told = select(record.c.year).where(*own).distinct().subquery()
        same = record.c.year == told.c.year
        there = select(record.c.id).where(*own, same, in_bin(record, False)).exists()
        return set(connection.scalars(select(told.c.year).where(there)).all())

    def texts(connection: Connection, conditions: Conditions) -> Iterator[Texts]:
        told = worded_by(connection, kind)
        query = select(record.c.uid, record.c.title, record.c.body).where(*conditions)
        for uid, title, body in connection.execute(query).all():
            yield uid, (title, *told(uid, json.loads(body)))

    return Keeping(
        subject=kind,
        called="台账",
        of=Stored,
        table=record,
        sheet=sheet_of(record, record_due, record_person, record_link),
        order=_NEWEST,
        own=own,
        loaded=_loaded,
        lines=_lines,
        columns=columns,
        narrow=_narrow,
        children=_children,
        files=lambda kept: [(file.field, file.attachment) for file in kept.files],
        years=years,
        names=_names,
        links=_links,
        texts=texts,
    )
