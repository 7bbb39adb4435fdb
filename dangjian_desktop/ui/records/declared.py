"""The columns of a list as they follow from the declaration of its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.field_texts import COVERED
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.record import Record, value_of
from dangjian_desktop.domain.showing import fields_shown
from dangjian_desktop.services.records.pinyin import sort_key
from dangjian_desktop.ui.records.tables import Column

Text = Callable[[Field, Any], str]
"""A value as it is read in a list; empty for nothing."""
Value = Callable[[Any, Field], Any]

_WIDTHS = {
    FieldType.DATE: 96,
    FieldType.PARTIAL_DATE: 96,
    FieldType.MONTH: 84,
    FieldType.YEAR: 64,
    FieldType.YES_NO: 64,
    FieldType.PERSON: 84,
    FieldType.LONG_TEXT: 180,
}
PEOPLE = (FieldType.PERSON, FieldType.PEOPLE)
_ORDERED = (FieldType.DATE, FieldType.MONTH, FieldType.PARTIAL_DATE)
_ROWS = (FieldType.RECORD, FieldType.RECORDS, FieldType.FILES)


def columns_of(
    record: Record,
    text: Text,
    value: Value = value_of,
    *,
    of: type[Any] | None = None,
    looks: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
    after: Mapping[str, Sequence[Column[Any]]] = MappingProxyType({}),
) -> tuple[Column[Any], ...]:
    """A column for each field, and each computed value that is ``listed``: the listed ones are
    shown, in that order, the others wait behind a right click.

    With ``of`` only what a row of this class has. ``looks`` says by name how a column differs,
    ``after`` are columns that only the page can count, by the name of the one before them.
    """
    shown = [*fields_shown(record, Outlet.LIST)]
    fields = {c.name: Field(c.name, c.label, c.type) for c in record.computed}
    fields |= {f.name: f for f in shown}
    listed = [fields[name] for name in record.listed if name in fields]
    rest = [f for f in shown if f not in listed and f.type not in _ROWS and not f.retired]
    rest = [f for f in rest if of is None or (hasattr(of, f.name) and f.searched)]
    widest = next((f for f in listed if f.type in (FieldType.TEXT, FieldType.LONG_TEXT)), None)
    found = list[Column[Any]]()
    for field in (*listed, *rest):
        made = _column(field, text, value, widest=field is widest, shown=field in listed)
        found += (replace(made, **looks.get(field.name, {})), *after.get(field.name, ()))
    return tuple(found)


def lines_of(
    fields: Iterable[Field], row: Any, text: Text, value: Value = value_of
) -> tuple[tuple[str, str], ...]:
    """Labels and values of a card; a field that is no longer asked only where it has a value."""
    lines = ((f, text(f, value(row, f))) for f in fields)
    return tuple((f.title, said) for f, said in lines if said or not f.retired)


def _column(field: Field, text: Text, value: Value, *, widest: bool, shown: bool) -> Column[Any]:
    def said(row: Any) -> str:
        found = value(row, field)
        return COVERED if field.masked and found else text(field, found)

    def known(row: Any) -> Any:
        found = value(row, field)
        return found.first if isinstance(found, PartialDate) else found

    def named(row: Any) -> str | None:
        return sort_key(said(row)) or None

    sorts = field.type.numeric or field.type in _ORDERED
    return Column(
        code=field.name,
        title=field.title,
        text=said,
        right=field.type.numeric and field.type is not FieldType.YEAR,
        tooltip=said,
        width=-1 if widest else max(_WIDTHS.get(field.type, 110), 15 * len(field.title) + 24),
        shown=shown,
        key=known if sorts else named if field.type in PEOPLE else None,
    )
