"""Cells of a table that are no more than a text, drawn without the style sheet."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from dangjian_desktop.ui.look.theme import Theme

# Put together once: for every cell that is drawn it would take longer than its text.
LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value
RIGHT = (Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter).value
Plain = tuple[str, int, bool]
"""Text of a cell, its side (``LEFT``, ``RIGHT``), and whether it is bold."""
_PADDING, _MARGIN, _MARK = 8, 3, 3
_SELECTED, _RIGHT = QStyle.StateFlag.State_Selected, Qt.TextElideMode.ElideRight
_Index = QModelIndex | QPersistentModelIndex
_SINGLE = Qt.TextFlag.TextSingleLine.value


class PlainModel(Protocol):
    """A model that tells at once what a cell is drawn with."""

    def plain(self, row: int, column: int) -> Plain | None:
        """Nothing for a cell that is more than a text."""


class PlainCells(QStyledItemDelegate):
    """Looks as the style sheet has it, which takes several times as long; icons are left to it."""

    def __init__(self, view: QTableView, model: PlainModel, theme: Theme) -> None:
        super().__init__(view)
        self._plain, self._theme = model.plain, theme
        self._header = view.horizontalHeader()
        view.setItemDelegate(self)
        theme.changed.connect(self._dress)
        self._dress()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:  # noqa: D102
        plain = self._plain(index.row(), index.column())
        if plain is None:
            super().paint(painter, option, index)
            return
        shown: Any = option
        text, side, bold = plain
        rect = shown.rect
        if shown.state & _SELECTED:
            painter.fillRect(rect, self._select)
            if index.column() == self._first():
                painter.fillRect(rect.left(), rect.top(), _MARK, rect.height(), self._mark)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, self._line)
        if text:
            font = shown.font
            if bold:
                font.setBold(True)
            painter.setFont(font)
            painter.setPen(self._text)
            rect.adjust(self._side, 0, -self._side, -1)
            self.write(painter, rect, side, text)

    def write(self, painter: QPainter, room: QRect, side: int, text: str) -> None:
        """Draw a text where it stands, shortened where it finds no room."""
        # No letter is wider than the line is high; measuring takes as long as drawing.
        if len(text) * painter.fontMetrics().height() > room.width():
            text = painter.fontMetrics().elidedText(text, _RIGHT, room.width())
        painter.drawText(room, side | _SINGLE, text)

    def _first(self) -> int:
        """The column at the left: it bears the mark of a chosen row, seen without its ground."""
        return self._header.logicalIndexAt(0)

    @Slot()
    def _dress(self) -> None:
        theme = self._theme
        self._select, self._line = theme.color("select"), theme.color("line")
        self._mark = theme.color("accent")
        self._text, self._side = theme.color("text"), theme.px(_PADDING) + _MARGIN
