"""支部品牌: the brands of the branch, and the form of one, or an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.fusion.record import BRAND
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.paper_view import PaperView
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.shared_page import shared_page

CODE, TITLE = "brand_form", "支部品牌申报书"


def brands_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, and the form of one."""
    return Brands(desk, shell).page


class Brands(QObject):
    """What the page of brands does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.blank = button("空白申报书", shell.theme, icon="printer", name="brands.blank")
        self.page = shared_page(
            BRAND,
            desk,
            shell,
            extras=Extras(head=(self.blank,)),
            acts=(Act(code="paper", title="申报书", do=self._print, icon="printer"),),
            begin=self._begun,
        )
        self.setParent(self.page)
        self.blank.clicked.connect(self._show_blank)

    @cached_property
    def paper(self) -> PaperView:
        """The form of one brand; made when it is first wanted."""
        made = PaperView(self._desk, self._shell, "brand")
        made.left.connect(self.page.to_list)
        return made

    @Slot()
    def _show_blank(self) -> None:
        self._show("")

    def _print(self, ids: Sequence[str]) -> None:
        self._show(ids[0])

    def _show(self, uid: str) -> None:
        self.paper.show_one(CODE, TITLE, uid)
        self.page.views.show_view(self.paper)

    def _begun(self, _which: str) -> State:
        """A new one is begun this year."""
        return {"since": str(self._desk.today().year)}
