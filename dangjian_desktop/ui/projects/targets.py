"""The targets of a project: what is measured, from where to where, in which direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.table_row import TableRow
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.projects.values_part import ValuesPart

UNTYPED = ("id", "direction", "counting")
"""What stands in a target although nobody has typed anything."""

SHARES = (2, 1, 1, 1, 1, 1, 2, 3)


class Targets(QObject):
    """The table of targets and the grid of their monthly values as one part of a form."""

    changed = Signal()

    def __init__(self, rows: Rows, values: ValuesPart) -> None:
        super().__init__(rows)
        self._rows, self._values = rows, values
        for part in (rows, values):
            part.changed.connect(self.changed)

    def value(self) -> list[State]:
        """The targets, each with its values."""
        values = self._values.values()
        return [row | {"values": values.get(row["id"], {})} for row in self._rows.value()]

    def set_value(self, targets: Sequence[Mapping[str, Any]] | None) -> None:
        """Show these; the grid shows their values once it is told the months."""
        rows: list[State] = [{"id": new_id(), **target} for target in targets or ()]
        self._rows.set_value(rows)
        cells = {(t["id"], m): v for t in rows for m, v in (t.get("values") or {}).items()}
        self._values.set_cells(cells)

    def tell(self, problems: Problems) -> QWidget | None:
        """What is said of monthly values stands under their grid."""
        placed = {f"{'values' if '.values.' in p else 'rows'}.{p}": t for p, t in problems.items()}
        return told({"rows": self._rows, "values": self._values}, placed)


def titles(rows: Sequence[TableRow]) -> tuple[tuple[str, str], ...]:
    """Id and name with unit of every target, for the grid of months."""
    return tuple((row.value()["id"], _title(n, row)) for n, row in enumerate(rows, 1))


def _title(number: int, row: TableRow) -> str:
    unit = row.cells["unit"].value()
    name = row.cells["indicator"].value() or f"目标 {number}"
    return f"{name}（{unit}）" if unit else str(name)
