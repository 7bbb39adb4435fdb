"""Declared fields: what is asked of a person, whatever asks it (a form, an import, a check)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.levels import Level
from dangjian_desktop.frozen import dataclass

Class = type[Any]
"""Within ``Field`` the word ``type`` is a field."""


class FieldType(StrEnum):
    """What kind of value a field takes, and with it how it is entered and kept.

    The value, and what JSON keeps of it: text for TEXT, LONG_TEXT and GROUP; ``int`` for INTEGER
    and YEAR; ``Decimal`` for DECIMAL and MONEY (yuan), as text; ``date``, ``PartialDate``, a month
    ``Period`` and ``time`` for DATE, PARTIAL_DATE, MONTH and TIME, as ISO text; the code for
    CHOICE, a tuple of codes for CHOICES; ``bool`` for YES_NO; ``Person`` for PERSON, a tuple of
    them for PEOPLE, as names; a tuple of ``Link`` for LINK and of ``KeptFile`` for FILES; a tuple
    of texts for LIST; an object of the ``columns`` for RECORD, a tuple of them for RECORDS.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    MONTH = "month"
    YEAR = "year"
    TIME = "time"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    PERSON = "person"
    PEOPLE = "people"
    GROUP = "group"
    LINK = "link"
    FILES = "files"
    LIST = "list"
    RECORD = "record"
    RECORDS = "records"

    @classmethod
    def _missing_(cls, value: object) -> FieldType | None:
        """What version 0.1.0 called them, as libraries may have them."""
        return {"name": cls.PERSON, "names": cls.PEOPLE, "number": cls.DECIMAL}.get(str(value))

    @property
    def numeric(self) -> bool:
        """Whether its value is a number."""
        return self in (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.YEAR)

    @property
    def several(self) -> bool:
        """Whether its value is a tuple."""
        return self in _SEVERAL


_SEVERAL = frozenset(
    {FieldType.CHOICES, FieldType.PEOPLE, FieldType.LINK, FieldType.FILES}
    | {FieldType.LIST, FieldType.RECORDS}
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Borders of a value: ``least`` and ``most`` included, decimal ``places``, ``longest`` text.

    What is None is not bounded, beside what the type bounds by itself.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    places: int | None = None
    longest: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` is its identifier for ever, ``label`` the word that people read.

    ``hint`` stands inside the empty field; ``unit`` behind the number; ``choices`` pair a code
    with the word shown. ``empty`` is what unknown is in the dataclass. ``who`` tells whom a PERSON
    or PEOPLE may name: a ``member`` (any other name is refused), ``anyone``, or plain ``text``.
    ``to`` are the records that a LINK may name (``meeting.item`` a part of one). ``of`` is the
    class of a RECORD, RECORDS or CHOICE, ``columns`` the parts of a record; ``key`` the part by
    which rows are told apart: a RECORD with a ``key`` is an object of many keys with one column.
    ``json`` is its name in the contract ("" the same, None not in JSON); ``sparse`` leaves it
    out while empty, ``null`` writes an empty text as null; ``as_of`` is the JSON name of
    the value on a day of what is kept in spans. ``also`` are headings accepted at import,
    What is not ``told`` is kept for programs: no card, workbook or version shows it to people.
    What is not ``asked`` a service fills in: no form asks for it.
    ``masked`` is covered in lists and copies, ``retired`` since which day it is no longer asked.
    ``level`` tells who may see it (of a field of the record itself, not of a part of one).
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    hint: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    bounds: Bounds = Bounds()
    empty: Any = None
    who: str = "anyone"
    to: tuple[str, ...] = ()
    of: Class | None = None
    columns: tuple[Field, ...] = ()
    key: str = ""
    json: str | None = ""
    sparse: bool = False
    null: bool = False
    as_of: str = ""
    searched: bool = True
    told: bool = True
    asked: bool = True
    masked: bool = False
    also: tuple[str, ...] = ()
    retired: str = ""
    level: Level = Level.PUBLIC

    @property
    def missing(self) -> str:
        """The sentence for a required field that was left empty."""
        chosen = self.type in (FieldType.CHOICE, FieldType.CHOICES, FieldType.YES_NO)
        return f"请{'选择' if chosen else '填写'}{self.label}"

    @property
    def secret(self) -> bool:
        """Whether it is kept behind a password alone."""
        return self.level is Level.SENSITIVE

    @property
    def covered(self) -> bool:
        """Whether it is read only when somebody asks for it, and then for a minute."""
        return self.masked or self.secret

    @property
    def title(self) -> str:
        """The label with the unit behind it, unless it ends in it, as a heading: 预算（元）."""
        said = not self.unit or self.label.endswith(self.unit)
        return self.label if said else f"{self.label}（{self.unit}）"

    def title_of(self, code: str) -> str:
        """The word shown for a code; the code itself when it is not among the choices."""
        return dict(self.choices).get(code, code)

    def as_plain(self) -> Field:
        """The same, itself and its parts named as plain objects name them."""
        columns = tuple(column.as_plain() for column in self.columns)
        return replace(self, name=self.json or self.name, columns=columns)

    @property
    def links(self) -> Iterator[Field]:
        """The fields that name other records: itself, or among the parts of its rows."""
        if self.type is FieldType.LINK:
            yield self
        for column in self.columns if self.type is FieldType.RECORDS else ():
            yield from column.links

    def for_form(self) -> Field:
        """The same with the parts that a form asks for."""
        asked = tuple(part for part in self.columns if part.asked and part.name != "id")
        return replace(self, columns=asked)

    def column(self, name: str) -> Field:
        """The part of this name; raises ``KeyError`` for a name that it lacks."""
        return {column.name: column for column in self.columns}[name]


def missing_fields(fields: tuple[Field, ...], values: Mapping[str, object]) -> dict[str, str]:
    """For each required field without a value, the sentence that asks for it."""
    empty: tuple[object, ...] = (None, "", (), [])
    return {
        field.name: field.missing
        for field in fields
        if field.required and values.get(field.name) in empty
    }


def beyond(field: Field, value: Decimal) -> str:
    """What is expected (应不小于0元) where the number is outside the bounds of the field."""
    least, most, places = field.bounds.least, field.bounds.most, field.bounds.places
    unit = field.unit
    if least is not None and most is not None and not least <= value <= most:
        return f"应在{number_text(least)}至{number_text(most)}{unit}之间"
    if least is not None and value < least:
        return f"应不小于{number_text(least)}{unit}"
    if most is not None and value > most:
        return f"应不大于{number_text(most)}{unit}"
    if places is None:
        places = 2 if field.type is FieldType.MONEY else None
    if places is not None and value != round(value, places):
        return f"应最多有{places}位小数" if places else "应为整数"
    return ""
