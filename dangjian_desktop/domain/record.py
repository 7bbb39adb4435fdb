"""A declared record: its fields, and what is derived from them by one piece of code for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from dangjian_desktop.domain.fields import Field, FieldType, beyond
from dangjian_desktop.domain.references import Person
from dangjian_desktop.frozen import dataclass

_EMPTY: tuple[object, ...] = (None, "", (), [])
_NUMBERS = (Decimal, int)
# Looked up once: every save asks it of every field of every row.
_RECORD, _RECORDS = FieldType.RECORD, FieldType.RECORDS


class Kinds(Protocol):
    """What a record asks of the registry of kinds of meeting."""

    def __contains__(self, code: object) -> bool:
        """Whether there is a kind of this code."""

    def fields_of(self, codes: Iterable[str]) -> tuple[Field, ...]:
        """The details that these kinds declare, each once, in order."""


class Roster(Protocol):
    """Who is a member on one day."""

    day: date

    @property
    def members(self) -> Sequence[Any]:
        """The members in their order."""

    @property
    def by_id(self) -> Mapping[str, Any]:
        """The members by id."""

    @property
    def groups(self) -> Sequence[str]:
        """The party groups."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be in a record: ``place`` (``milestones.2.planned``, rows counted
    from 0), a sentence without its end, and a code of the contract."""

    place: str
    words: str
    code: str = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What problems are judged by: the day, the roster of any day, what the library declares.

    ``members`` are all ever on the roster, ``categories`` those of projects.
    """

    today: date
    declared: Declared
    roll: Callable[[date], Roster]
    members: Sequence[Any] = ()
    categories: Any = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A value counted from a record and the day, never read; ``column`` is where it is stored."""

    name: str
    label: str
    value: Callable[[Any, date], Any]
    type: FieldType = FieldType.TEXT
    column: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A day by which something is due: the paths of the day and of what closes it, the words."""

    day: str
    done: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """Where the contract writes some fields together: from the plain object, field by field, to
    that of the contract and back, with what does not fit."""

    to_json: Callable[[Mapping[str, Any]], dict[str, Any]]
    from_json: Callable[[Mapping[str, Any]], tuple[Mapping[str, Any], list[Problem]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One kind of record; everything of it that is shape is derived from here.

    ``of`` is its dataclass; None means that its value is a mapping by field name, its values
    being those of the types. ``more_fields`` gives fields that depend on the record, kept as
    plain JSON in the mapping of the RECORD field ``more_in``. ``problems`` says what cannot be.
    ``name`` is the pattern of its title; ``day``, ``until`` and ``state`` name the fields (of a
    dataclass, properties too) of its day, the end of its validity and its state; ``people`` those
    that name persons, ``identity`` those by which an import knows the same record again,
    ``listed`` the columns of its list. ``frozen`` are fields that stay as a service made them: no
    form asks for them and nothing changes them. ``level`` is ``public``, ``internal`` or
    ``sensitive``. ``draft_version`` is raised with every change of the form's state.
    """

    code: str
    title: str
    plural: str
    of: type[Any] | None
    fields: tuple[Field, ...]
    computed: tuple[Computed, ...] = ()
    more_fields: Callable[[Any, Declared], tuple[Field, ...]] | None = None
    more_in: str = ""
    shape: Shape | None = None
    problems: Callable[[Any, Facts], Iterable[Problem]] | None = None
    name: str = "{title}"
    day: str | None = None
    until: str | None = None
    state: str | None = None
    due: tuple[Due, ...] = ()
    listed: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    identity: tuple[str, ...] = ()
    frozen: tuple[str, ...] = ()
    level: str = "internal"
    draft_version: int = 1

    def field(self, path: str) -> Field:
        """The field at a path (``milestones.planned``); raises ``KeyError`` for none."""
        head, *rest = path.split(".")
        found = {field.name: field for field in self.fields}[head]
        for name in rest:
            found = found.column(name)
        return found

    def title_of(self, record: Any) -> str:
        """The title of a record by its pattern; what is unknown leaves nothing."""
        names = [field.name for field in self.fields if f"{{{field.name}}}" in self.name]
        found = self.name
        for name in names:
            found = found.replace(f"{{{name}}}", _words(value_of(record, self.field(name))))
        return found.strip() or self.title

    def persons(self, record: Any) -> Iterator[tuple[str, Person]]:
        """Everybody whom its ``people`` name, with the path of the field."""
        for path in self.people:
            found = [record]
            for name in path.split("."):
                found = [part for row in found for part in _each(_part(row, name))]
            yield from ((path, person) for person in found)


def value_of(record: Any, field: Field) -> Any:
    """The value of a field in a dataclass or mapping; its ``empty`` where it lacks."""
    return _reader(record)(field.name, field.empty)


def linked(
    fields: Iterable[Field], record: Any, place: str = ""
) -> Iterator[tuple[str, Field, Any]]:
    """Every link of a record, those of its rows as well, with the path of its field and the
    field."""
    for field in fields:
        path = f"{place}{field.name}"
        if field.type is FieldType.LINK:
            yield from ((path, field, told) for told in value_of(record, field) or ())
        elif field.type is _RECORDS and any(True for _ in field.links):
            for row in value_of(record, field) or ():
                yield from linked(field.columns, row, f"{path}.")


def _reader(record: Any) -> Callable[[str, Any], Any]:
    return record.get if isinstance(record, Mapping) else partial(getattr, record)


def problems_of(record: Record, value: Any, facts: Facts) -> list[Problem]:
    """Everything that cannot be in a record: by its fields, by what they are by themselves."""
    more = () if record.problems is None else record.problems(value, facts)
    return [*lacking(record.fields, value), *more]


def _part(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)


def lacking(fields: Iterable[Field], values: Any, place: str = "") -> Iterator[Problem]:
    """Required fields without a value and numbers outside their bounds, at any depth."""
    read = _reader(values)
    for field in fields:
        value = read(field.name, field.empty)
        if field.required and (value.strip() if isinstance(value, str) else value) in _EMPTY:
            yield Problem(_path(place, field), field.missing, "missing")
        elif isinstance(value, _NUMBERS) and (words := beyond(field, Decimal(value))):
            yield Problem(_path(place, field), f"{field.label}{words}")
        elif field.type is _RECORD and value is not None and not field.key:
            yield from lacking(field.columns, value, f"{_path(place, field)}.")
        elif field.type is _RECORDS:
            for number, row in enumerate(value or ()):
                yield from lacking(field.columns, row, f"{_path(place, field)}.{number}.")


def _path(place: str, field: Field) -> str:
    return f"{place}{field.json or field.name}"


def _each(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        yield from value
    elif value is not None:
        yield value


def _words(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "、".join(_words(part) for part in value)
    return "" if value is None else str(getattr(value, "name", value))


class Declared:
    """Everything that one library declares: the built-in records, its ledgers, its kinds."""

    def __init__(
        self, records: Iterable[Record], ledgers: Iterable[Record] = (), kinds: Kinds | None = None
    ) -> None:
        self._records = {record.code: record for record in (*records, *ledgers)}
        self._kinds = kinds

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __contains__(self, code: object) -> bool:
        return code in self._records

    def __getitem__(self, code: str) -> Record:
        return self._records[code]

    @property
    def kinds(self) -> Kinds:
        """The kinds of meeting; raises ``LookupError`` where none were given."""
        if self._kinds is None:
            raise LookupError("kinds")
        return self._kinds

    def fields_of(self, record: Record, value: Any) -> tuple[Field, ...]:
        """The fields that depend on this record; none where its kind has no such."""
        return () if record.more_fields is None else record.more_fields(value, self)
