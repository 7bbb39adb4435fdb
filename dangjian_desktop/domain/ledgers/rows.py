"""One row of a ledger, and how it is kept: values by field, the rest whole under ``more``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.ledger import PEOPLE_TYPES, Ledger
from dangjian_desktop.domain.references import KeptFile, Link, Person
from dangjian_desktop.frozen import dataclass

EMPTY: tuple[Any, ...] = (None, "", ())
"""What a field that is not filled holds; no and zero are values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One row; ``id`` is a UUID, ``ledger`` the code, ``values`` by field as ``FieldType`` says.

    ``more`` is what the declaration no longer (or not yet) names, as plain JSON: shown under
    其他内容, kept and exported. ``closed`` names the due dates that were closed by hand,
    ``edition`` is the edition of the declaration that the row was saved under.
    """

    id: str
    ledger: str
    values: Mapping[str, Any] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)
    closed: tuple[str, ...] = ()
    edition: int = 1
    deleted: bool = False

    def value(self, name: str) -> Any:
        """The value of a field; None where it is not filled."""
        found = self.values.get(name)
        # Most are filled; comparing each with what is empty would cost more than all the rest.
        return found if found or found not in EMPTY else None

    def filled(self, name: str) -> bool:
        """Whether the field holds something; no and zero are something."""
        return self.values.get(name) not in EMPTY

    def persons(self, name: str) -> tuple[Person, ...]:
        """The persons in a person or people field."""
        found = self.value(name)
        return found if isinstance(found, tuple) else () if found is None else (found,)

    def naming(self, ledger: Ledger) -> Iterator[tuple[str, Person]]:
        """Everybody in any field of persons, with the name of the field."""
        for asked in ledger.of_type(*PEOPLE_TYPES):
            yield from ((asked.name, person) for person in self.persons(asked.name))

    def links(self, ledger: Ledger) -> Iterator[tuple[str, Link]]:
        """Every record it is linked to, with the name of the field."""
        for asked in ledger.of_type(FieldType.LINK):
            yield from ((asked.name, link) for link in self.value(asked.name) or ())

    def files(self) -> tuple[KeptFile, ...]:
        """The files that it keeps, in any field."""
        return tuple(
            part
            for value in self.values.values()
            if isinstance(value, tuple)
            for part in value
            if isinstance(part, KeptFile)
        )

    def dated(self, ledger: Ledger) -> Any:
        """The day, month or year of the row, as the first of its fields that is filled has it."""
        found = self.value(ledger.day) if ledger.day else None
        return self.value(ledger.day_else) if found is None and ledger.day_else else found

    def first_day(self, ledger: Ledger) -> date | None:
        """The day of the row: a month or year counts from its first day."""
        return day_of(self.dated(ledger))

    def last_day(self, ledger: Ledger) -> date | None:
        """The day of the row: a month or year counts until its last day."""
        value = self.dated(ledger)
        if isinstance(value, Period | PartialDate):
            return value.last
        return date(value, 12, 31) if isinstance(value, int) else day_of(value)

    def within(self, ledger: Ledger, period: Period) -> bool:
        """Whether the row belongs to the period; one without a day belongs to none."""
        day = self.first_day(ledger)
        if day is None:
            return False
        whole = self.dated(ledger)
        if isinstance(whole, int):
            return period.year == whole
        return day in period

    def in_force(self, ledger: Ledger, day: date) -> bool:
        """Whether the row is valid on the day (``from`` and ``until`` of the declaration)."""
        start = self.value(ledger.from_field) if ledger.from_field else None
        end = self.value(ledger.until_field) if ledger.until_field else None
        return start is not None and start <= day and (end is None or day < end)


def day_of(value: Any) -> date | None:
    """The first day of what a day field holds."""
    if isinstance(value, date):
        return value
    if isinstance(value, Period | PartialDate):
        return value.first
    return date(value, 1, 1) if isinstance(value, int) else None


def kept_values(ledger: Ledger, row: LedgerRow) -> dict[str, Any]:
    """The values as plain JSON for the library: persons with their member, files with their sum."""
    plain: dict[str, Any] = dict(row.more)
    for name, value in row.values.items():
        asked = ledger.named(name)
        if asked is not None and value not in EMPTY:
            plain[name] = _written(value, _AS_KEPT)
    return plain


def loaded_values(
    ledger: Ledger, plain: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The values that ``kept_values`` wrote, and what the declaration does not know."""
    values: dict[str, Any] = {}
    more: dict[str, Any] = {}
    for name, value in plain.items():
        asked = ledger.named(name)
        found = None if asked is None else loaded_value(asked, value)
        if found is None:
            more[name] = value
        else:
            values[name] = found
    return values, more


