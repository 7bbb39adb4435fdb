"""One row of a table in a form: its cells in a line, or in a card of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid
from dangjian_desktop.ui.fields.stack import Grip
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import apart, button, column_of, label, row_of, set_square


class TableRow(QFrame):
    """One row of cells; what it holds besides its columns (an id) is kept though nobody sees it."""

    changed = Signal()
    asked = Signal(str)
    dragged = Signal(QPoint)

    def __init__(self, cells: Mapping[str, Cell], theme: Theme, *, noun: str, many: bool) -> None:
        super().__init__()
        apart(self)
        self.cells = dict(cells)
        self.grid: FieldGrid | None = None
        self.more: QPushButton | None = None
        self._kept: State = {}
        self.number = label("", "heading")
        self.grip = Grip(theme)
        self.grip.dragged.connect(self.dragged)
        self.remove = button("", theme, icon="x", look="quiet", name="row.remove")
        # As high as a field, so that the cross stands beside its first line.
        self.remove.setToolTip(f"删除{noun}")
        self.remove.setAccessibleName(f"删除{noun}")
        theme.fit(self.remove, set_square, 36)
        self.remove.clicked.connect(partial(self.asked.emit, "remove"))
        if not many:
            self.grip.hide()
            self.remove.hide()
        for cell in self.cells.values():
            cell.changed.connect(self.changed)

    def value(self) -> State:
        """What stands in the row; empty cells are left out."""
        values = {name: cell.value() for name, cell in self.cells.items()}
        return self._kept | {n: v for n, v in values.items() if v not in (None, "", [])}

    def set_value(self, value: Mapping[str, Any]) -> None:
        """Show a row."""
        self._kept = {name: v for name, v in value.items() if name not in self.cells}
        for name, cell in self.cells.items():
            cell.set_value(value.get(name))

    def set_number(self, number: int) -> None:
        """Say which row it is."""
        self.number.setText(str(number))
        for cell in self.cells.values():
            inner = cell.editor.focusProxy()
            if inner is not None:
                inner.setAccessibleName(f"第{number}行{cell.editor.field.label}")

    def start(self) -> QWidget:
        """Its first cell."""
        return next(iter(self.cells.values())).editor

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of its cells, of the row as a whole under the first."""
        wrong = told(self.cells, problems, otherwise=next(iter(self.cells)))
        if self.more is not None and self.grid is not None and wrong is not None:
            self.more.setChecked(self.more.isChecked() or self.grid.isAncestorOf(wrong))
        return wrong

    def ask_only(self, wanted: Callable[[str], bool]) -> None:
        """Ask for the cells that are wanted, by name; one in a line of cells keeps its place."""
        for name, cell in self.cells.items():
            if self.grid is not None and self.grid.isAncestorOf(cell):
                cell.wanted = wanted(name)
            else:
                cell.setEnabled(wanted(name))
        if self.grid is not None:
            self.grid.arrange()

    def as_line(self, shares: Sequence[int], theme: Theme) -> None:
        """Put the cells beside each other; ``shares`` of the width alone set where each begins.

        Cells without a share stand below, hidden until somebody asks for them.
        """
        top = Qt.AlignmentFlag.AlignTop
        row = row_of((self.grip, 0, top))
        cells = tuple(self.cells.values())
        for cell, share in zip(cells, shares, strict=False):
            by_share(cell)
            row.addWidget(cell, share, top)
        column = column_of(row, on=self, gap=4)
        if rest := cells[len(shares) :]:
            self.grid = FieldGrid(theme, rest, column=130)
            theme.fit(self.grid, _indent, 22)
            self.grid.hide()
            column.addWidget(self.grid)
            self.more = button("", theme, icon="chevron-down", look="quiet", name="row.more")
            self.more.setToolTip("更多设置")
            self.more.setAccessibleName("更多设置")
            self.more.setCheckable(True)
            theme.fit(self.more, set_square, 36)
            self.more.toggled.connect(self.grid.setVisible)
            row.addWidget(self.more, 0, top)
        row.addWidget(self.remove, 0, top)

    def as_card(self, theme: Theme, noun: str) -> None:
        """Put the cells into a grid under the number of the row."""
        self.setProperty("look", "card")
        head = row_of(self.grip, label(noun, "soft"), self.number, ..., self.remove)
        self.grid = FieldGrid(theme, tuple(self.cells.values()), column=130)
        column_of(head, self.grid, on=self, gap=4, margins=(12, 6, 12, 10))


def _indent(grid: FieldGrid, side: int) -> None:
    """Below the cells: right of the grip, left of the crosses, which take twice as much."""
    grid.setContentsMargins(side, 0, 2 * side, 6)


def by_share(widget: QWidget) -> None:
    """Let only the share set the width, so that headings and cells stand in columns."""
    widget.setMinimumWidth(1)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
