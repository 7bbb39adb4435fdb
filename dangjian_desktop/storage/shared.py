"""Declared records with a dataclass, kept whole in the table that all further kinds share."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from enum import Enum
from functools import partial
from typing import Any

from sqlalchemy import Connection, func, select

from dangjian_desktop.domain.dates import first_day
from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.record import Record, linked, value_of
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.domain.showing import field_may_be_shown
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.storage.records.keeping import Conditions, Keeping, Texts, in_bin
from dangjian_desktop.storage.records.records import from_plain, to_json, to_plain
from dangjian_desktop.storage.stored import (
    Stored,
    StoredDue,
    StoredFile,
    StoredFilter,
    StoredLink,
    StoredPerson,
    StoredRow,
    kept_as,
)
from dangjian_desktop.storage.tables import record as table


def kept_whole(record: Record) -> Keeping[Any, StoredFilter, StoredRow]:
    """How the records of a declared class are kept; the class has ``id`` and ``deleted``."""
    shared, of = kept_as(record.code), _class_of(record)
    read = partial(from_plain, of)

    def loaded(connection: Connection, conditions: Conditions) -> tuple[Any, ...]:
        # The body holds everything; what stands in the tables below is made from it.
        query = select(table.c.uid, table.c.body, table.c.deleted_at).where(*conditions)
        return tuple(
            read({**json.loads(body), "id": uid, "deleted": thrown is not None})
            for uid, body, thrown in connection.execute(query.order_by(*shared.order)).all()
        )

    def same(connection: Connection, value: Any) -> str | None:
        if not record.identity:
            return None
        told = ((name, value_of(value, record.field(name))) for name in record.identity)
        alike = [part for name, found in told for part in _same_parts(name, found)]
        query = select(table.c.uid).where(*shared.own, in_bin(table, False), *alike)
        return connection.scalars(query.order_by(*shared.order)).first()

    def texts(connection: Connection, conditions: Conditions) -> Iterator[Texts]:
        for value in loaded(connection, conditions):
            yield value.id, (record.title_of(value), *texts_of(searched(record, value)))

    return Keeping(
        subject=record.code,
        called=record.title,
        of=of,
        table=shared.table,
        sheet=shared.sheet,
        order=shared.order,
        own=shared.own,
        loaded=loaded,
        lines=shared.lines,
        columns=lambda value: shared.columns(stored(record, value)),
        narrow=shared.narrow,
        children=lambda ids, value: shared.children(ids, stored(record, value)),
        files=lambda value: shared.files(stored(record, value)),
        years=shared.years,
        same=same,
        names=shared.names,
        links=shared.links,
        text=to_json,
        texts=texts,
    )


def stored(record: Record, value: Any) -> Stored:
    """What the table keeps of a record, made from its declaration."""
    day, state = _day(value, record.day), _part(value, record.state)
    body = to_plain(value)
    return Stored(
        id=value.id,
        title=record.title_of(value),
        day=day,
        until=_day(value, record.until),
        year=None if day is None else day.year,
        state=str(state.value if isinstance(state, Enum) else state) if state else None,
        due=tuple(_due(record, value)),
        people=tuple(
            StoredPerson(path, person.name, person.member_id)
            for path, person in record.persons(value)
        ),
        links=tuple(
            StoredLink(path, link.subject, link.uid, link.item)
            for path, _field, link in linked(record.fields, value)
            if isinstance(link, Link)
        ),
        files=tuple(
            StoredFile(field.name, file.sha256)
            for field in record.fields
            for file in _several(value_of(value, field), KeptFile)
        ),
        body={name: part for name, part in body.items() if name not in ("id", "deleted")},
        deleted=value.deleted,
    )


def searched(record: Record, value: Any, *, masked: bool = True) -> Mapping[str, Any]:
    """What the search looks through, by field; perhaps without what is masked or sensitive."""
    return {
        field.name: value_of(value, field)
        for field in record.fields
        if field.searched and (masked or open_to_all(record, field))
    }


def open_to_all(record: Record, field: Field) -> bool:
    """Whether what stands there may be shown around a hit."""
    return not field.masked and field_may_be_shown(record, field, Outlet.SEARCH)


def _class_of(record: Record) -> Any:
    if record.of is None:
        raise TypeError(record.code)
    return record.of


def _several(value: Any, wanted: type[Any]) -> list[Any]:
    return [part for part in value if isinstance(part, wanted)] if isinstance(value, tuple) else []


def _part(value: Any, name: str | None) -> Any:
    return None if name is None else getattr(value, name)


def _day(value: Any, name: str | None) -> date | None:
    return first_day(_part(value, name))


def _due(record: Record, value: Any) -> Iterator[StoredDue]:
    """The days on which something is due, by the path of their field; of rows each has its own."""
    for due in record.due:
        *above, name = due.day.split(".")
        rows = [value]
        for step in above:
            rows = [part for row in rows for part in getattr(row, step)]
        for row in rows:
            if (day := first_day(getattr(row, name))) is not None:
                closed = due.done and getattr(row, due.done.rpartition(".")[2])
                yield StoredDue(due.day, day, bool(closed))


def _same_parts(name: str, value: Any) -> Iterator[Any]:
    """Conditions by which it is the same: of several persons each, in their order."""
    if not isinstance(value, tuple):
        yield _same_part(name, value)
        return
    yield func.json_array_length(table.c.body, f"$.{name}") == len(value)
    for number, part in enumerate(value):
        yield _same_part(f"{name}[{number}]", part)


def _same_part(name: str, value: Any) -> Any:
    path = f"$.{name}.name" if isinstance(value, Person) else f"$.{name}"
    told = value.name if isinstance(value, Person) else to_plain(value)
    found = func.json_extract(table.c.body, path)
    return found.is_(None) if told is None else found == told
