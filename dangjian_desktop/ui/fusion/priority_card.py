"""The fusion page of a priority as it will print, and what it lacks with the way to mend it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.page import FusionPage, Gap
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fields.period import PeriodChooser
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import button, column_of, empty, label, row_of, space
from dangjian_desktop.ui.paper.paper_pane import Paper, PaperPane
from dangjian_desktop.ui.records.subject import Detail, Heading

WHOLE = "各栏均已填写"
SHOWN = 3
"""So many sentences have room under the page without pushing it out of sight."""


class PriorityCard(QWidget):
    """One priority in the period that is chosen."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self._uid, self._told = "", tuple[Gap, ...]()
        self.period = PeriodChooser(shell.theme, desk.today)
        self.period.show_period(Period(desk.today().year, 1, 12))
        self.gaps = QWidget()
        self._lines = QVBoxLayout(self.gaps)
        space(self._lines, margins=(0, 0, 8, 0), gap=4)
        self._area = scrolling(self.gaps)
        self.pane = PaperPane(shell, name="fusion")
        column_of(self.period, (self.pane, 1), self._area, on=self, gap=8)
        self.period.changed.connect(self._choose)

    def as_detail(self) -> Detail:
        """What the page has to know of it."""
        hint = "选择一个业务重点，这里显示它的融合页。"
        return Detail(body=self, load=self._load, show=self._show, hint=hint)

    def _load(self, uid: str) -> FusionPage | None:
        return self._desk.fusion.page(uid, self.period.period)

    def _show(self, found: FusionPage) -> Heading:
        self._uid = found.priority.id
        if found.gaps != self._told:  # else who stands on a button stays there
            empty(self._lines)
            for number, gap in enumerate(found.gaps):
                self._lines.addWidget(self._line(number, gap))
            self._told = found.gaps
        self._area.setVisible(bool(found.gaps))
        rows = min(len(found.gaps), SHOWN)
        self._area.setFixedHeight(rows * self._shell.theme.px(38) + 4)
        wanted = Wanted(period=found.period)
        title = f"{found.period.label}融合页"
        self.pane.show_paper(Paper.of(self._desk.printing, title, "fusion_page", self._uid, wanted))
        lacking = f"缺{len(found.gaps)}处" if found.gaps else WHOLE
        return Heading(
            found.priority.name, found.priority.wanted, lacking, "warn" if found.gaps else "good"
        )

    def _line(self, number: int, gap: Gap) -> QWidget:
        """A sentence and the one button that mends it."""
        act = button(gap.act, self._shell.theme, name=f"gap.{number}")
        act.setAccessibleName(f"{gap.act}：{gap.words}")
        act.clicked.connect(partial(self._mend, gap))
        line = QWidget()
        row_of((label(gap.words, wrap=True), 1), act, on=line)
        return line

    def _mend(self, gap: Gap, *_checked: bool) -> None:
        self._shell.open(gap.place, gap.uid)

    @Slot(Period)
    def _choose(self, _period: Period) -> None:
        if self._uid:
            uid = self._uid
            self._shell.jobs.library(partial(self._load, uid), partial(self._chosen, uid))

    def _chosen(self, uid: str, found: FusionPage | None) -> None:
        if found is not None and uid == self._uid:
            self._show(found)
