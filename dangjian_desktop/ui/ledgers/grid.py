"""Persons or groups against the months of a year, drawn by a model: no widget for a cell."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTableView

from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.ledgers.figures import Cell, Grid
from dangjian_desktop.domain.ledgers.ledger import (
    DAY_TYPES,
    NUMBER_TYPES,
    PEOPLE_TYPES,
    GridPrint,
    Ledger,
)
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import bare_title
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.plain_cells import LEFT, RIGHT, Plain, PlainCells
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of, label
from dangjian_desktop.ui.records.tables import ROOT, Index

_NAME_WIDTH, _CELL_WIDTH = 128, 52


def grid_print(ledger: Ledger) -> GridPrint | None:
    """The grid that the ledger prints, else one by its persons; nothing where it has none."""
    for layout in ledger.prints:
        if isinstance(layout, GridPrint):
            return layout
    day = ledger.named(ledger.day)
    if day is None or day.type not in DAY_TYPES or day.type is FieldType.YEAR:
        return None
    by = next((f.name for f in ledger.of_type(*PEOPLE_TYPES, FieldType.GROUP)), "")
    value = next((f.name for f in ledger.of_type(*NUMBER_TYPES)), "")
    return GridPrint(title=ledger.title, rows=by, value=value) if by else None


class GridModel(QAbstractTableModel):
    """A grid with its sums as the last line."""

    def __init__(self, head: str) -> None:
        super().__init__()
        self._head = head
        self.grid = Grid((), (), ())

    def show_grid(self, grid: Grid) -> None:
        """Show these lines."""
        self.beginResetModel()
        self.grid = grid
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell | None:
        """What stands there; nothing for a name."""
        if column == 0:
            return None
        lines = self.grid.lines
        cells = lines[row][1] if row < len(lines) else self.grid.totals
        return cells[column - 1] if column <= len(cells) else None

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        lines = len(self.grid.lines)
        return 0 if parent.isValid() else lines + (1 if lines else 0)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self.grid.columns) + 1

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._head if section == 0 else self.grid.columns[section - 1]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if section == 0 else RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.plain(index.row(), index.column())[0]
        return None

    def plain(self, row: int, column: int) -> Plain:
        """What ``PlainCells`` draws."""
        total = row == len(self.grid.lines)
        if column == 0:
            return ("合计" if total else self.grid.lines[row][0]), LEFT, total
        cell = self.cell(row, column)
        last = column == len(self.grid.columns)
        return ("" if cell is None else cell.text), RIGHT, total or last


class GridView(Page):
    """The grid of a year over the whole width; Enter on a cell opens the record behind it."""

    left = Signal(str)
    topics = frozenset({Topic.LEDGERS, Topic.MEMBERS})

    def __init__(self, desk: Desk, shell: Shell, ledger: Ledger) -> None:
        super().__init__()
        self._desk, self._shell, self._ledger = desk, shell, ledger
        self._layout_of = grid_print(ledger) or GridPrint(title=ledger.title)
        self._year = desk.today().year
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="grid.back")
        back.clicked.connect(lambda: self.left.emit(""))
        self.before = button("上一年", theme, name="grid.before")
        self.after = button("下一年", theme, name="grid.after")
        self.before.clicked.connect(partial(self._step, -1))
        self.after.clicked.connect(partial(self._step, 1))
        self.year = label("", "heading")
        self.model = GridModel(ledger.label(self._layout_of.rows))
        self.table = QTableView()
        self.table.setObjectName("grid.table")
        self.table.setAccessibleName(bare_title(self._layout_of))
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        PlainCells(self.table, self.model, theme)
        self.table.verticalHeader().hide()
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.table.setTabKeyNavigation(False)
        self.table.activated.connect(self._open)
        self.table.selectionModel().currentChanged.connect(self._tell)
        self.foot = label("", "soft", wrap=True, name="grid.foot")
        bar = head_of(
            back,
            bare_title(self._layout_of),
            ...,
            self.before,
            self.year,
            self.after,
        )
        column_of(bar, (self.table, 1), self.foot, on=self, gap=10)
        theme.changed.connect(self._dress)

    def show_year(self, year: int) -> None:
        """Count the rows of this year."""
        self._year = year
        self.year.setText(f"{year}年")
        work = partial(self._desk.ledger_counts.grid, self._ledger.code, self._layout_of, year)
        self._shell.jobs.library(work, partial(self._show, year), title="正在汇总")

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Count again."""
        if topics & self.topics:
            self.show_year(self._year)

    def _show(self, year: int, grid: Grid) -> None:
        if year == self._year:
            self.model.show_grid(grid)
            self._dress()
            self._tell()

    @Slot()
    def _dress(self) -> None:
        theme = self._shell.theme
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setMinimumSectionSize(theme.px(_CELL_WIDTH))
        self.table.verticalHeader().setDefaultSectionSize(theme.row_height)
        self.table.setColumnWidth(0, theme.px(_NAME_WIDTH))

    @Slot()
    def _tell(self, *_indices: QModelIndex) -> None:
        index = self.table.currentIndex()
        cell = self.model.cell(index.row(), index.column()) if index.isValid() else None
        asked = self._ledger.named(self._layout_of.value)
        what = asked.title if asked else "记录条数"
        words = f"格内为“{what}”，共 {len(self.model.grid.lines)} 行。"
        if cell is not None and cell.rows:
            words += f"此格来自 {len(cell.rows)} 条记录，按回车键查看。"
        self.foot.setText(words)

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        cell = self.model.cell(index.row(), index.column())
        if cell is not None and cell.rows:
            self.left.emit(cell.rows[0])

    def _step(self, years: int, *_checked: bool) -> None:
        self.show_year(self._year + years)
