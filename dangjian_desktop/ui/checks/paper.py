"""The 支部体检表 as it will print, with Word, PDF and print one click away."""

from __future__ import annotations

from PySide6.QtCore import Signal

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

TITLE = "支部体检表"


class CheckPaper(Page):
    """Preview of the verdicts of a period; ``left`` asks to go back to the list."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk = desk
        back = button(
            "返回支部体检", shell.theme, icon="arrow-left", look="quiet", name="paper.back"
        )
        back.clicked.connect(self.left)
        self.pane = PaperPane(shell, name="checks")
        column_of(head_of(back, TITLE, ...), (self.pane, 1), on=self, gap=10)

    def show_period(self, period: Period | None) -> None:
        """Show the verdicts of a period, or of all years."""
        paper = Paper.of(self._desk.printing, TITLE, "check", wanted=Wanted(period=period))
        self.pane.show_paper(paper)
