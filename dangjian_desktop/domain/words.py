"""Every text of a record, however deep: what a search looks through."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, cast

LONGEST_SEARCH = 200
"""Characters of what may be looked for; a longer pattern is none to the database."""
IDENTIFIERS = frozenset({"id", "uid", "sha256", "kinds", "initials"})
"""Names of values that only the program reads; so are all that end in ``_id`` or ``_key``."""


def texts_of(value: Any) -> Iterator[str]:
    """Every text in the value that people wrote; members of an enumeration are none."""
    found: list[str] = []
    _collect(value, found.append)
    return filter(None, found)


def _collect(value: Any, add: Callable[[str], None]) -> None:
    # One walk without generators takes a third of the time.
    if type(value) is str:
        add(value)
    elif value is not None:
        for part in _parts(value):
            _collect(part, add)


def _parts(value: Any) -> Iterable[Any]:
    kind: Any = type(value)
    if kind is tuple or kind is list:
        return cast("Iterable[Any]", value)
    if isinstance(value, Mapping):
        return [part for name, part in value.items() if written(name)]
    return [getattr(value, name) for name in _names(kind)]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass that are looked through; of any other class none."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if written(field.name))


def written(name: str) -> bool:
    """Whether people wrote the value of this name."""
    return name not in IDENTIFIERS and not name.endswith(("_id", "_key"))
