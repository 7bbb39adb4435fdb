"""A declared record: its fields, and what is derived from them by one piece of code for all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.references import Person


class Kinds(Protocol):
    """What a record asks of the registry of kinds of meeting."""

    def __contains__(self, code: object) -> bool:
        """Whether there is a kind of this code."""

    def fields_of(self, codes: Iterable[str]) -> tuple[Field, ...]:
        """The details that these kinds declare, each once, in order."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that cannot be in a record: ``place`` (``milestones.2.planned``, rows counted
    from 0), a sentence without its end, and a code of the contract."""

    place: str
    words: str
    code: str = "invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What problems are judged by: the day, all members ever, what the library declares.

    ``categories`` are those of projects.
    """

    today: date
    declared: Declared
    members: Sequence[Any] = ()
    categories: Any = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A value that is counted, never read: listed, sorted by ``column``, written beside JSON."""

    name: str
    label: str
    value: Callable[[Any], Any]
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
    """Fields that the contract writes together in another form, under one ``key``.

    ``to_json`` gives the object of a record, ``from_json`` plain values of the ``fields`` by name
    out of it; it raises ``ValueError`` where the object is none.
    """

    key: str
    fields: tuple[str, ...]
    to_json: Callable[[Mapping[str, Any]], Any]
    from_json: Callable[[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One kind of record; everything of it that is shape is derived from here.

    ``of`` is its dataclass; None means that its value is a mapping by field name, its values
    being those of the types. ``more_fields`` gives fields that depend on the record, kept as
    plain JSON in the mapping of the RECORD field ``more_in``. ``problems`` says what cannot be.
    ``name`` is the pattern of its title; ``day``, ``until`` and ``state`` name the fields of its
    day, the end of its validity and its state; ``people`` those that name persons, ``identity``
    those by which an import knows the same record again, ``listed`` the columns of its list.
    ``level`` is ``public``, ``internal`` or ``sensitive``. ``draft_version`` is raised with every
    change of the form's state.
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
    level: str = "internal"
    draft_version: int = 1

    def field(self, path: str) -> Field:
        """The field at a path (``milestones.planned``); raises ``KeyError`` for none."""
        head, *rest = path.split(".")
        found = {field.name: field for field in self.fields}[head]
        for name in rest:
            found = found.column(name)
        return found

    def value(self, record: Any, name: str) -> Any:
        """The value of a field or of a computed column; what it means unknown where it lacks."""
        for computed in self.computed:
            if computed.name == name:
                return computed.value(record)
        return value_of(record, self.field(name))

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
    if isinstance(record, Mapping):
        return record.get(field.name, field.empty)
    return getattr(record, field.name, field.empty)


def _part(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name)


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
