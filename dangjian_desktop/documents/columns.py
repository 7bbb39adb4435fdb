"""Columns of a table made as wide as their longest token, at the cost of those with room."""

from __future__ import annotations

import re
from dataclasses import replace

from dangjian_desktop.documents.model import Cell, Paragraph, Role, Table
from dangjian_desktop.documents.styles import CELL_PADDING, Sheet
from dangjian_desktop.documents.table_layout import placed
from dangjian_desktop.documents.typeset import Typesetter

_SPARE, _EDGE = 0.5, 0.01
_UNIT = re.compile("(（[^（）]+）)$")
_LONGEST_WHOLE = 4
# Of a column with room so much stays, for somebody signs in it.
_LEAST = 0.5


def widened(table: Table, sheet: Sheet, typesetter: Typesetter) -> Table:
    """The table with no token torn by its column; as it is where there is no room for that.

    Where it has room for it, no short heading is torn either, nor the unit behind one.
    """
    if table.abreast:
        return table
    have = _have(table, sheet)
    for headings in (True, False):
        need = _needs(table, sheet, typesetter, have, headings=headings)
        lacking = sum(max(0.0, n - h) for n, h in zip(need, have, strict=True))
        spare = sum(max(0.0, h - n) for n, h in zip(need, have, strict=True))
        if lacking <= spare:
            break
    else:
        return table
    if not lacking:
        return table
    part = lacking / spare
    return replace(
        table,
        widths=tuple(n if n >= h else h - (h - n) * part for n, h in zip(need, have, strict=True)),
    )


def has_room(table: Table, sheet: Sheet, typesetter: Typesetter) -> bool:
    """Whether every column is as wide as its longest token."""
    have = _have(table, sheet)
    need = _needs(table, sheet, typesetter, have)
    return all(n <= h + _EDGE for n, h in zip(need, have, strict=True))


def _have(table: Table, sheet: Sheet) -> list[float]:
    total = sum(table.widths)
    return [sheet.page.width * part / total for part in table.widths]


def _needs(
    table: Table, sheet: Sheet, typesetter: Typesetter, have: list[float], *, headings: bool = False
) -> list[float]:
    """What the tokens of each column ask for; little where all its texts have room on one line."""
    need = [max(2 * CELL_PADDING, _LEAST * wide) for wide in have]
    taken = [0] * len(have)
    for row in table.rows:
        for cell, column in placed(row, taken):
            if cell.columns == 1:
                width = _longest(cell, sheet, typesetter, have[column] - 2 * CELL_PADDING)
                if headings:
                    width = max(width, _of_headings(cell, sheet, typesetter))
                need[column] = max(need[column], width + 2 * CELL_PADDING + _SPARE)
    return need


def _longest(cell: Cell, sheet: Sheet, typesetter: Typesetter, room: float) -> float:
    parts = [part for part in cell.paragraphs if isinstance(part, Paragraph) and part.words]
    return max((typesetter.longest(p.words, sheet.style(p.role), room) for p in parts), default=0.0)


def _of_headings(cell: Cell, sheet: Sheet, typesetter: Typesetter) -> float:
    """The widest short label of a heading, or unit in brackets behind one."""
    style = sheet.style(Role.CELL_HEAD)
    parts = (p for p in cell.paragraphs if isinstance(p, Paragraph) and p.role is Role.CELL_HEAD)
    whole = (w for part in parts for w in _UNIT.split(part.words) if len(w) <= _LONGEST_WHOLE)
    return max((typesetter.natural_width(words, style) for words in whole), default=0.0)
