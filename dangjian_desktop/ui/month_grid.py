"""The monthly values of all targets in one grid: typed, or pasted as a block from a sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QTableView,
    QWidget,
)

from dangjian_desktop.domain.amounts import plain_text, unreadable
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.month_cells import block_of, month_words, turned, wrong_cell

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
Cells = dict[tuple[str, str], str]


class ValuesModel(QAbstractTableModel):
    """Rows are targets (id and title), columns months; a cell keeps what was typed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.targets: tuple[tuple[str, str], ...] = ()
        self.months: tuple[str, ...] = ()
        self._cells: Cells = {}

    def show(self, targets: Sequence[tuple[str, str]], months: Sequence[str], cells: Cells) -> None:
        """Show other targets, months or values."""
        self.beginResetModel()
        self.targets, self.months, self._cells = tuple(targets), tuple(months), dict(cells)
        self.endResetModel()

    def cells(self) -> Cells:
        """What stands in each cell that is not empty, by target and month."""
        return dict(self._cells)

    def put(self, typed: Mapping[tuple[int, int], str]) -> None:
        """Write several cells by row and column at once."""
        for (row, column), text in typed.items():
            self._keep(row, column, text)
        last = self.index(len(self.targets) - 1, len(self.months) - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def problems(self) -> tuple[str, ...]:
        """A sentence for every cell that holds no number, by target and month."""
        return self.problems_of(self._cells)

    def problems_of(self, cells: Cells) -> tuple[str, ...]:
        """The same of what stood in the cells at another moment."""
        return tuple(
            wrong_cell(title, month, cells[uid, month])
            for uid, title in self.targets
            for month in self.months
            if unreadable(cells.get((uid, month)))
        )

    def rowCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self.targets)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: D102
        return 0 if parent.isValid() else len(self.months)

    def flags(self, index: Index) -> Qt.ItemFlag:  # noqa: D102
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def headerData(  # noqa: D102
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if across else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._month_title(section) if across else self.targets[section][1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: D102
        if not index.isValid():
            return None
        uid, title = self.targets[index.row()]
        month = self.months[index.column()]
        text = self._cells.get((uid, month), "")
        wrong = unreadable(text)
        drawn: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: f"✕ {text}" if wrong else text,
            Qt.ItemDataRole.EditRole: text,
            Qt.ItemDataRole.TextAlignmentRole: Qt.AlignmentFlag.AlignRight
            | Qt.AlignmentFlag.AlignVCenter,
            Qt.ItemDataRole.ToolTipRole: wrong_cell(title, month, text) if wrong else None,
            Qt.ItemDataRole.ForegroundRole: self._theme.color("bad") if wrong else None,
            Qt.ItemDataRole.AccessibleTextRole: f"{title} {month_words(month)} {text or '未填'}",
        }
        return drawn.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: D102
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._keep(index.row(), index.column(), str(value))
        self.dataChanged.emit(index, index)
        return True

    def _keep(self, row: int, column: int, typed: str) -> None:
        key = self.targets[row][0], self.months[column]
        text = plain_text(typed)
        if text:
            self._cells[key] = text
        else:
            self._cells.pop(key, None)

    def _month_title(self, section: int) -> str:
        year, month = self.months[section].split("-")
        first = section == 0 or month == "01"
        return f"{year}年{int(month)}月" if first else f"{int(month)}月"


class CellTyping(QStyledItemDelegate):
    """Tells while a cell is typed into, long before it is closed."""

    typed = Signal()

    def createEditor(self, parent: QWidget, option: Any, index: Any) -> QWidget:  # noqa: D102
        made = super().createEditor(parent, option, index)
        if isinstance(made, QLineEdit):
            made.textEdited.connect(self.typed)
        return made


class ValuesGrid(QTableView):
    """``changed`` comes with every cell; ``pasted`` with how many, what was before, and a remark.

    Enter goes down, Tab to the right, Del empties, Ctrl+C and Ctrl+V take blocks of a sheet.
    """

    changed = Signal()
    pasted = Signal(int, object, str)

    def __init__(self, theme: Theme, name: str = "project.values") -> None:
        super().__init__()
        self._theme = theme
        self.values = ValuesModel(theme)
        self.setModel(self.values)
        self.setObjectName(name)
        self.setAccessibleName("指标月度值")
        self.setShowGrid(False)
        self.setProperty("look", "cells")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.values.dataChanged.connect(self.changed)
        typing = CellTyping(self)
        typing.typed.connect(self.changed)
        self.setItemDelegate(typing)
        theme.changed.connect(self._dress)

    def cells(self) -> Cells:
        """The text of each cell, that of an open one as it is typed."""
        cells = dict(self.values.cells())
        typed, here = self.viewport().findChild(QLineEdit), self.currentIndex()
        if typed is not None and here.isValid():
            key = self.values.targets[here.row()][0], self.values.months[here.column()]
            cells[key] = plain_text(typed.text())
        return {key: text for key, text in cells.items() if text}

    def show_values(
        self, targets: Sequence[tuple[str, str]], months: Sequence[str], cells: Cells
    ) -> None:
        """Show these targets (id, title) and months."""
        place = self.currentIndex()
        row, column = place.row(), place.column()
        self.values.show(targets, months, cells)
        if 0 <= row < len(targets) and 0 <= column < len(months):
            self.setCurrentIndex(self.values.index(row, column))
        self._dress()

    def paste(self, text: str) -> None:
        """Put a block there from the current cell on; what has no place is told and left out."""
        start = self.currentIndex()
        row, column = max(start.row(), 0), max(start.column(), 0)
        block = block_of(text)
        rows, columns = len(self.values.targets) - row, len(self.values.months) - column
        if len(block) > rows and all(len(line) == 1 for line in block):
            block = turned(block)
        typed = {
            (row + down, column + right): cell
            for down, line in enumerate(block[:rows])
            for right, cell in enumerate(line[:columns])
        }
        if not typed:
            return
        left_out = sum(bool(cell) for line in block for cell in line) - sum(
            bool(cell) for cell in typed.values()
        )
        before = self.values.cells()
        self.values.put(typed)
        remark = f"有 {left_out} 个数值超出表格的行或月份，没有粘贴" if left_out else ""
        self.pasted.emit(sum(bool(cell) for cell in typed.values()), before, remark)

    def restore(self, cells: Cells) -> None:
        """Put back what stood there before."""
        self.values.show(self.values.targets, self.values.months, cells)
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if self.state() is QAbstractItemView.State.EditingState:
            # Enter in a cell comes here too; the cell itself ends the editing and goes on.
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste(QGuiApplication.clipboard().text())
        elif event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._copied())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.values.put({(i.row(), i.column()): "" for i in self.selectedIndexes()})
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_down()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: D102
        self.setTabKeyNavigation(not self._at_end(forward))
        moved = super().focusNextPrevChild(forward)
        self.setTabKeyNavigation(True)
        return moved

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: D102
        ways = {
            QAbstractItemDelegate.EndEditHint.EditNextItem: True,
            QAbstractItemDelegate.EndEditHint.EditPreviousItem: False,
        }
        if hint in ways and self._at_end(ways[hint]):
            super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            self.focusNextPrevChild(ways[hint])
            return
        super().closeEditor(editor, hint)
        if hint is QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._go_down()

    def _at_end(self, forward: bool) -> bool:
        """Whether Tab leaves the grid: from its last cell on, from its first one back."""
        here = self.currentIndex()
        last = len(self.values.targets) - 1, len(self.values.months) - 1
        return not here.isValid() or (here.row(), here.column()) == (last if forward else (0, 0))

    def _go_down(self) -> None:
        here = self.currentIndex()
        below = self.values.index(here.row() + 1, here.column())
        if below.isValid():
            self.setCurrentIndex(below)

    def _copied(self) -> str:
        chosen = self.selectedIndexes()
        rows = sorted({index.row() for index in chosen})
        columns = sorted({index.column() for index in chosen})
        text = Qt.ItemDataRole.EditRole
        return "\n".join(
            "\t".join(str(self.values.index(r, c).data(text)) for c in columns) for r in rows
        )

    @Slot()
    def _dress(self) -> None:
        row = self._theme.row_height
        self.verticalHeader().setDefaultSectionSize(row)
        self.horizontalHeader().setDefaultSectionSize(self._theme.px(76))
        self.resizeColumnsToContents()
        for column in range(len(self.values.months)):
            self.setColumnWidth(column, max(self.columnWidth(column), self._theme.px(76)))
        head = max(self.horizontalHeader().sizeHint().height(), row)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(head + row * max(len(self.values.targets), 1) + bar + 6)