def loaded_value(asked: Field, plain: Any) -> Any:
    """A value that ``kept_values`` wrote; None for what is no value of this field."""
    load: Callable[[Any], Any] = _LOAD.get(asked.type, _as_text)
    try:
        return load(plain)
    except (LookupError, TypeError, ValueError, ArithmeticError):
        return None


def subjects_in(asked: Field, plain: Any) -> list[tuple[str, str]]:
    """Who or what a kept value names: what tells it apart (member id, else name), and its name."""
    several = plain if asked.type is FieldType.PEOPLE else [plain]
    return [(part, part) if isinstance(part, str) else (part[1], part[0]) for part in several]


def plain_value(asked: Field, value: Any) -> Any:
    """The value as ROW of the contract has it: names, numbers as text, links as objects."""
    if value in EMPTY:
        return [] if asked.type.several else None
    return _written(value, _AS_TOLD)


def _written(value: Any, how: Mapping[type[Any], Callable[[Any], Any]]) -> Any:
    if isinstance(value, tuple):
        return [_written(part, how) for part in value]
    write = how.get(type(value), _scalar)
    return write(value)


def _person(person: Person) -> Any:
    return [person.name, person.member_id] if person.member_id else person.name


def _scalar(value: Any) -> Any:
    if isinstance(value, Decimal):
        return number_text(value)
    return value if isinstance(value, str | bool | int) else str(value)


_AS_TOLD: Mapping[type[Any], Callable[[Any], Any]] = {
    Person: lambda person: person.name,
    Link: lambda link: {"record": link.subject, "id": link.uid, "item": link.item},
    KeptFile: lambda file: {n: getattr(file, n) for n in ("name", "sha256", "size", "note")},
}
_AS_KEPT: Mapping[type[Any], Callable[[Any], Any]] = {
    Person: _person,
    Link: lambda link: [link.subject, link.uid, link.item],
    KeptFile: lambda file: [file.uid, file.name, file.sha256, file.size, file.note],
}


def _as_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _as_person(value: Any) -> Person:
    return Person(_as_text(value)) if isinstance(value, str) else Person(value[0], value[1])


@lru_cache(maxsize=1024)
def _as_month(value: str) -> Period:
    return Period.parse(value)


def _as_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(type(value))
    return value


def _as_link(value: Any) -> Link:
    return Link(*value)


def _as_file(value: Any) -> KeptFile:
    return KeptFile(*value)


def _tuple_of(load: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def loaded(value: Any) -> Any:
        if not isinstance(value, list):
            raise TypeError(type(value))
        return tuple(map(load, value))

    return loaded


_LOAD: Mapping[FieldType, Callable[[Any], Any]] = {
    FieldType.INTEGER: int,
    FieldType.YEAR: int,
    FieldType.DECIMAL: Decimal,
    FieldType.MONEY: Decimal,
    FieldType.DATE: date.fromisoformat,
    FieldType.PARTIAL_DATE: PartialDate.parse,
    FieldType.MONTH: _as_month,
    FieldType.YES_NO: _as_bool,
    FieldType.CHOICES: _tuple_of(_as_text),
    FieldType.PERSON: _as_person,
    FieldType.PEOPLE: _tuple_of(_as_person),
    FieldType.LINK: _tuple_of(_as_link),
    FieldType.FILES: _tuple_of(_as_file),
}
