"""工作计划: the lines of the plan, and the papers that are printed of them."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.plans.papers_view import PlanPapersView
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.shared_page import shared_page


def plans_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, and the papers of a year or month."""
    return Plans(desk, shell).page


class Plans(QObject):
    """What the page of the plan does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.print = button(
            *("计划表与计划书", shell.theme),
            icon="printer",
            name="plans.papers",
            tip="年度和月度的计划表、对照表，基层党建工作计划书",
        )
        self.page = shared_page(
            PLAN,
            desk,
            shell,
            extras=Extras(head=(self.print,)),
            begin=self._begun,
            order="when",
        )
        self.setParent(self.page)
        self.print.clicked.connect(self._show)

    @cached_property
    def papers(self) -> PlanPapersView:
        """The papers; made when they are first wanted."""
        made = PlanPapersView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    @Slot()
    def _show(self) -> None:
        self.papers.start(self.page.list.listing.shown.year or 0)
        self.page.views.show_view(self.papers)

    def _begun(self, _which: str) -> State:
        """A new line is of the present month."""
        return {"when": f"{self._desk.today():%Y-%m}"}
