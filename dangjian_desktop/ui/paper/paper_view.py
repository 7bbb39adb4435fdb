"""A paper of one record over the width of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane


class PaperView(Page):
    """Shows it with Word, PDF and print; ``left`` asks to go back to the list, with the record."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, name: str) -> None:
        super().__init__()
        self._desk, self._uid = desk, ""
        back = button("返回列表", shell.theme, icon="arrow-left", look="quiet", name=f"{name}.back")
        back.clicked.connect(self._leave)
        self.title = label("", "title")
        self.pane = PaperPane(shell, name=name)
        column_of(row_of(back, self.title, ...), (self.pane, 1), on=self, gap=10)

    def show_one(self, code: str, title: str, uid: str = "") -> None:
        """Draw the paper of this record; an empty one where none is told."""
        self._uid = uid
        called = title if uid else f"{title}（空表）"
        self.title.setText(title)
        self.pane.show_paper(Paper.of(self._desk.printing, called, code, uid))

    @Slot()
    def _leave(self) -> None:
        self.left.emit(self._uid)
