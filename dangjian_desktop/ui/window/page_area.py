"""The middle of the window: a page, or a word about what is under way before there is one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.widgets import label


class PageArea(Stage):
    """The pages that were shown, over one line of words; ``area`` scrolls what finds no room."""

    def __init__(self) -> None:
        holder = QWidget()
        super().__init__(holder)
        # Within what scrolls, so that the ring of the focus has room around a page.
        holder.setContentsMargins(16, 14, 16, 14)
        self.area = scrolling(holder)
        self._words = label("", "soft")
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.addWidget(self._words)

    def say(self, words: str) -> None:
        """Show these words in the place of a page."""
        self._words.setText(words)
        self.setCurrentWidget(self._words)
