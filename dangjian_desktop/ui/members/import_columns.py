"""The columns of a roster to import: what each is taken for, and what stands in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from dangjian_desktop.services.members.import_preview import CHOICES, IGNORE, SourceColumn
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.look.theme import Theme


class ColumnTable(QTableWidget):
    """One row for each column of the sheet; ``mapped`` tells that another field was chosen."""

    mapped = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("import.columns")
        self.setAccessibleName("各列对应的内容")
        self._theme = theme
        self._guard = WheelGuard(self)
        self._columns: tuple[SourceColumn, ...] = ()
        self._boxes: dict[str, QComboBox] = {}
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        theme.changed.connect(self._dress)

    def show_columns(self, columns: Sequence[SourceColumn], first_row: int) -> None:
        """Show these columns; ``first_row`` is the number of the first row under the heading."""
        self._columns = tuple(columns)
        self._boxes = {}
        samples = max((len(column.cells) for column in columns), default=0)
        heads = [f"第{first_row + n}行" for n in range(samples)]
        self.clear()
        self.setRowCount(len(columns))
        self.setColumnCount(3 + samples)
        self.setHorizontalHeaderLabels(["列", "表头", "导入为", *heads])
        for place, column in enumerate(columns):
            texts = (column.letter, column.heading or "（空）", "", *column.cells)
            for at, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.setItem(place, at, item)
            self.setCellWidget(place, 2, self._box(column))
        self._dress()

    def mapping(self) -> dict[str, str]:
        """Field by column letter, where the user chose another than the program."""
        found: dict[str, str] = {}
        for column in self._columns:
            chosen = self._boxes[column.letter].currentData()
            if chosen != (column.field or IGNORE):
                found[column.letter] = chosen
        return found

    def box(self, letter: str) -> QComboBox:
        """The choice of a column; raises KeyError."""
        return self._boxes[letter]

    def _box(self, column: SourceColumn) -> QComboBox:
        box = QComboBox()
        for code, title in CHOICES:
            box.addItem(title, code)
        box.setCurrentIndex(max(box.findData(column.field or IGNORE), 0))
        box.setAccessibleName(f"{column.letter}列导入为")
        box.installEventFilter(self._guard)
        box.currentIndexChanged.connect(partial(self._on_chosen, column.letter))
        self._boxes[column.letter] = box
        return box

    def _on_chosen(self, _letter: str, _place: int) -> None:
        self.mapped.emit()

    @Slot()
    def _dress(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.px(38))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place in range(self.columnCount()):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            width = {0: 40, 1: 118, 2: 186}.get(place, 156)
            self.setColumnWidth(place, self._theme.px(width))
