"""What a page takes from the declaration of a record: its columns, and its card as lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.record import Record, value_of
from dangjian_desktop.ui.records.tables import Column

Text = Callable[[Field, Any], str]
"""A value as it is read in a list; empty for nothing."""

_WIDTHS = {
    FieldType.DATE: 96,
    FieldType.PARTIAL_DATE: 96,
    FieldType.MONTH: 84,
    FieldType.YEAR: 64,
    FieldType.YES_NO: 64,
    FieldType.PERSON: 84,
    FieldType.LONG_TEXT: 180,
}
_ORDERED = (FieldType.DATE, FieldType.MONTH)
COVERED = "＊＊＊"


def columns_of(
    record: Record, text: Text, value: Callable[[Any, Field], Any] = value_of
) -> tuple[Column[Any], ...]:
    """A column for each field: those that are ``listed`` are shown, in that order, the others
    wait behind a right click. ``value`` takes a field out of a row."""
    listed = [record.field(name) for name in record.listed]
    rest = [f for f in record.fields if f not in listed and _one_line(f) and not f.retired]
    widest = next((f for f in listed if f.type in (FieldType.TEXT, FieldType.LONG_TEXT)), None)
    return (
        *(_column(f, text, value, widest=f is widest) for f in listed),
        *(_column(f, text, value, shown=False) for f in rest),
    )


def lines_of(
    fields: Iterable[Field], row: Any, text: Text, value: Callable[[Any, Field], Any] = value_of
) -> tuple[tuple[str, str], ...]:
    """Labels and values of a card; a field that is no longer asked only where it has a value."""
    lines = ((f, text(f, value(row, f))) for f in fields)
    return tuple((f.title, said) for f, said in lines if said or not f.retired)


def _one_line(field: Field) -> bool:
    return field.type not in (FieldType.RECORD, FieldType.RECORDS, FieldType.FILES)


def _column(
    field: Field,
    text: Text,
    value: Callable[[Any, Field], Any],
    *,
    widest: bool = False,
    shown: bool = True,
) -> Column[Any]:
    def said(row: Any) -> str:
        found = value(row, field)
        return COVERED if field.masked and found else text(field, found)

    def known(row: Any) -> Any:
        return value(row, field)

    sorts = field.type.numeric or field.type in _ORDERED
    return Column(
        code=field.name,
        title=field.title,
        text=said,
        right=field.type.numeric,
        tooltip=said,
        width=-1 if widest else max(_WIDTHS.get(field.type, 110), 15 * len(field.title) + 24),
        shown=shown,
        key=known if sorts else None,
    )
