"""Every text of a record, however deep: what a search looks through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

IDENTIFIERS = frozenset({"id", "uid", "sha256", "kinds"})
"""Names of values that only the program reads; so are all that end in ``_id`` or ``_key``."""


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the value that people wrote; codes of an ``Enum`` are none."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, Mapping):
        yield from _inside(value.items())
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts_of(part)
    elif is_dataclass(value) and not isinstance(value, type):
        yield from _inside((field.name, getattr(value, field.name)) for field in fields(value))


def _inside(parts: Any) -> Iterator[str]:
    for name, part in parts:
        if name not in IDENTIFIERS and not name.endswith(("_id", "_key")):
            yield from texts_of(part)


def words_of(record: Any) -> str:
    """All of them, one a line."""
    return "\n".join(texts_of(record))
