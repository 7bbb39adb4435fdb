"""Labels with their values under each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from dangjian_desktop.ui.look.widgets import label


class Lines(QWidget):
    """Labels with their values under each other; what is unknown is a dash.

    ``own`` are widgets that stand in the place of the value of their label.
    """

    def __init__(self, own: Mapping[str, QWidget] | None = None) -> None:
        super().__init__()
        self.own = dict(own or {})
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}

    def show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these, in this order."""
        for old in self._labels:
            old.hide()
            old.deleteLater()
        while self._grid.takeAt(0) is not None:
            """What only this list has is put into its place again."""
        # What a widget of its own shows may be covered there: its words stand nowhere else.
        told = ((title, "" if title in self.own else value or "—") for title, value in lines)
        self.values = {title: label(words, wrap=True) for title, words in told}
        self._labels = list(self.values.values())
        top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
        for place, (title, value) in enumerate(self.values.items()):
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            own = self.own.get(title)
            heading = label(title, "soft")
            self._labels.append(heading)
            self._grid.addWidget(heading, place, 0, middle if own else top)
            self._grid.addWidget(own or value, place, 1)
        for title, widget in self.own.items():
            if widget.parent() is not None:  # else it would be a window of its own
                widget.setVisible(title in self.values)
