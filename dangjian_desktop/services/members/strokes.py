"""Names in the order of strokes (姓氏笔画), as ballots and lists of leading bodies have them."""

from __future__ import annotations

from functools import cache

from dangjian_desktop.paths import resources

Place = tuple[int, int]
"""Strokes of a character, then its place among those of the same count."""

_UNKNOWN = 1_000


def stroke_key(name: str) -> tuple[Place, ...]:
    """Sort key: character by character, fewer strokes first, so that the surname decides.

    Of one count the order is that of 通用规范汉字表 within each of its three parts. Characters
    that the table lacks come last, by their code.
    """
    return tuple(_places().get(sign, (_UNKNOWN, ord(sign))) for sign in name)


def strokes_of(character: str) -> int | None:
    """How many strokes a character has; nothing where the table lacks it."""
    found = _places().get(character)
    return None if found is None else found[0]


@cache
def _places() -> dict[str, Place]:
    lines = resources("strokes", "strokes.txt").read_text(encoding="utf-8").splitlines()
    found: dict[str, Place] = {}
    for line in lines:
        count, _, characters = line.partition(" ")
        if count.isdigit():
            found |= {sign: (int(count), place) for place, sign in enumerate(characters)}
    return found
