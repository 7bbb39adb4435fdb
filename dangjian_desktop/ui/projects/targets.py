"""The targets of a project: what is measured, from where to where, in which direction."""

from __future__ import annotations

from collections.abc import Sequence

from dangjian_desktop.ui.fields.table_row import TableRow

UNTYPED = ("id", "direction", "counting")
"""What stands in a target although nobody has typed anything."""

SHARES = (2, 1, 1, 1, 1, 1, 2, 3)


def titles(rows: Sequence[TableRow]) -> tuple[tuple[str, str], ...]:
    """Id and name with unit of every target, for the grid of months."""
    return tuple((row.value()["id"], _title(n, row)) for n, row in enumerate(rows, 1))


def _title(number: int, row: TableRow) -> str:
    unit = row.cells["unit"].value()
    name = row.cells["indicator"].value() or f"目标 {number}"
    return f"{name}（{unit}）" if unit else str(name)
