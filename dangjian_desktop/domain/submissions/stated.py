"""The months, quarters and years that a heading or the name of a file states."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dangjian_desktop.domain.dates import Period

_WORDS = re.compile(
    r"(?<!\d)(20\d{2})\s*年(?:\s*(?P<month>\d{1,2})\s*月|\s*第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<half>[上下])半年|(?!\s*\d))(?!\s*\d{0,2}\s*[日号]?\s*[至到—－~～-])"
)
_DIGITS = re.compile(r"(?<!\d)(20\d{2})[-.]?(0[1-9]|1[0-2])(?:[-.]?(?:[0-2]\d|3[01]))?(?!\d)")
_PART = re.compile(
    r"(?<!\d)(?:(?P<year>20\d{2})\s*年\s*)?(?:(?P<month>\d{1,2})\s*月份?(?!\s*\d)"
    r"|第(?P<quarter>[一二三四1-4])季度)"
)
_QUARTERS = {word: at for at, pair in enumerate(("一1", "二2", "三3", "四4"), 1) for word in pair}


def periods_in(text: str) -> Iterator[Period]:
    """Every period that a text states in words; the beginning of a span (1月至3月) is left out."""
    for found in _WORDS.finditer(text):
        year = found[1]
        if found["month"]:
            if 1 <= int(found["month"]) <= 12:
                yield Period(int(year), int(found["month"]), 1)
        elif found["quarter"]:
            yield Period.parse(f"{year}-Q{_QUARTERS[found['quarter']]}")
        elif found["half"]:
            yield Period.parse(f"{year}-H{1 if found['half'] == '上' else 2}")
        else:
            yield Period.parse(year)


def periods_in_name(name: str) -> Iterator[Period]:
    """The same of the name of a file, which may have them in digits (202603, 2026-03-18)."""
    yield from periods_in(name)
    for year, month in _DIGITS.findall(name):
        yield Period.parse(f"{year}-{month}")


def narrowed_to(title: str, period: Period) -> Period:
    """The part of the period that a title names, with or without its year (1月月报); else all."""
    found = _PART.search(title)
    if found is None:
        return period
    year = found["year"] or str(period.year)
    if found["quarter"]:
        part = Period.parse(f"{year}-Q{_QUARTERS[found['quarter']]}")
    elif 1 <= int(found["month"]) <= 12:
        part = Period(int(year), int(found["month"]), 1)
    else:
        return period
    inside = part.first in period and part.last in period
    return part if inside else period


def agree(one: Period, other: Period) -> bool:
    """Whether one of two periods lies within the other."""
    inside = one.first in other and one.last in other
    return inside or (other.first in one and other.last in one)
