"""One card of the settings: a heading, what it is for, and its contents."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.look.widgets import column_of, label


class SettingsCard(QFrame):
    """``topics`` are the changes after which it reads again."""

    title: str
    topics: frozenset[Topic] = frozenset()

    def __init__(self, purpose: str = "") -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.body = column_of(
            label(self.title, "heading"), on=self, gap=10, margins=(20, 14, 20, 16)
        )
        if purpose:
            self.body.addWidget(label(purpose, "soft", wrap=True))

    def load(self) -> None:
        """Read again what it shows."""

    def seek(self, part: str) -> None:
        """Show this part of it, where it has parts."""

    def add(self, part: QWidget | QLayout) -> None:
        """Put a part under the others."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)
