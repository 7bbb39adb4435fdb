"""Blocks of cells as a person pastes them; pure functions."""

from __future__ import annotations

from collections.abc import Sequence


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a block copied from a table: rows by line ends, columns by tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)


def turned(block: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as columns; short rows are filled up with empty cells."""
    wide = max((len(row) for row in block), default=0)
    filled = [(*row, *([""] * (wide - len(row)))) for row in block]
    return tuple(zip(*filled, strict=True))
