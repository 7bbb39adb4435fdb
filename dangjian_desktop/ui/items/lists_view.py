"""The lists of a period as they will print: 问题清单, 任务清单, 责任清单, 台账 and the others."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.catalogue import ITEMS, PAPERS
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.items.names_panel import NamesPanel
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

TITLE = "打印清单"
_LISTS = tuple((paper.code, paper.title) for paper in PAPERS if paper.of == ITEMS)


class ListsView(Page):
    """One list of one period, with Word, PDF and print; ``left`` asks to go back to the list."""

    left = Signal(str)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk = desk
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="lists.back")
        back.clicked.connect(self._leave)
        self.lists = ChipRow(theme, _LISTS)
        self.period = PeriodChooser(theme, desk.today)
        self.pane = PaperPane(shell, name="item_list")
        self.names = NamesPanel(desk, shell)
        call = button("清单名称…", theme, name="lists.names", then=self.names.ask)
        if desk.read_only:
            call.hide()
        head = head_of(back, TITLE, ..., call)
        column_of(*(head, self.names, self.lists, self.period, (self.pane, 1)), on=self, gap=10)
        self.names.saved.connect(self._load)
        self._code = _LISTS[0][0]
        self.lists.chosen.connect(self.show_list)
        self.period.changed.connect(self._load)

    def start(self, year: int) -> None:
        """The lists of a year, of this one unless told."""
        today = self._desk.today()
        self.period.show_period(Period(min(year or today.year, today.year), 1, 12))
        self.show_list(self._code)

    @Slot(str)
    def show_list(self, code: str) -> None:
        """Show this list."""
        self._code = code
        self.lists.set_codes([code])
        self._load()

    @Slot()
    def _load(self) -> None:
        title, wanted = dict(_LISTS)[self._code], Wanted(period=self.period.period)
        self.pane.show_paper(Paper.of(self._desk.printing, title, self._code, wanted=wanted))

    @Slot()
    def _leave(self) -> None:
        self.left.emit("")
