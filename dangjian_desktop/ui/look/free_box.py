"""A box that offers words and takes any other."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter


class FreeBox(QComboBox):
    """What is typed stays what was typed: words that fit are offered below, never filled in."""

    def __init__(self) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        # A window of nobody's would not have the look of the one that it opens over.
        offered = completer.popup()
        offered.setParent(self, offered.windowFlags())
