"""Cells of monthly values: blocks as people paste them, the words about one; pure functions."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO

from dangjian_desktop.domain.dates import Period


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a block copied from a table: rows by line ends, columns by tabs.

    A cell in quotes may hold line ends; they become blanks.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    try:
        rows = list(csv.reader(StringIO(plain, newline=""), delimiter="\t", strict=True))
    except csv.Error:
        # A quotation mark that somebody typed, not one that a spreadsheet put round a cell.
        rows = [line.split("\t") for line in plain.split("\n")]
    return tuple(tuple(" ".join(cell.split()) for cell in row or [""]) for row in rows or [[""]])


def turned(block: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as columns; short rows are filled up with empty cells."""
    wide = max((len(row) for row in block), default=0)
    filled = [(*row, *([""] * (wide - len(row)))) for row in block]
    return tuple(zip(*filled, strict=True))


def wrong_cell(indicator: str, month: str, text: str) -> str:
    """The sentence about text among numbers: which target, which month, what stands there."""
    return f"“{indicator}”{month_words(month)}：“{text}”不是数字，请改为数字或清空"


def month_words(month: str) -> str:
    """2026年3月 for ``2026-03``."""
    return Period.parse(month).label
