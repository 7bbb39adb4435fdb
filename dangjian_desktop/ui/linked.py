"""The records that a field names, with the way to each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.field_texts import GONE, Titles
from dangjian_desktop.domain.references import Link
from dangjian_desktop.services.links import PURGED
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, empty, label, row_of, space
from dangjian_desktop.ui.places import where


class Linked(QWidget):
    """The records that a field names, each by its title; 打开 goes there."""

    def __init__(self, shell: Shell, name: str) -> None:
        super().__init__()
        self._shell, self._name = shell, name
        self._column = QVBoxLayout(self)
        space(self._column, margins=(0, 0, 0, 0), gap=0)

    def show_links(self, links: Sequence[Link], titles: Titles) -> None:
        """Show these; what is gone says so."""
        empty(self._column)
        for link in links:
            told = label(titles.get(link, GONE), wrap=True)
            line = QWidget()
            row = row_of((told, 1), on=line, gap=4)
            if titles.get(link, PURGED) != PURGED:
                act = button("打开", self._shell.theme, look="quiet", name=self._name)
                act.clicked.connect(partial(self._go, link))
                row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
            self._column.addWidget(line)
        if not links:
            self._column.addWidget(label("—"))

    def _go(self, link: Link, *_checked: bool) -> None:
        self._shell.open(*where(link.subject, link.uid))
