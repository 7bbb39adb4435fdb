"""融合成效测评: the ratings, the sheet that is handed out, and what was counted on it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.appraisals.record import FUSION_APPRAISAL
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.appraisals.lines import appraisal_lines
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.paper.paper_view import PaperView
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.shared_page import SharedCard, shared_page

SHEET, SHEET_TITLE = "appraisal_sheet", "融合成效测评表"
RESULT, RESULT_TITLE = "appraisal_result", "融合成效测评结果"


def appraisals_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, the blank sheet and the result."""
    return Appraisals(desk, shell).page


class Appraisals(QObject):
    """What the page does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.blank = button("空白测评表", shell.theme, icon="printer", name="appraisals.blank")
        card = SharedCard(desk, FUSION_APPRAISAL, shell.theme, appraisal_lines)
        self.page = shared_page(
            FUSION_APPRAISAL,
            desk,
            shell,
            extras=Extras(head=(self.blank,)),
            acts=self._acts(),
            begin=desk.appraisals.begun,
            card=card.as_detail(),
        )
        self.setParent(self.page)
        self.blank.clicked.connect(self._show_blank)

    @cached_property
    def paper(self) -> PaperView:
        """A paper of one; made when it is first wanted."""
        made = PaperView(self._desk, self._shell, "appraisal")
        made.left.connect(self.page.to_list)
        return made

    def _acts(self) -> tuple[Act, ...]:
        sheet = partial(self._print, SHEET, SHEET_TITLE)
        result = partial(self._print, RESULT, RESULT_TITLE)
        show = (
            Act(code="sheet", title="测评表", do=sheet, icon="printer", tip="发给大家填的空表"),
            Act(code="result", title="测评结果", do=result, icon="printer"),
        )
        if self._desk.read_only:
            return show
        again = Act(
            code="again",
            title="照此新建",
            do=lambda ids: self.page.start_new(ids[0]),
            icon="copy",
            tip="带过测评事项，不带票数和意见",
        )
        return (*show, again)

    @Slot()
    def _show_blank(self) -> None:
        self._print(SHEET, SHEET_TITLE, ("",))

    def _print(self, code: str, title: str, ids: Sequence[str]) -> None:
        self.paper.show_one(code, title, ids[0])
        self.page.views.show_view(self.paper)
