"""Every text of a record, however deep: what a search looks through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

IDENTIFIERS = frozenset({"id", "uid", "sha256", "kinds", "initials"})
"""Names of values that only the program reads; so are all that end in ``_id`` or ``_key``."""


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the value that people wrote; codes of an ``Enum`` are none."""
    return (leaf for leaf in _leaves(value) if isinstance(leaf, str) and leaf)


def days_of(value: Any) -> Iterator[str]:
    """Every day in the value, as ISO text."""
    return (leaf.isoformat() for leaf in _leaves(value) if isinstance(leaf, date))


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Enum):
        return
    if isinstance(value, Mapping):
        yield from _inside(value.items())
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _leaves(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _inside((field.name, getattr(value, field.name)) for field in fields(value))
    else:
        yield value


def _inside(parts: Any) -> Iterator[Any]:
    for name, part in parts:
        if name not in IDENTIFIERS and not name.endswith(("_id", "_key")):
            yield from _leaves(part)


def words_of(record: Any) -> str:
    """All its texts, one a line."""
    return "\n".join(texts_of(record))
