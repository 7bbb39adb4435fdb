"""Cells in whose texts the words are marked that were looked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QTableView

from dangjian_desktop.ui.look.plain_cells import PlainCells, PlainModel
from dangjian_desktop.ui.look.theme import Theme

_LEAD, _LINE = 4, 2
"""Characters left before a word that would find no room; pixels of the line under it."""


class MarkedCells(PlainCells):
    """Marks ``words`` by a ground and a line under them, in some columns of a table; what stands
    before a word gives way where there is no room for both."""

    def __init__(
        self, view: QTableView, model: PlainModel, theme: Theme, columns: Collection[int]
    ) -> None:
        super().__init__(view, model, theme)
        self._columns = columns
        self._marking = False
        self._pattern: re.Pattern[str] | None = None

    def set_words(self, words: Sequence[str]) -> None:
        """Mark these from now on, in either case; none, nothing."""
        longest = sorted(map(re.escape, words), key=len, reverse=True)
        self._pattern = re.compile("|".join(longest), re.IGNORECASE) if longest else None

    def marked(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in a text."""
        return [found.span() for found in self._pattern.finditer(text)] if self._pattern else []

    def paint(  # noqa: D102
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        self._marking = index.column() in self._columns
        super().paint(painter, option, index)

    def write(self, painter: QPainter, room: QRect, side: int, text: str) -> None:  # noqa: D102
        if self._marking and (spans := self.marked(text)):
            long = painter.fontMetrics().horizontalAdvance
            start, end = spans[0]
            if start > _LEAD and long(text[:end]) > room.width() - long("…"):
                text = f"…{text[start - _LEAD :]}"
            # What is cut off is not marked, nor the sign that stands for it.
            seen = room.width() - (long("…") if long(text) > room.width() else 0)
            height = painter.fontMetrics().height()
            top = room.center().y() - height // 2
            for start, end in self.marked(text):
                left = long(text[:start])
                wide = min(long(text[:end]), seen) - left
                if wide > 0:
                    ground = QRect(room.left() + left, top, wide, height)
                    painter.fillRect(ground, self._ground)
                    painter.fillRect(ground.adjusted(0, height, 0, _LINE), self._under)
        super().write(painter, room, side, text)

    @Slot()
    def _dress(self) -> None:
        super()._dress()
        self._ground, self._under = self._theme.color("warn_ground"), self._theme.color("warn")
