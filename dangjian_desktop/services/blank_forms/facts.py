"""One thing that a blank may hold: declared as a field, with the way to its value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.blank_forms.form import Blank, BlankKind, Filled
from dangjian_desktop.domain.blank_forms.labels import bare
from dangjian_desktop.domain.blank_forms.listing import NUMBER
from dangjian_desktop.domain.blank_forms.matching import begun_with
from dangjian_desktop.domain.blank_forms.sources import Source
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.ledgers.words import paper_text
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.meetings.sitting import numbered
from dangjian_desktop.services.blank_forms.words import words

T = TypeVar("T")
PERCENT, YUAN, THOUSANDS_OF_YUAN = "%", "元", "万元"
_DAY = re.compile(r"(\d{4}年\d{1,2}月)\d{1,2}日")
_PLACE = re.compile(r"\{(\w+)\}")
OWN = "own_"
YES_NO = (("yes", "是"), ("no", "否"))


@dataclass(frozen=True, slots=True)
class Fact:
    """A value by its ``key`` in a map. ``field`` declares its words, type and unit, ``tell`` gives
    it of what it is about (a record, a row of a list, the occasion), None for unknown."""

    key: str
    field: Field
    tell: Callable[[Any], Any]
    group: str = ""
    near: bool = False
    perhaps: tuple[str, ...] = ()

    def source(self, named: str = "") -> Source:
        """What is proposed; ``named`` is its key in the table of words, where it has another."""
        name, table = named or self.key, words()
        unlike = table.unlike.get(name, ())
        also = (*self.field.also, *table.also.get(name, ()))
        return Source(
            key=self.key,
            label=self.field.label,
            group=self.group,
            also=tuple(word for word in also if word not in unlike),
            perhaps=(*self.perhaps, *table.perhaps.get(name, ()), *unlike),
            unit=self.field.unit,
            choices=tuple(word for _, word in choices_of(self.field)),
            near=self.near,
        )

    def text(self, about: Any) -> str:
        """The value as papers have it, numbers without their unit but %; empty for unknown."""
        return text_of(self.field, self.tell(about))


def beside_number(columns: Iterable[Fact]) -> Iterator[Fact]:
    """The columns of a list that counts its rows (``number``): a number that the record has of its
    own (第几次, 编号) goes by another key, so that both can be had."""
    for each in columns:
        yield replace(each, key=f"{OWN}{each.key}") if each.key == NUMBER else each


@dataclass(frozen=True, slots=True)
class FactList:
    """Rows for the empty rows of a table: ``columns`` tell of one row, ``rows`` of the occasion.

    None for ``rows`` tells that nobody can know them yet.
    """

    key: str
    label: str
    columns: tuple[Fact, ...]
    rows: Callable[[Any], Sequence[Any] | None]
    group: str = "名单"
    also: tuple[str, ...] = ()
    named: str = ""
    near: bool = False

    def source(self) -> Source:
        """What is proposed."""
        prefix = self.named or self.key
        return Source(
            key=self.key,
            label=self.label,
            group=self.group,
            also=(*self.also, *words().also.get(self.key, ())),
            kind=BlankKind.ROWS,
            near=self.near,
            columns=tuple(
                column.source(f"{prefix}.{column.key.removeprefix(OWN)}") for column in self.columns
            ),
        )


def choices_of(field: Field) -> tuple[tuple[str, str], ...]:
    """The choices of a field, also those of one that is answered by yes or no."""
    return YES_NO if field.type is FieldType.YES_NO else field.choices


def text_of(field: Field, value: Any) -> str:
    """A value as papers have it: 2026年3月18日, 88.9%, 14:30, points one a line."""
    if field.type is FieldType.TIME and value is not None:
        return f"{value:%H:%M}"
    if field.type is FieldType.LIST and value:
        return "\n".join(numbered([str(part) for part in value]))
    text = paper_text(field, value)
    return f"{text}{PERCENT}" if text and field.unit == PERCENT else text


def fitted(field: Field, value: Any, blank: Blank) -> Filled | None:
    """The value as the blank wants it: its boxes ticked, its unit minded; None for unknown."""
    text = text_of(field, value)
    if not text:
        return None
    if blank.kind is BlankKind.BOXES:
        parts = (*text.split("、"), text)
        said = {bare(part) for part in parts}
        said |= {bare(word) for meant, word in field.choices if meant in parts}
        known = {bare(word) for _, word in choices_of(field)}
        chosen = tuple(
            word
            for word in blank.choices
            if bare(word) in said or (begun_with(word, known) and begun_with(word, said))
        )
        return Filled(chosen=chosen) if chosen else None
    return Filled(text=in_month(in_unit(field, text, blank.unit), blank.label))


def in_month(text: str, label: str) -> str:
    """A day without its day where a label asks for a month (出生年月)."""
    found = _DAY.fullmatch(text) if label.rstrip("）)").endswith("年月") else None
    return found[1] if found else text


def in_unit(field: Field, text: str, unit: str) -> str:
    """The text for a place that has its unit printed already."""
    if unit in (PERCENT, "％"):
        return text.removesuffix(PERCENT)
    if unit == THOUSANDS_OF_YUAN and field.unit == YUAN:
        return number_text(Decimal(text) / 10_000)
    return text


def line_of(field: Field, row: Any, pattern: Iterable[str]) -> str:
    """A row in one line: the parts of the pattern whose fields are all filled."""
    known = {
        column.name: text_of(column, value_of(row, column)).removesuffix(PERCENT)
        for column in field.columns
    }
    parts = []
    for part in pattern:
        names = _PLACE.findall(part)
        if all(known.get(name) for name in names):
            parts.append(_PLACE.sub(lambda found: known[found[1]], part))
    return "".join(parts)
