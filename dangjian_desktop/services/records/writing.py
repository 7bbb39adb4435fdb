"""A declared record as plain JSON: that of the contract, and the state of its form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import partial
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import Member, Spans, value_on
from dangjian_desktop.domain.record import Record, value_of
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.domain.texts import normal_name

State = dict[str, Any]
"""What a form holds: plain JSON, as it was typed."""


def tails_of(members: Iterable[Member]) -> dict[str, str]:
    """Last four digits of the ID number by member id, for those whose name others have too."""
    known = tuple(members)
    shared = Counter(normal_name(member.name) for member in known)
    return {
        m.id: m.id_number[-4:] for m in known if m.id_number and shared[normal_name(m.name)] > 1
    }


def key_of(field: Field) -> str:
    """The name of a field in plain objects."""
    return field.json or field.name


def spread(field: Field) -> bool:
    """Whether a person stands in its row beside the other parts, not as an object of its own."""
    return field.type is FieldType.PERSON and field.json == "name"


def to_contract(
    record: Record,
    value: Any,
    tails: Mapping[str, str] | None = None,
    day: date | None = None,
) -> State:
    """The JSON of the contract; ``tails`` tell namesakes apart.

    With ``day`` what holds or is counted as of that day stands beside it.
    """
    written = _plain(record, value, tails or {}, day)
    if record.shape is not None:
        written = record.shape.to_json(written)
    if day is not None:
        written |= {c.name: c.value(value, day) for c in record.computed}
    return written


def to_state(record: Record, value: Any, but: Sequence[str] = ()) -> State:
    """The state of a form without the fields of ``but``; ``known`` are ids by name."""
    fields = [field for field in record.fields if field.name not in but]
    state = _Writer({}, form=True).object(fields, value)
    return state | {"known": _known(record, value)}


def same_content(record: Record, first: Any, second: Any, but: Sequence[str] = ()) -> bool:
    """Whether two records say the same; ids of parts, the order of people and ``but`` aside.

    A name is the same member, or one of the two is not known to be a member.
    """
    if _comparable(record, first, but) != _comparable(record, second, but):
        return False
    one, other = (sorted(record.persons(r), key=_turn) for r in (first, second))
    return all(
        path == there and (a.member_id == b.member_id or (None in (a.member_id, b.member_id)))
        for (path, a), (there, b) in zip(one, other, strict=True)
    )


def _turn(named: tuple[str, Person]) -> tuple[str, str, str]:
    path, person = named
    return path, person.name, person.member_id or ""


def _comparable(record: Record, value: Any, but: Sequence[str]) -> Any:
    rows = {f.name for f in record.fields if f.type is FieldType.RECORDS and f.key}
    written = _plain(record, value, {})
    kept = {name: part for name, part in written.items() if name not in ("id", *but)}
    for name in rows & kept.keys():
        kept[name] = sorted(kept[name], key=str)
    return _without_ids(kept)


def _plain(record: Record, value: Any, tails: Mapping[str, str], day: date | None = None) -> State:
    written = _Writer(tails, form=False, day=day).object(record.fields, value)
    if record.state is not None and record.of is not None:
        written[record.state] = _scalar(getattr(value, record.state))
    return written


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(part) for name, part in value.items() if name != "id"}
    return [_without_ids(part) for part in value] if isinstance(value, list) else value


def _known(record: Record, value: Any) -> dict[str, str | None]:
    rows = {f.name for f in record.fields if f.key}
    named = [(p, path) for path, p in record.persons(value) if path.split(".")[0] not in rows]
    free = {p.name: p.member_id for p, path in named if record.field(path).who != "member"}
    return free | {p.name: p.member_id for p, _path in named if p.member_id}


class _Writer:
    """Writes values by their fields; ``form`` as a form holds them, else as the contract does."""

    def __init__(self, tails: Mapping[str, str], *, form: bool, day: date | None = None) -> None:
        self._tails = tails
        self._form = form
        self._day = day

    def object(self, fields: Iterable[Field], values: Any, *, named: bool = False) -> State:
        """The fields as an object; ``named`` writes the id of the person of a row as well."""
        found: State = {}
        for field in fields:
            value = value_of(values, field)
            if field.as_of and self._day is not None:
                found[field.as_of] = _held(field, value, self._day)
            if field.json is None or (field.sparse and not self._form and _nothing(value)):
                continue
            if spread(field) and value is not None:
                found |= self._named(value)
                found |= {"member_id": value.member_id} if named and self._form else {}
            else:
                found[key_of(field)] = self.value(field, value)
        return found

    def value(self, field: Field, value: Any) -> Any:
        """One value by its type."""
        if field.type in (FieldType.RECORD, FieldType.RECORDS):
            return self._record(field, value)
        if field.type in (FieldType.DECIMAL, FieldType.MONEY) and self._form:
            return number_text(value)
        if value == "" and (field.empty is None or field.null):
            return None
        parts: dict[FieldType, Callable[[Any], Any]] = {
            FieldType.LINK: partial(_link, field),
            FieldType.FILES: file_state if self._form else _told,
            FieldType.PEOPLE: self._person,
        }
        if (part := parts.get(field.type)) is not None:
            return [part(each) for each in value]
        return self._person(value) if isinstance(value, Person) else _scalar(value)

    def _record(self, field: Field, value: Any) -> Any:
        if field.type is FieldType.RECORDS:
            named = bool(field.key)
            return [self.object(field.columns, row, named=named) for row in value]
        if value is None:
            return None
        if field.key:
            return {name: self.value(field.columns[0], value[name]) for name in sorted(value)}
        return self.object(field.columns, value) if field.columns else dict(value)

    def _person(self, person: Person) -> Any:
        told = self._named(person)
        return told if len(told) > 1 else person.name

    def _named(self, person: Person) -> State:
        tail = self._tails.get(person.member_id or "")
        return {"name": person.name} | ({"id_number_tail": tail} if tail else {})


def file_state(kept: KeptFile) -> State:
    """A kept file as a form holds it."""
    told = _told(kept)
    return {"title": told.pop("name"), "uid": kept.uid} | told


def _told(kept: KeptFile) -> State:
    return {"name": kept.name, "sha256": kept.sha256, "size": kept.size, "note": kept.note}


def _scalar(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, str | int) else _iso(value)


def _held(field: Field, spans: Spans, day: date) -> str | None:
    """What holds on the day: the one begun last, or all of them where rows have a ``key``."""
    if not field.key:
        return value_on(spans, day)
    return "、".join(span.value for span in spans if span.covers(day)) or None


def _iso(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _link(field: Field, link: Any) -> Any:
    uid, item = astuple(link)[-2:]
    told = {"id": uid} | ({"item": item} if item is not None else {})
    subjects = {code.split(".")[0] for code in field.to}
    if isinstance(link, Link) and len(subjects) > 1:
        told = {"subject": link.subject} | told
    return uid if len(told) == 1 else told


def _nothing(value: Any) -> bool:
    return value is None or value is False or value in ("", ())
