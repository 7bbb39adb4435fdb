"""谈心谈话记录表 over the whole width: of a talk, or empty to be filled in by hand."""

from __future__ import annotations

from PySide6.QtCore import Signal

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

CODE, TITLE = "talk_record", "谈心谈话记录表"


class TalkPaperView(Page):
    """The form with Word, PDF and print; ``left`` asks to go back to the list."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._uid = desk, ""
        back = button("返回列表", shell.theme, icon="arrow-left", look="quiet", name="talk.back")
        back.clicked.connect(lambda: self.left.emit(self._uid))
        self.pane = PaperPane(shell, name="talk")
        column_of(head_of(back, TITLE, ...), (self.pane, 1), on=self, gap=10)

    def show_talk(self, uid: str) -> None:
        """Draw the form of this talk; an empty one where none is told."""
        self._uid = uid
        title = TITLE if uid else f"{TITLE}（空表）"
        self.pane.show_paper(Paper.of(self._desk.printing, title, CODE, uid))
