"""One card of the settings: a heading, what it is for, and its contents."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.look.widgets import label, space


class SettingsCard(QFrame):
    """``topics`` are the changes after which it reads again."""

    topics: frozenset[Topic] = frozenset()

    def __init__(self, title: str, purpose: str = "") -> None:
        super().__init__()
        self.title = title
        self.setProperty("look", "card")
        self.body = QVBoxLayout(self)
        space(self.body, margins=(20, 14, 20, 16), gap=10)
        self.body.addWidget(label(title, "heading"))
        if purpose:
            self.body.addWidget(label(purpose, "soft", wrap=True))

    def load(self) -> None:
        """Read again what it shows."""

    def add(self, part: QWidget | QLayout) -> None:
        """Put a part under the others."""
        if isinstance(part, QWidget):
            self.body.addWidget(part)
        else:
            self.body.addLayout(part)
