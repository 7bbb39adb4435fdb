"""Records of any declared kind as text for people, and as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import chinese_date
from dangjian_desktop.domain.field_texts import Titles, value_text
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.record import Declared, Record, value_of
from dangjian_desktop.domain.showing import fields_shown, sensitive_fields
from dangjian_desktop.services.links import as_link
from dangjian_desktop.services.workbooks import Workbook
from dangjian_desktop.spreadsheets.columns import Column

_LONG = (FieldType.LONG_TEXT, FieldType.LIST, FieldType.RECORDS, FieldType.RECORD)
NO_TITLES: Titles = {}


def lines_of(
    record: Record,
    value: Any,
    declared: Declared,
    day: date,
    titles: Titles = NO_TITLES,
    *,
    protected: bool = False,
) -> list[tuple[str, str]]:
    """Label and text of every field in which something stands, as of a day; what is sensitive
    only in a library that is ``protected``."""
    shown = {f.name for f in fields_shown(record, Outlet.CARD, protected=protected) if f.told}
    told = (field for field in _fields(record, value, declared) if field.name in shown)
    texts = ((field.title, text_of(field, value_of(value, field), day, titles)) for field in told)
    rest = () if protected else closed_line(record, value)
    return [*((label, text) for label, text in texts if text), *rest]


def closed_line(record: Record, value: Any) -> Iterator[tuple[str, str]]:
    """What is said in a library without a password of words that came in from one with."""
    if filled := [f.label for f in sensitive_fields(record) if text_of(f, value_of(value, f))]:
        yield "敏感内容", f"已填写{'、'.join(filled)}，给资料库设置密码后可以看到"


def workbook_of(
    record: Record,
    values: Sequence[Any],
    declared: Declared,
    *,
    made: datetime,
    titles: Titles = NO_TITLES,
    hidden: bool = False,
) -> Workbook:
    """The records as of a moment, one a row; ``hidden`` covers what is declared so. What may not
    be seen outside of the library, and what is kept for programs alone, has no column."""
    day, rows = made.date(), []
    open_to = fields_shown(record, Outlet.MASKED if hidden else Outlet.WORKBOOK)
    shown = tuple(field for field in open_to if field.told)
    for number, value in enumerate(values, 1):
        fields = (f for f in _fields(record, value, declared) if record.field(f.name) in shown)
        told = ((f, text_of(f, value_of(value, f), day, titles)) for f in fields)
        rows.append((str(number), *(_cell(f, text, hidden=hidden) for f, text in told)))
    return Workbook(
        columns=[Column("序号", 6), *map(_column, shown)],
        rows=rows,
        title=f"{record.title}记录",
        remark=f"截至{chinese_date(day)}" + ("　已遮盖号码" if hidden else ""),
        name=record.title,
        made=made,
    )


def covered(record: Record, value: Any) -> Any:
    """The record with what is declared as masked covered."""
    told = {f.name: value_of(value, f) for f in record.fields if f.masked}
    return replace(value, **{name: _covered(text) for name, text in told.items() if text})


def text_of(field: Field, value: Any, day: date = date.max, titles: Titles = NO_TITLES) -> str:
    """The value in words: choices by their labels, links by their titles, rows one to a line."""
    if field.as_of:
        value = tuple(span for span in value if span.covers(day))
        return "、".join(text_of(field.column("value"), span.value, day) for span in value)
    if field.type in (FieldType.RECORD, FieldType.RECORDS):
        return _parts(field, value, day, titles)
    if field.type is FieldType.LINK:
        return value_text(field, tuple(as_link(field, each) for each in value or ()), titles)
    if isinstance(value, list | tuple):
        between = "\n" if field.type is FieldType.LIST else "、"
        return between.join(_scalar(field, part) for part in value)
    return _scalar(field, value)


def _parts(field: Field, value: Any, day: date, titles: Titles) -> str:
    if value is None or not field.columns:
        return ""
    if field.type is FieldType.RECORDS:
        return "\n".join(_row(field.columns, row, day, titles) for row in value)
    if field.key:
        shown = ((key, text_of(field.columns[0], part, day)) for key, part in value.items())
        return "；".join(f"{key}：{text}" for key, text in shown)
    return _row(field.columns, value, day, titles)


def _fields(record: Record, value: Any, declared: Declared) -> list[Field]:
    """The fields, the details that the record declares among them as its parts."""
    more = declared.fields_of(record, value)
    return [replace(f, columns=more) if f.name == record.more_in else f for f in record.fields]


def _row(columns: Iterable[Field], row: Any, day: date, titles: Titles) -> str:
    shown = (c for c in columns if c.told and c.name != "id")
    told = ((c, text_of(c, value_of(row, c), day, titles)) for c in shown)
    return "；".join(f"{column.title}：{text}" for column, text in told if text)


def _scalar(field: Field, value: Any) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return number_text(value) if isinstance(value, Decimal) else value_text(field, value)


def _cell(field: Field, text: str, *, hidden: bool) -> str:
    return _covered(text) if hidden and field.masked else text


def _covered(text: str) -> str:
    return masked(text) if len(text) == 18 else masked_phone(text)


def _column(field: Field) -> Column:
    long = field.type in _LONG
    return Column(field.title, 36.0 if long else 14.0, centred=not long)
