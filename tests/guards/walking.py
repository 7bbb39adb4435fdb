"""Records walked by the types of their fields: what a list by hand forgets is found here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dangjian_desktop.domain.dates import PartialDate

RARE = "𠮷𫍽&<b>“甲”"
"""Characters beyond the first plane, signs of markup, quotation marks of both widths."""
NAMELESS = frozenset({"id", "uid", "member_id", "meeting_id", "item_id", "sha256", "size"})
"""What only the program reads: no variant is made of it, no word is looked for in it."""

NOT_WRITTEN = frozenset({"kinds", "sort_key", "initials", "period"})
"""Texts that nobody wrote: codes, keys for sorting, months."""

Variant = tuple[str, Any]
"""A place (``agenda.0.topic``) with the record changed there."""


def hints_of(record: Any) -> dict[str, Any]:
    """The resolved types of the fields of a dataclass."""
    found = get_type_hints(record)
    return {field.name: found[field.name] for field in fields(record)}


def reachable(*records: type) -> frozenset[type]:
    """Every dataclass that the fields of these lead to, themselves among them."""
    found: set[type] = set()
    waiting = list(records)
    while waiting:
        record = waiting.pop()
        if record not in found:
            found.add(record)
            for hint in hints_of(record).values():
                waiting += [part for part in _parts(hint) if is_dataclass(part)]
    return frozenset(found)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)


def classes_in(value: Any) -> frozenset[type]:
    """The dataclasses that really stand in a value."""
    found: set[type] = set()
    if is_dataclass(value) and not isinstance(value, type):
        found.add(type(value))
        parts: list[Any] = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, Mapping):
        parts = list(value.values())
    else:
        parts = list(value) if isinstance(value, tuple | list) else []
    return frozenset(found.union(*map(classes_in, parts)))


def variants(record: Any) -> Iterator[Variant]:
    """The record with each of its values changed in turn: to none, nought, empty, false, rare.

    A field is emptied only where its class says what it is when nothing is known.
    """
    if getattr(record, "member_id", None) is not None:
        return  # the name of a member is the roster's
    hints = hints_of(type(record))
    for field in fields(record):
        name, value = field.name, getattr(record, field.name)
        if name in NAMELESS or (name == "kinds" and hints[name] == tuple[str, ...]):
            continue
        if value != (unknown := _unknown(field)) and unknown is not MISSING:
            yield f"{name}={unknown!r}", replace(record, **{name: unknown})
        for place, changed in _changed(value, hints[name]):
            if changed != unknown:
                yield f"{name}{place}", replace(record, **{name: changed})


def _unknown(field: Any) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _changed(value: Any, hint: Any) -> Iterator[Variant]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        wanted = next(part for part in arguments if part is not NoneType)
        yield from _changed(value, wanted)
    elif is_dataclass(hint) and hint is not PartialDate:
        if value is not None:
            yield from ((f".{place}", changed) for place, changed in variants(value))
    elif origin is None:
        others = () if hint is Any else _others(hint)
        yield from ((f"={other!r}", other) for other in others if other != value)
    elif value:
        yield from _with_one_changed(value, arguments)


def _with_one_changed(value: Any, arguments: tuple[Any, ...]) -> Iterator[Variant]:
    """A list or a table by month with the part changed that says most: it has most to lose."""
    if isinstance(value, Mapping):
        name = max(value, key=lambda each: len(repr(value[each])))
        for place, changed in _changed(value[name], arguments[1]):
            yield f".{name}{place}", {**value, name: changed}
        return
    at = max(range(len(value)), key=lambda number: len(repr(value[number])))
    for place, part in _changed(value[at], arguments[0]):
        yield f".0{place}", (*value[:at], part, *value[at + 1 :])


def _others(kind: type) -> tuple[Any, ...]:
    if issubclass(kind, Enum):
        return tuple(kind)
    known: dict[type, tuple[Any, ...]] = {
        bool: (False, True),
        int: (0, 1),
        str: (RARE,),
        Decimal: (Decimal(0), Decimal("0.5")),
        PartialDate: (PartialDate(1998), PartialDate(1999, 2)),
        time: (time(0, 0),),
        date: (),
    }
    return known[kind]


def difference(first: Any, second: Any, place: str = "") -> Iterator[str]:
    """The deepest places in which two values differ."""
    if first == second:
        return
    if is_dataclass(first) and type(first) is type(second):
        for name in hints_of(type(first)):
            inner = f"{place}.{name}" if place else name
            yield from difference(getattr(first, name), getattr(second, name), inner)
    elif isinstance(first, tuple) and isinstance(second, tuple) and len(first) == len(second):
        for number, (one, other) in enumerate(zip(first, second, strict=True)):
            yield from difference(one, other, f"{place}.{number}")
    else:
        yield place


def texts(value: Any, hint: Any, place: str, words: Iterator[str]) -> tuple[Any, dict[str, str]]:
    """The value with a word of its own in each text, and the words by place (no numbers in it)."""
    origin, arguments = get_origin(hint), get_args(hint)
    found: dict[str, str] = {}
    if value is None:
        return value, found
    if origin in (Union, UnionType):
        wanted = next(part for part in arguments if part is not NoneType)
        return texts(value, wanted, place, words)
    if is_dataclass(hint) and hint is not PartialDate:
        changes = {}
        for name, part in hints_of(hint).items():
            if name in NAMELESS | NOT_WRITTEN:
                continue
            inner = f"{place}.{name}" if place else name
            changes[name], more = texts(getattr(value, name), part, inner, words)
            found |= more
        return replace(value, **changes), found
    if origin is tuple:
        parts = [texts(part, arguments[0], place, words) for part in value]
        return tuple(part for part, _more in parts), _merged(more for _part, more in parts)
    return _texts_of_plain(value, hint, place, words)


def _texts_of_plain(
    value: Any, hint: Any, place: str, words: Iterator[str]
) -> tuple[Any, dict[str, str]]:
    """Texts of values of JSON, such as the details of a meeting."""
    if isinstance(value, Mapping):
        parts = {
            name: _texts_of_plain(part, hint, f"{place}.{name}", words)
            for name, part in value.items()
        }
        merged = _merged(more for _part, more in parts.values())
        return {name: part for name, (part, _more) in parts.items()}, merged
    if isinstance(value, list):
        several = [_texts_of_plain(part, hint, place, words) for part in value]
        return [part for part, _more in several], _merged(more for _part, more in several)
    if isinstance(value, str) and not isinstance(value, Enum):
        word = next(words)
        return word, {place: word}
    return value, {}


def _merged(parts: Iterator[dict[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in parts:
        for place, word in part.items():
            found.setdefault(place, word)
    return found
