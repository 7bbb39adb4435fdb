"""The papers of a ledger for a period: every print that its declaration names."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import Ledger
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import LEDGER, Wanted, papers_of_ledger
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import head_of
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane

Then = Callable[[], None]


class PeriodPapers(Page):
    """One print of a year, a quarter or a month over the whole width."""

    left = Signal()

    def __init__(self, desk: Desk, shell: Shell, ledger: Ledger) -> None:
        super().__init__()
        self._desk = desk
        theme = shell.theme
        back = button("返回列表", theme, icon="arrow-left", look="quiet", name="papers.back")
        back.clicked.connect(self.left)
        self._papers = {p.code: p for p in papers_of_ledger(ledger) if p.of == LEDGER}
        self.chips = ChipRow(theme, [(p.code, p.title) for p in self._papers.values()])
        self.chips.chosen.connect(self._draw)
        self.period = guarded(QComboBox(), "papers.period", "哪个时期")
        self.period.activated.connect(self._draw)
        self.pane = PaperPane(shell, name="ledger")
        bar = head_of(
            back,
            ledger.title,
            (self.chips, 1, Qt.AlignmentFlag.AlignVCenter),
            self.period,
        )
        column_of(bar, (self.pane, 1), on=self, gap=10)

    def show_year(self, year: int) -> None:
        """Offer the periods of a year, and draw the whole year."""
        self.period.clear()
        for length in (12, 6, 3, 1):
            for start in range(1, 13, length):
                period = Period(year, start, length)
                self.period.addItem(period.label, str(period))
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if not self.chips.code():
            self.pane.preview.show_hint(
                "这本台账只有单条记录的打印样式，请在列表中选择一条记录后打印。"
            )
            return
        paper = self._papers[self.chips.code()]
        wanted = Wanted(period=paper.fitting(Period.parse(self.period.currentData())))
        shown = Paper.of(self._desk.printing, paper.title, paper.code, wanted=wanted)
        self.pane.show_paper(shown)
