"""The roster as it will print, with Word, PDF and print one click away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

MASKED, FULL = "masked", "full"
TITLE = "党员名册"


class RosterPaper(Page):
    """Preview of the roster of a day; ``left`` asks to go back to the list."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._day = desk, desk.today()
        self._people: tuple[str, ...] = ()
        theme = shell.theme
        back = button("返回名册", theme, icon="arrow-left", look="quiet", name="paper.back")
        back.clicked.connect(self.left)
        self.chips = ChipRow(theme, ((MASKED, "隐去部分号码"), (FULL, "完整号码")))
        self.chips.chosen.connect(self._draw)
        self.pane = PaperPane(shell, name="roster")
        bar = head_of(back, TITLE, (self.chips, 1, Qt.AlignmentFlag.AlignVCenter))
        column_of(bar, (self.pane, 1), on=self, gap=10)

    def show_day(self, day: date, people: Sequence[str] = ()) -> None:
        """Show the roster of a day, or these people of it."""
        self._day, self._people = day, tuple(people)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        # What is of today tells the moment of its printing.
        day = None if self._day == self._desk.clock().date() else self._day
        masked = self.chips.code() == MASKED
        wanted = Wanted(day=day, masked=masked, people=self._people)
        self.pane.show_paper(Paper.of(self._desk.printing, TITLE, "roster", wanted=wanted))
