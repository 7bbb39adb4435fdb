"""Frozen dataclasses to plain JSON values and back, by the names and types of their fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import Connection, Row, Table, insert

from dangjian_desktop.domain.dates import PartialDate

T = TypeVar("T")

_TEXT_FORMS: Mapping[type, Callable[[str], Any]] = {
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
    PartialDate: PartialDate.parse,
    Decimal: Decimal,
}


def to_plain(value: Any) -> Any:
    """The value as JSON knows it: dates and decimals as text, enums by value, tuples as lists."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (PartialDate, Decimal)):
        return str(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {key: to_plain(part) for key, part in value.items()}
    return [to_plain(part) for part in value] if isinstance(value, (tuple, list)) else value


def from_plain(wanted: Any, value: Any) -> Any:
    """The value of the wanted type; raises ``ValueError`` or ``TypeError`` when it is not one.

    Keys that the dataclass does not know are left out, missing ones take their default.
    """
    if wanted is Any:
        return value
    origin = get_origin(wanted)
    if origin in (Union, UnionType):
        return _from_union(get_args(wanted), value)
    if origin is tuple:
        return _from_list(get_args(wanted), value)
    if origin is not None:
        kind = get_args(wanted)[1]
        return {key: from_plain(kind, part) for key, part in value.items()}
    return _from_scalar(wanted, value)


def _from_union(choices: tuple[Any, ...], value: Any) -> Any:
    if value is None and NoneType in choices:
        return None
    wanted = next(choice for choice in choices if choice is not NoneType)
    return from_plain(wanted, value)


def _from_list(parts: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"a list is wanted, not {type(value).__name__}")
    if parts[-1] is Ellipsis:
        return tuple(from_plain(parts[0], part) for part in value)
    return tuple(from_plain(kind, part) for kind, part in zip(parts, value, strict=True))


def _from_scalar(wanted: Any, value: Any) -> Any:
    if wanted in _TEXT_FORMS:
        return _TEXT_FORMS[wanted](value)
    if is_dataclass(wanted):
        return _from_mapping(wanted, value)
    if issubclass(wanted, Enum):
        return wanted(value)
    if wanted is bool and value in (0, 1):
        return bool(value)
    if not isinstance(value, wanted):
        raise TypeError(f"{wanted.__name__} is wanted, not {type(value).__name__}")
    return value


def _from_mapping(wanted: Any, value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise TypeError(f"{wanted.__name__} is wanted, not {type(value).__name__}")
    hints = hints_of(wanted)
    known = {name: from_plain(hints[name], part) for name, part in value.items() if name in hints}
    return wanted(**known)


@cache
def hints_of(record: Any) -> dict[str, Any]:
    """The resolved types of the fields of a dataclass, by name."""
    resolved = get_type_hints(record)
    return {field.name: resolved[field.name] for field in fields(record)}


def to_json(value: Any) -> str:
    """JSON text of the value, Chinese left readable."""
    return json.dumps(to_plain(value), ensure_ascii=False, separators=(",", ":"))


def from_json(wanted: type[T], text: str) -> T:
    """The dataclass that ``to_json`` wrote; raises ``ValueError`` or ``TypeError`` otherwise."""
    loaded: T = from_plain(wanted, json.loads(text))
    return loaded


def values(record: Any, table: Table) -> dict[str, Any]:
    """The plain values of those fields that are columns of the table."""
    return {
        field.name: to_plain(getattr(record, field.name))
        for field in fields(record)
        if field.name in table.c and field.name != "id"
    }


def load(wanted: type[T], row: Row[Any], **more: Any) -> T:
    """A record from the columns of its names; ``more`` gives what no column holds."""
    record: Any = wanted
    hints = hints_of(record)
    stored = {
        name: from_plain(hints[name], value)
        for name, value in row._mapping.items()  # noqa: SLF001 - the documented way
        if name in hints and name not in more and name != "id"
    }
    return wanted(**stored, **more)


def new_row(connection: Connection, table: Table, row: Mapping[str, Any]) -> int:
    """Insert the row and tell its row id."""
    added = connection.execute(insert(table).values(row)).inserted_primary_key
    if added is None:
        raise RuntimeError(table.name)
    return int(added[0])
