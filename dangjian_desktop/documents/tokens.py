"""What a line end must not tear: a number with its unit, a date, a name, a short title in 《》."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_UNITS = "人名次项个份张篇件条户元票天年月日时岁届期级组米吨台套场页章节%％℃‰"
_NUMBER = rf"第?\d+(?:[.,]\d+)*(?:[万亿千百]?[{_UNITS}])?"
# What a token begins with is looked for first: most places of a text begin none.
_TOKEN = re.compile(
    r"(?=[\d第《])(?:\d{4}年\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}月\d{1,2}日|\d{4}-\d\d(?:-\d\d)?"
    rf"|{_NUMBER}|《[^《》]{{1,8}}》)"
)
_PART = re.compile(_NUMBER)
# A title goes down whole where it leaves no more than this part of the line empty.
_MOST_EMPTY = 0.25

NameFinder = re.Pattern[str] | None


def names_in(texts: Iterable[str], names: Iterable[str]) -> NameFinder:
    """Finds the names that occur in the texts; None where none does."""
    text = "\n".join(texts)
    found = sorted((n for n in names if len(n) > 1 and n in text), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, found))) if found else None


def tokens_of(text: str, names: NameFinder) -> Iterator[str]:
    """Every token of a text, names among them; titles are left out."""
    yield from (part for part in _TOKEN.findall(text) if not part.startswith("《"))
    yield from names.findall(text) if names else ()


def held_places(
    text: str, sums: Sequence[float], width: float, names: NameFinder
) -> Mapping[int, int]:
    """Places inside a token that fits a line of ``width``, each with the token's first place.

    ``sums`` are the widths up to each place. Of a token that is too wide its numbers are held.
    """
    held: dict[int, int] = {}
    for found in _TOKEN.finditer(text):
        start, end = found.span()
        if sums[end] - sums[start] <= width:
            _hold(held, start, end)
            continue
        for part in _PART.finditer(text, start, end):
            if sums[part.end()] - sums[part.start()] <= width:
                _hold(held, *part.span())
    for found in names.finditer(text) if names else ():
        if sums[found.end()] - sums[found.start()] <= width:
            _hold(held, *found.span())
    return held


def goes_down(text: str, start: int, left: float, room: float) -> bool:
    """Whether a token is moved to the next line where that leaves ``left`` points empty."""
    return text[start] != "《" or left <= _MOST_EMPTY * room


def _hold(held: dict[int, int], start: int, end: int) -> None:
    first = held.get(start, start)
    for place in range(start + 1, end):
        held[place] = first
