"""Patterns of names, titles and lines: fixed words with ``{field}`` between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_PLACE = re.compile(r"\{(?:(n|by|sum):)?([a-z][a-z0-9_]*)\}")
_BRACE = re.compile(r"[{}]")


class Place(NamedTuple):
    """A place in a pattern: ``how`` is empty for the value, ``n`` for how many it holds,
    ``by`` for counts by choice, ``sum`` for a sum.
    """

    how: str
    field: str


def places_of(pattern: str) -> Iterator[Place]:
    """Every place of the pattern in its order."""
    for found in _PLACE.finditer(pattern):
        yield Place(found[1] or "", found[2])


def broken(pattern: str) -> bool:
    """Whether a brace stands in it that belongs to no place."""
    return _BRACE.search(_PLACE.sub("", pattern)) is not None


def filled(pattern: str, words: Callable[[Place], str]) -> str:
    """The pattern with words in its places; what stands in them is not looked at again."""
    return _PLACE.sub(lambda found: words(Place(found[1] or "", found[2])), pattern)
