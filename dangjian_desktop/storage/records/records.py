"""Frozen dataclasses to plain JSON values and back, by the names and types of their fields."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache, partial
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from sqlalchemy import Row, Table

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.sparse import without_sparse
from dangjian_desktop.domain.texts import writable

T = TypeVar("T")
Reader = Callable[[Any], Any]

_TEXT_FORMS: Mapping[type, Reader] = {
    date: date.fromisoformat,
    time: time.fromisoformat,
    datetime: datetime.fromisoformat,
    PartialDate: lru_cache(maxsize=4096)(PartialDate.parse),
    Decimal: Decimal,
}
_PLAIN = frozenset({str, int, NoneType})
_STORED: Mapping[type, Reader] = {bool: int, PartialDate: str}


def to_plain(value: Any) -> Any:
    """The value as JSON knows it: dates and decimals as text, enums by value, tuples as lists."""
    if value is None or type(value) in (str, int, PartialDate):
        return str(value) if type(value) is PartialDate else value
    if isinstance(value, Mapping):
        return {key: to_plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_plain(part) for part in value]
    if isinstance(value, (Enum, str, int, float)):
        return value.value if isinstance(value, Enum) else value
    plain = _plain(value)
    return to_plain(plain) if isinstance(plain, dict) else plain


def _plain(value: Any) -> Any:
    """One level of what JSON does not know by itself."""
    if isinstance(value, (PartialDate, Decimal)):
        return str(value)
    if names := _names(value.__class__):
        return without_sparse(value, {name: getattr(value, name) for name in names})
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(type(value).__name__)


@cache
def _names(of: Any) -> tuple[str, ...]:
    """The fields of a dataclass; none of another class."""
    return tuple(field.name for field in fields(of)) if is_dataclass(of) else ()


def from_plain(wanted: Any, value: Any) -> Any:
    """The value of the wanted type; raises ``ValueError`` or ``TypeError`` when it is not one.

    Keys that the dataclass does not know are left out, missing ones take their default.
    """
    return _reader(wanted)(value)


@cache
def _reader(wanted: Any) -> Reader:
    """What reads values of a type; made once for each, since asking for types is slow."""
    if wanted is Any:
        return lambda value: value
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        return _union_reader(parts)
    if origin is tuple:
        return _list_reader(parts)
    if origin is not None:
        inner = _reader(parts[1])
        return lambda value: {key: inner(part) for key, part in value.items()}
    return _scalar_reader(wanted)


def _scalar_reader(wanted: Any) -> Reader:
    if wanted in _TEXT_FORMS:
        return _TEXT_FORMS[wanted]
    if is_dataclass(wanted):
        return _record_reader(wanted)
    if issubclass(wanted, Enum):
        known = {each.value: each for each in wanted}
        # Calling the class takes ten times as long; it still refuses what it does not know.
        return lambda value: known[value] if value in known else wanted(value)
    return partial(_scalar, wanted)


def _record_reader(record: Any) -> Reader:
    hints = hints_of(record)
    parts = parts_reader(record, hints)
    if any(hint not in (str, str | None) for hint in hints.values()):
        return lambda value: record(**parts(value))
    # Of texts alone, as persons are: the same stand in every sitting, and equal keys are alike.
    shared = lru_cache(maxsize=4096)(lambda held: record(**parts(dict(held))))

    def read(value: Any) -> Any:
        try:
            return shared(tuple(value.items()))
        except (AttributeError, TypeError):  # no mapping, or with a list in it
            return record(**parts(value))

    return read


def _union_reader(parts: tuple[Any, ...]) -> Reader:
    inner = _reader(next(part for part in parts if part is not NoneType))
    return (lambda value: None if value is None else inner(value)) if NoneType in parts else inner


def _list_reader(parts: tuple[Any, ...]) -> Reader:
    inner = [_reader(part) for part in parts if part is not Ellipsis]
    if parts[-1] is Ellipsis:
        (each,) = inner
        return lambda value: tuple(
            map(each, value if type(value) is list else _scalar(list, value))
        )
    return lambda value: tuple(r(v) for r, v in zip(inner, _scalar(list, value), strict=True))


def _scalar(wanted: type, value: Any) -> Any:
    if wanted is bool and value in (0, 1):
        return bool(value)
    if isinstance(value, wanted):
        return value
    raise TypeError(f"{wanted.__name__} is wanted, not {type(value).__name__}")


def parts_reader(record: Any, names: Iterable[str]) -> Reader:
    """What reads these fields of a dataclass, as far as a mapping holds them, into a ``dict``."""
    hints = hints_of(record)
    known = {name: (_unchanged(hints[name]), _reader(hints[name])) for name in names}

    def read(value: Any) -> dict[str, Any]:
        found = {}
        for name, part in (value if type(value) is dict else _scalar(dict, value)).items():
            if name in known:
                types, reader = known[name]
                found[name] = part if type(part) in types else reader(part)
        return found

    return read


def _unchanged(wanted: Any) -> frozenset[type]:
    """Types of which the reader changes no value: most values need no call at all."""
    options = get_args(wanted) if get_origin(wanted) in (Union, UnionType) else (wanted,)
    return frozenset({str, int, float, bool, NoneType}.intersection(options))


@cache
def hints_of(record: Any) -> dict[str, Any]:
    """The resolved types of the fields of a dataclass, by name."""
    resolved = get_type_hints(record)
    return {field.name: resolved[field.name] for field in fields(record)}


def to_json(value: Any) -> str:
    """JSON text of the value, Chinese left readable."""
    return writable(_ENCODER.encode(value))


_FORM: Mapping[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}
_ENCODER = json.JSONEncoder(**_FORM, default=_plain, check_circular=False)  # none holds itself


def from_json(wanted: type[T], text: str) -> T:
    """The dataclass that ``to_json`` wrote; raises ``ValueError`` or ``TypeError`` otherwise."""
    loaded: T = from_plain(wanted, json.loads(text))
    return loaded


def values(record: Any, table: Table) -> dict[str, Any]:
    """The plain values of those fields that are columns of the table; yes and no as numbers."""
    names, read = _in_both(record.__class__, table)
    return {
        name: part if type(part) in _PLAIN else _STORED.get(type(part), to_plain)(part)
        for name, part in zip(names, read(record), strict=True)
    }


@cache
def _in_both(record: Any, table: Table) -> tuple[tuple[str, ...], Reader]:
    names = tuple(name for name in hints_of(record) if name in table.c and name != "id")
    return names, attrgetter(*names)


def load(wanted: type[T], row: Row[Any], **more: Any) -> T:
    """A record from the columns of its names; ``more`` gives what no column holds."""
    record: Any = wanted
    readers, held = _readers(record, row._fields), tuple(row)
    stored = {name: read(held[place]) for place, name, read in readers if name not in more}
    return wanted(**stored, **more)


@cache
def _readers(record: Any, columns: tuple[str, ...]) -> tuple[tuple[int, str, Reader], ...]:
    """Where each field of the record stands among the columns, and what reads it."""
    return tuple(
        (place, name, _reader(hints_of(record)[name]))
        for place, name in enumerate(columns)
        if name in hints_of(record) and name != "id"
    )
