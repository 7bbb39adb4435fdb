"""党建与业务融合一览表 over the whole width, of the period that is chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

CODE, TITLE = "fusion_overview", "一览表"


class OverviewView(Page):
    """The table with Word, PDF and print; ``left`` asks to go back to the list."""

    left = Signal()
    topics = frozenset({Topic.RECORDS, Topic.PROJECTS, Topic.MEETINGS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk = desk
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="overview.back")
        back.clicked.connect(self.left)
        self.period = PeriodChooser(theme, desk.today)
        self.period.show_period(Period(desk.today().year, 1, 12))
        self.pane = PaperPane(shell, name="overview")
        column_of(head_of(back, TITLE, ..., self.period), (self.pane, 1), on=self, gap=10)
        self.period.changed.connect(self.draw)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Draw what is stored now."""
        if topics & self.topics:
            self.draw()

    @Slot()
    def draw(self) -> None:
        """Draw the table of the period."""
        wanted = Wanted(period=self.period.period)
        self.pane.show_paper(Paper.of(self._desk.printing, TITLE, CODE, wanted=wanted))
