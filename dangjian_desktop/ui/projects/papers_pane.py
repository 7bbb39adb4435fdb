"""文件: every paper about the project, shown as it prints, with Word, PDF and print."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.inputs import guarded
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import column_of, label, row_of
from dangjian_desktop.ui.paper.paper_pane import PaperPane
from dangjian_desktop.ui.projects.entry import months_to_write
from dangjian_desktop.ui.projects.listing import ProjectSheet
from dangjian_desktop.ui.projects.printing import paper_of

Settle = Callable[[Callable[[], None]], None]


class PapersPane(QWidget):
    """Draws a paper only while it can be seen."""

    shown = Signal()

    def __init__(self, desk: Desk, shell: Shell, settle: Settle) -> None:
        super().__init__()
        self._desk = desk
        self._detail: ProjectSheet | None = None
        self.setProperty("look", "clear")
        self.forms = ChipRow(
            shell.theme, [(p.code, p.title) for p in desk.printing.papers("project")]
        )
        self.forms.chosen.connect(self.draw)
        self.period = guarded(QComboBox(), "papers.period", "报告期")
        self.period.activated.connect(self.draw)
        self._ask = label("报告期", "soft")
        self.pane = PaperPane(shell, name="project", settle=settle)
        line = row_of(self._ask, self.period, ...)
        column_of(self.forms, line, (self.pane, 1), on=self, margins=(0, 4, 0, 0))

    def show_detail(self, detail: ProjectSheet) -> None:
        """The papers of this project."""
        kept = self.period.currentData()
        self._detail = detail
        self.period.clear()
        for period in _periods(detail):
            self.period.addItem(period.label, str(period))
        self.period.setCurrentIndex(max(self.period.findData(kept), 0))
        self._show_period()
        if self.isVisible():
            self.draw()

    @Slot()
    def draw(self) -> None:
        """Draw the chosen paper."""
        self._show_period()
        if self._detail is None:
            return
        chosen = self.period.currentData()
        period = Period.parse(chosen) if chosen else Period.around(self._detail.today, 1)
        self.pane.show_paper(paper_of(self._desk, self._detail.project, self.forms.code(), period))

    def _show_period(self) -> None:
        wanted = bool(self._desk.printing.paper(self.forms.code()).lengths)
        self.period.setVisible(wanted)
        self._ask.setVisible(wanted)


def _periods(detail: ProjectSheet) -> tuple[Period, ...]:
    """Months of the project up to now, and its quarters; this month where it has none."""
    months = [Period.parse(month) for month in months_to_write(detail.project, detail.today)]
    quarters = dict.fromkeys(Period.around(month.first, 3) for month in months)
    return (*(months or [Period.around(detail.today, 1)]), *quarters)
