"""党小组月度工作表: a group and a month, and the page that says all of it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.members.roll import Rolls
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

CODE, TITLE = "group_month", "党小组月度工作表"


class GroupMonthView(Page):
    """One page for each group and month; ``left`` goes back to the list."""

    left = Signal(str)
    topics = frozenset({Topic.LEDGERS, Topic.MEMBERS, Topic.MEETINGS, Topic.RECORDS})

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._year = 0
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="groups.back")
        back.clicked.connect(lambda: self.left.emit(""))
        self.group = guarded(QComboBox(), "groups.group", "哪个党小组")
        self.month = guarded(QComboBox(), "groups.month", "哪个月")
        for box in (self.group, self.month):
            # They are empty when they are first shown.
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.group.activated.connect(self._draw)
        self.month.activated.connect(self._draw)
        self.pane = PaperPane(shell, name="group_month")
        bar = head_of(back, TITLE, ..., self.group, self.month)
        column_of(bar, (self.pane, 1), on=self, gap=10)

    def show_year(self, year: int) -> None:
        """Offer the months of the year that have begun, the newest chosen."""
        self._year = year
        self._shell.jobs.library(self._desk.meetings.members, partial(self._offer, year))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Draw again."""
        if topics & self.topics and self._year:
            self._draw()

    def _offer(self, year: int, members: Rolls) -> None:
        today = self._desk.today()
        months = [Period(year, n, 1) for n in range(1, 13)]
        begun = [month for month in months if month.first <= today] or months[:1]
        kept = self.month.currentData(), self.group.currentData()
        self.month.clear()
        for month in begun:
            self.month.addItem(month.label, str(month))
        place = self.month.findData(kept[0])
        self.month.setCurrentIndex(place if place >= 0 else len(begun) - 1)
        self.group.clear()
        for group in members.on(min(today, begun[-1].last)).groups:
            self.group.addItem(group, group)
        self.group.setCurrentIndex(max(self.group.findData(kept[1]), 0))
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if not self.group.count():
            self.pane.preview.show_hint("名册上没有党小组，请先在党员名册中登记党小组。")
            return
        month = Period.parse(self.month.currentData())
        wanted = Wanted(period=month, group=self.group.currentData())
        self.pane.show_paper(Paper.of(self._desk.printing, TITLE, CODE, wanted=wanted))
