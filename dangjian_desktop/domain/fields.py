"""Declared fields: what a form shows, an import accepts and a paper prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class FieldType(StrEnum):
    """What kind of value a field holds, as plain JSON."""

    TEXT = "text"  # one line
    LONG_TEXT = "long_text"  # paragraphs, "\n" between them
    NUMBER = "number"  # an int, or a decimal number as text
    DATE = "date"  # YYYY-MM-DD
    PARTIAL_DATE = "partial_date"  # YYYY, YYYY-MM or YYYY-MM-DD
    TIME = "time"  # HH:MM
    CHOICE = "choice"  # one of ``choices``
    YES_NO = "yes_no"  # a bool
    NAMES = "names"  # a list of names
    LINES = "lines"  # a list of texts
    RECORD = "record"  # an object of ``columns``
    RECORDS = "records"  # a list of objects of ``columns``


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``name`` is the identifier, ``label`` the word on paper and screen.

    ``choices`` are the allowed values of a CHOICE, ``columns`` the parts of a RECORD(S).
    ``hint`` stands in the empty field.
    """

    name: str
    label: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    hint: str = ""


def value_problem(field: Field, value: Any) -> str | None:
    """A sentence when the JSON value does not fit the field, else nothing; None always fits."""
    if value is None or _fits(field, value):
        return None
    return f"“{field.label}”的内容无法识别，{_EXPECTED[field.type]}"


def _fits(field: Field, value: Any) -> bool:
    match field.type:
        case FieldType.TEXT | FieldType.LONG_TEXT | FieldType.TIME | FieldType.PARTIAL_DATE:
            return isinstance(value, str)
        case FieldType.NUMBER:
            return _is_number(value)
        case FieldType.DATE:
            return _is_day(value)
        case FieldType.CHOICE:
            return value in field.choices
        case FieldType.YES_NO:
            return isinstance(value, bool)
        case FieldType.NAMES | FieldType.LINES:
            return isinstance(value, list | tuple) and all(isinstance(v, str) for v in value)
        case FieldType.RECORD:
            return _fits_record(field, value)
        case FieldType.RECORDS:
            return isinstance(value, list | tuple) and all(_fits_record(field, v) for v in value)


def _fits_record(field: Field, value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    known = {column.name: column for column in field.columns}
    return all(
        name in known and (part is None or _fits(known[name], part)) for name, part in value.items()
    )


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int) or (
        isinstance(value, str) and value.replace(".", "", 1).isdecimal() and value.isascii()
    )


def _is_day(value: Any) -> bool:
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return False
    return len(value) == 10


_EXPECTED = {
    FieldType.TEXT: "应为文字",
    FieldType.LONG_TEXT: "应为文字",
    FieldType.NUMBER: "应为数字",
    FieldType.DATE: "应为日期，例如 2026-03-05",
    FieldType.PARTIAL_DATE: "应为日期，例如 2026-03-05 或 2026-03",
    FieldType.TIME: "应为时间，例如 14:30",
    FieldType.CHOICE: "应从给出的选项中选择",
    FieldType.YES_NO: "应为是或否",
    FieldType.NAMES: "应为姓名的列表",
    FieldType.LINES: "应为文字的列表",
    FieldType.RECORD: "应逐项填写",
    FieldType.RECORDS: "应为列表，逐行填写",
}
