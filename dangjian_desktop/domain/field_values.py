"""Whether a plain JSON value fits the field that declares it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from math import isfinite
from typing import Any

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.fields import Field, FieldType

_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


def value_problem(field: Field, value: Any) -> str | None:
    """A sentence when the JSON value does not fit the field, else nothing; None always fits."""
    if value is None or _fits(field, value):
        return None
    return f"“{field.label}”的内容无法识别，{_EXPECTED.get(field.type, '应为文字')}"


def _fits(field: Field, value: Any) -> bool:
    if field.type is FieldType.CHOICE:
        return value == "" or any(value == code for code, _ in field.choices)
    if field.type is FieldType.RECORD:
        return _fits_record(field, value)
    if field.type is FieldType.RECORDS:
        return isinstance(value, list | tuple) and all(_fits_record(field, v) for v in value)
    return _SIMPLE.get(field.type, _is_text)(value)


def _fits_record(field: Field, value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    known = {column.name: column for column in field.columns}
    return all(
        name in known and (part is None or _fits(known[name], part)) for name, part in value.items()
    )


def _is_number(value: Any) -> bool:
    """Counts and hours: no number of this program is negative."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return isfinite(value) and value >= 0
    return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


def whole_number(value: Any) -> int | None:
    """The whole number that a NUMBER field holds; nothing for an empty or a broken one."""
    if value is None or not _is_number(value) or float(value) != int(float(value)):
        return None
    return int(float(value))


def _is_day(value: Any) -> bool:
    try:
        return bool(date.fromisoformat(value).isoformat() == value)
    except (TypeError, ValueError):
        return False


def _is_partial_day(value: Any) -> bool:
    try:
        return bool(PartialDate.parse(value))
    except (TypeError, ValueError):
        return False


def _is_time(value: Any) -> bool:
    try:
        return bool(time.fromisoformat(value).isoformat("minutes") == value)
    except (TypeError, ValueError):
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(part, str) for part in value)


_SIMPLE: Mapping[FieldType, Callable[[Any], bool]] = {
    FieldType.NUMBER: _is_number,
    FieldType.DATE: _is_day,
    FieldType.PARTIAL_DATE: _is_partial_day,
    FieldType.TIME: _is_time,
    FieldType.YES_NO: _is_bool,
    FieldType.NAMES: _is_texts,
    FieldType.LIST: _is_texts,
}

_EXPECTED: Mapping[FieldType, str] = {
    FieldType.NUMBER: "应为数字",
    FieldType.DATE: "应为日期，例如 2026-03-05",
    FieldType.PARTIAL_DATE: "应为日期，例如 2026-03-05，只知道月份的写 2026-03",
    FieldType.TIME: "应为时间，例如 14:30",
    FieldType.CHOICE: "应从给出的选项中选择",
    FieldType.YES_NO: "应为是或否",
    FieldType.NAMES: "应为姓名的列表",
    FieldType.LIST: "应为文字的列表",
    FieldType.RECORD: "应逐项填写",
    FieldType.RECORDS: "应为列表，逐行填写",
}
