"""Amounts and blocks of cells as a person types or pastes them; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text, read_number

__all__ = ["amount", "block_of", "number_text", "plain_text", "turned", "unreadable"]


def amount(typed: Any) -> Decimal | None:
    """The number that was typed, none for an empty cell; raises ``ValueError`` for words."""
    found = read_number(str(typed)) if typed not in (None, "") else None
    return None if found is None else found.value


def unreadable(typed: Any) -> bool:
    """Whether something stands there that is no number."""
    try:
        amount(typed)
    except ValueError:
        return True
    return False


def plain_text(typed: str) -> str:
    """A number in its plain form, words as they were typed."""
    return typed.strip() if unreadable(typed) else number_text(amount(typed))


def block_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a block copied from a table: rows by line ends, columns by tabs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return tuple(tuple(cell.strip() for cell in line.split("\t")) for line in lines)


def turned(block: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as columns; short rows are filled up with empty cells."""
    wide = max((len(row) for row in block), default=0)
    filled = [(*row, *([""] * (wide - len(row)))) for row in block]
    return tuple(zip(*filled, strict=True))
