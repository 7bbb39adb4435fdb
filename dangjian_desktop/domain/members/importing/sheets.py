"""A sheet of cells as it was read, whatever the file; knows no branch."""

from __future__ import annotations

from datetime import date, time, timedelta
from enum import Enum

from dangjian_desktop.frozen import dataclass

Place = tuple[int, int]
"""Row and column, both counted from 0."""


class Special(Enum):
    """What stands in a cell that has no value of its own."""

    UNCOMPUTED = "uncomputed"
    """A formula that was saved without its result."""


@dataclass(frozen=True, slots=True)
class MonthOnly:
    """A date cell that shows no day: the day in ``day`` was put there by the spreadsheet."""

    day: date


CellValue = str | float | bool | date | time | timedelta | MonthOnly | Special
"""A number is a ``float`` even where it is whole; a blank cell is an empty text."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows from the first row of the sheet on; row ``i`` is number ``i + 1`` on the screen.

    ``from_above`` and ``from_left`` are the places whose value was filled in from a merged
    range. ``typed`` tells that numbers and texts are told apart (not so in a .csv).
    ``date_1904`` tells how a bare serial number of a date counts. ``rows_left_out`` counts
    filled rows that lie behind a long blank stretch and were not read; ``hidden_rows`` are the
    places of rows that are filtered away or hidden, which are read all the same.
    """

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    from_above: frozenset[Place] = frozenset()
    from_left: frozenset[Place] = frozenset()
    hidden: bool = False
    typed: bool = True
    date_1904: bool = False
    rows_left_out: int = 0
    hidden_rows: frozenset[int] = frozenset()


def column_letter(index: int) -> str:
    """The name of a column counted from 0: A, B … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
