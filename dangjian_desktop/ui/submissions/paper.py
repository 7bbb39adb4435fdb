"""报出材料清单 as it will print, with Word, PDF and print one click away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

TITLE = "报出材料清单"


class SentPaper(Page):
    """Preview of what went up in a period; ``left`` asks to go back to the list."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell, today: Callable[[], date]) -> None:
        super().__init__()
        self._desk = desk
        theme = shell.theme
        back = button("返回", theme, icon="arrow-left", look="quiet", name="paper.back")
        back.clicked.connect(self._leave)
        self.period = PeriodChooser(theme, today)
        self.pane = PaperPane(shell, name="sent_list")
        column_of(head_of(back, TITLE, ...), self.period, (self.pane, 1), on=self, gap=10)
        self.period.changed.connect(self.load)

    @Slot()
    def load(self) -> None:
        """Show the list of the chosen period."""
        wanted = Wanted(period=self.period.period)
        self.pane.show_paper(Paper.of(self._desk.printing, TITLE, "sent_list", wanted=wanted))

    @Slot()
    def _leave(self) -> None:
        self.left.emit("")
