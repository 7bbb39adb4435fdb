"""Every text of a record, however deep: what a search looks through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any

from dangjian_desktop.domain.folding import fold

LONGEST_SEARCH = 200
"""Characters of what may be looked for; a longer pattern is none to the database."""
IDENTIFIERS = frozenset({"id", "uid", "sha256", "kinds", "initials"})
"""Names of values that only the program reads; so are all that end in ``_id`` or ``_key``."""


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the value that people wrote; members of an enumeration are none."""
    return (leaf for leaf in _leaves(value) if isinstance(leaf, str) and leaf)


def days_of(value: Any) -> Iterator[str]:
    """Every day in the value, as ISO text."""
    return (leaf.isoformat() for leaf in _leaves(value) if isinstance(leaf, date))


def _leaves(value: Any) -> Iterator[Any]:
    if type(value) is str or isinstance(value, date):
        yield value
    else:
        for part in _parts(value):
            yield from _leaves(part)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return [part for name, part in value.items() if _written(name)]
    if isinstance(value, (list, tuple)):
        return value
    if is_dataclass(value):
        kind: Any = type(value)
        return [getattr(value, name) for name in _names(kind)]
    return ()


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record) if _written(field.name))


def _written(name: str) -> bool:
    return name not in IDENTIFIERS and not name.endswith(("_id", "_key"))


def words_of(record: Any) -> str:
    """All its texts, one a line, folded as what is searched for."""
    return fold("\n".join(texts_of(record)))
