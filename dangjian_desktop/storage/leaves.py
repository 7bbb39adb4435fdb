"""Texts and days out of stored JSON, in the order of the class that it holds: what a search looks
through, without making the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import is_dataclass
from datetime import date
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from dangjian_desktop.domain.words import texts_of, written
from dangjian_desktop.storage.records.records import hints_of

Walk = Callable[[Any, list[str]], None]


def texts_in(wanted: Any, plain: Any) -> list[str]:
    """What ``texts_of`` finds in the value of this type that ``from_plain`` would make."""
    return _found(wanted, str, plain)


def days_in(wanted: Any, plain: Any) -> list[str]:
    """Every day in it, as ISO text."""
    return _found(wanted, date, plain)


def text_names(record: Any) -> list[str]:
    """The fields of a class that are texts by themselves, in their order."""
    hints = hints_of(record).items()
    return [name for name, hint in hints if written(name) and _walk(hint, str) is _leaf]


def _found(wanted: Any, leaf: type, plain: Any) -> list[str]:
    walk, found = _walk(wanted, leaf), list[str]()
    if walk is not None:
        walk(plain, found)
    return found


@cache
def _walk(wanted: Any, leaf: type) -> Walk | None:
    """What gathers the leaves of a type; none where it has none. Another shape has none either."""
    if wanted is Any:
        return _anything if leaf is str else None
    origin, parts = get_origin(wanted), get_args(wanted)
    if origin in (Union, UnionType):
        return _walk(next(part for part in parts if part is not NoneType), leaf)
    if origin is tuple:
        return _several(_walk(parts[0], leaf))
    if origin is not None:
        return _named(_walk(parts[1], leaf))
    if is_dataclass(wanted):
        return _fields(wanted, leaf)
    return _leaf if wanted is leaf else None


def _leaf(plain: Any, found: list[str]) -> None:
    if plain and isinstance(plain, str):
        found.append(plain)


def _anything(plain: Any, found: list[str]) -> None:
    found.extend(texts_of(plain))


def _several(walk: Walk | None) -> Walk | None:
    if walk is None:
        return None

    def gather(plain: Any, found: list[str]) -> None:
        parts = plain if isinstance(plain, list) else ()
        if walk is _leaf:
            found.extend([part for part in parts if part and isinstance(part, str)])
            return
        for part in parts:
            walk(part, found)

    return gather


def _named(walk: Walk | None) -> Walk | None:
    if walk is None:
        return None

    def gather(plain: Any, found: list[str]) -> None:
        for name, part in plain.items() if isinstance(plain, dict) else ():
            if written(name):
                walk(part, found)

    return gather


def _fields(record: Any, leaf: type) -> Walk | None:
    hints = {name: _walk(hint, leaf) for name, hint in hints_of(record).items() if written(name)}
    walks = [(name, walk) for name, walk in hints.items() if walk is not None]

    def gather(plain: Any, found: list[str]) -> None:
        for name, walk in walks if isinstance(plain, dict) else ():
            part = plain.get(name)
            if not part:
                continue
            # Most are texts, and a call for each takes longer than looking at it.
            if walk is not _leaf:
                walk(part, found)
            elif isinstance(part, str):
                found.append(part)

    return gather if walks else None
