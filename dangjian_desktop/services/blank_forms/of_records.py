"""What a declared record tells: each of its fields, its rows in lines or as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any

from dangjian_desktop.domain.field_values import read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.importing.headings import names_of
from dangjian_desktop.domain.members.member import value_on
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.record import Record, value_of
from dangjian_desktop.services.blank_forms.facts import Fact, FactList, beside_number, line_of
from dangjian_desktop.services.blank_forms.words import Joined, words

_UNTOLD = (FieldType.LINK, FieldType.FILES)
_NO_COUNT = (FieldType.LIST, FieldType.RECORD)
NUMBER = Field("number", "序号", also=("序", "顺序号", "号"))


def record_facts(record: Record, day: date, prefix: str = "") -> Iterator[Fact]:
    """The fields of a record, what is joined and counted of them, as of the day; keys begin with
    ``prefix``."""
    made = [fact for field in record.fields for fact in _of_field(record, field, day, prefix)]
    yield from made
    yield from _joined(record, {fact.key: fact for fact in made}, prefix)
    for each in record.computed:
        if each.type not in _NO_COUNT and each.type not in _UNTOLD:
            unit = "%" if each.label.endswith(("率", "进度")) else ""
            asked = Field(each.name, each.label, each.type, unit=unit)
            yield Fact(prefix + each.name, asked, _computing(each.value, day), record.title)


def detail_facts(fields: Iterable[Field], group: str, prefix: str = "") -> Iterator[Fact]:
    """Fields that are kept as plain JSON in the details of a meeting."""
    for field in fields:
        if not field.columns and field.type not in _UNTOLD:
            yield Fact(prefix + field.name, field, partial(_detail, field), group)


def row_lists(record: Record) -> Iterator[FactList]:
    """Each field of rows as a list of its own, of a record that the form is about."""
    for field in record.fields:
        if field.type is FieldType.RECORDS and field.as_of == "" and field.of is not None:
            key = f"{record.code}.{field.name}"
            columns = (
                number_fact(),
                *beside_number(
                    Fact(column.name, column, partial(_part, column))
                    for column in field.columns
                    if not column.columns and column.type not in _UNTOLD and column.name != "id"
                ),
            )
            rows = partial(_rows, field)
            yield FactList(key, field.label, columns, rows, record.title, near=True)


def number_fact() -> Fact:
    """序号: its value is given by whoever lists the rows."""
    return Fact("number", NUMBER, lambda _row: None)


def _joined(record: Record, facts: Mapping[str, Fact], prefix: str) -> Iterator[Fact]:
    """What the table of words joins of this record."""
    own = f"{record.code}."
    for each in words().joined:
        parts = [facts.get(prefix + part.removeprefix(own)) for part in each.of]
        known = [part for part in parts if part is not None]
        if each.key.startswith(own) and len(known) == len(parts):
            key = prefix + each.key.removeprefix(own)
            yield Fact(key, Field(key, each.label), partial(_together, each, known), record.title)


def _together(joined: Joined, facts: Sequence[Fact], record: Any) -> str:
    return joined.text([fact.text(record) for fact in facts])


def _of_field(record: Record, field: Field, day: date, prefix: str) -> Iterator[Fact]:
    group = record.title
    if field.name == "id" or field.type in _UNTOLD:
        return
    if field.as_of:
        held = _named_as(field)
        yield Fact(prefix + field.as_of, held, partial(_held, field, day), group)
    elif field.type is FieldType.RECORDS:
        if pattern := words().lines.get(f"{record.code}.{field.name}"):
            lines = Field(field.name, field.label, FieldType.LONG_TEXT, also=field.also)
            yield Fact(prefix + field.name, lines, partial(_lines, field, pattern), group)
    elif field.type is FieldType.RECORD:
        for column in field.columns if not field.key else ():
            named = f"{prefix}{field.name}.{column.name}"
            yield Fact(named, column, partial(_part_of, field, column), group)
    elif field.json and field.json == record.state:
        # What an import told stands behind the decisions that are recorded.
        yield Fact(prefix + field.json, field, attrgetter(field.json), group)
    else:
        asked = _named_as(field) if record is MEMBER else field
        yield Fact(prefix + field.name, asked, partial(_part, field), group)


def _named_as(field: Field) -> Field:
    """A field of a member with the headings that rosters have for it."""
    name = field.as_of or field.name
    value = field.column("value") if field.as_of else field
    also = (*field.also, *(word for word in names_of(name) if word != field.label))
    return Field(name, field.label, value.type, choices=value.choices, also=also)


def _held(field: Field, day: date, member: Any) -> Any:
    spans = value_of(member, field)
    if not field.key:
        return value_on(spans, day)
    return "、".join(span.value for span in spans if span.covers(day))


def _part(field: Field, record: Any) -> Any:
    return value_of(record, field)


def _part_of(field: Field, column: Field, record: Any) -> Any:
    whole = value_of(record, field)
    return None if whole is None else value_of(whole, column)


def _lines(field: Field, pattern: tuple[str, ...], record: Any) -> str:
    found = (line_of(field, row, pattern) for row in value_of(record, field) or ())
    return "\n".join(filter(None, found))


def _rows(field: Field, occasion: Any) -> tuple[Any, ...]:
    return tuple(value_of(occasion.record, field) or ())


def _computing(value: Callable[[Any, date], Any], day: date) -> Callable[[Any], Any]:
    return lambda record: value(record, day)


def _detail(field: Field, meeting: Any) -> Any:
    details: Mapping[str, Any] = meeting.details
    return read_value(field, details.get(field.name))
