"""The papers of the plan over the whole width: of a year or one of its months, past or to come."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

TITLE = "计划表与计划书"
_BOOK = "plan_book"
_KINDS = (("plan_table", "计划表"), ("plan_compared", "对照表"), (_BOOK, "计划书"))


class PlanPapersView(Page):
    """Which paper, which year, which month; ``left`` asks to go back to the list."""

    left = Signal()
    topics = frozenset({Topic.RECORDS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="papers.back")
        self.kinds = ChipRow(theme, _KINDS)
        self.year = guarded(QComboBox(), "papers.year", "年份")
        self.month = guarded(QComboBox(), "papers.month", "月份")
        self.month.addItem("全年", 0)
        for number in range(1, 13):
            self.month.addItem(f"{number}月", number)
        self.pane = PaperPane(shell, name="plans")
        bar = head_of(back, TITLE, ..., self.year, self.month)
        column_of(bar, self.kinds, (self.pane, 1), on=self, gap=10)
        back.clicked.connect(self.left)
        self.kinds.chosen.connect(self._draw)
        self.year.activated.connect(self._draw)
        self.month.activated.connect(self._draw)

    def start(self, year: int = 0) -> None:
        """Show this year, else the present one."""
        years = self._desk.shared[PLAN.code].years
        self._shell.jobs.library(years, lambda known: self._offer(year, known))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Draw what is stored now."""
        if topics & self.topics and self.year.count():
            self._draw()

    @property
    def period(self) -> Period:
        """What is chosen; the book is of a whole year."""
        year, month = self.year.currentData(), self.month.currentData()
        whole = not month or self.kinds.code() == _BOOK
        return Period(year, 1, 12) if whole else Period(year, month, 1)

    def _offer(self, year: int, known: tuple[int, ...]) -> None:
        present = self._desk.today().year
        offered = sorted({*known, present, present + 1, *filter(None, (year,))}, reverse=True)
        self.year.clear()
        for each in offered:
            self.year.addItem(f"{each}年", each)
        self.year.setCurrentIndex(self.year.findData(year or present))
        self._draw()

    @Slot()
    def _draw(self) -> None:
        code = self.kinds.code()
        self.month.setEnabled(code != _BOOK)
        wanted = Wanted(period=self.period)
        title = dict(_KINDS)[code]
        self.pane.show_paper(Paper.of(self._desk.printing, title, code, wanted=wanted))
