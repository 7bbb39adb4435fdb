"""业务重点: the priorities that the branch names, the fusion page of each, the table of all."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.fusion.record import PRIORITY
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.fusion.overview_view import TITLE, OverviewView
from dangjian_desktop.ui.fusion.priority_card import PriorityCard
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.shared_page import shared_page


def priorities_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with the fusion page of each, the editor, and the table of all."""
    return Priorities(desk, shell).page


class Priorities(QObject):
    """What the page of priorities does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.all = button(
            *(TITLE, shell.theme),
            icon="file-text",
            name="priorities.overview",
            tip="全部业务重点的党建与业务融合一览表",
        )
        self.page = shared_page(
            PRIORITY,
            desk,
            shell,
            extras=Extras(head=(self.all,)),
            begin=self._begun,
            card=PriorityCard(desk, shell).as_detail(),
            order="number",
        )
        self.setParent(self.page)
        self.all.clicked.connect(self._show_all)

    @cached_property
    def overview(self) -> OverviewView:
        """The table of all; made when it is first wanted."""
        made = OverviewView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    @Slot()
    def _show_all(self) -> None:
        self.overview.draw()
        self.page.views.show_view(self.overview)

    def _begun(self, _which: str) -> State:
        """A new one holds from the present year on."""
        return {"since": str(self._desk.today().year)}
