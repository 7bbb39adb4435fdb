"""谈心谈话: the talks of the branch, between whom each was, and who still lacks one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.services.talks.talks import TalkRow
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button
from dangjian_desktop.ui.records.acts import Act
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Extras
from dangjian_desktop.ui.records.tables import Column
from dangjian_desktop.ui.shared_page import Rows, shared_page
from dangjian_desktop.ui.talks.coverage_view import CoverageView
from dangjian_desktop.ui.talks.paper_view import TalkPaperView

COVERAGE = "coverage"
_BETWEEN: Column[TalkRow] = Column(
    code="between", title="谈话类型", text=lambda row: row.between, width=130
)


def talks_page(desk: Desk, shell: Shell) -> RecordPage:
    """The list with its card, the editor, the coverage of a year and the paper of a talk."""
    return Talks(desk, shell).page


def begun_with(which: str) -> State:
    """What a new talk begins with: OCCASION/NAME/ID, as far as they are told."""
    occasion, name, uid, *_ = (*which.split("/"), "", "")
    state: State = {"occasion": occasion} if occasion else {}
    if uid:  # of those who bear one name it is this one
        state["known"] = {name: uid}
    return state | ({"partners": [name]} if name else {})


class Talks(QObject):
    """What the page of talks does; it lives as long as its ``page``."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        theme = shell.theme
        self.covered = button(
            *("谈话情况", theme),
            icon="users",
            name="talks.coverage",
            tip="谁与谁谈过，还有谁没有谈",
        )
        self.blank = button("空白记录表", theme, icon="printer", name="talks.blank")
        self.page = shared_page(
            HEART_TALK,
            desk,
            shell,
            extras=Extras(head=(self.blank, self.covered), doors={COVERAGE: self.show_year}),
            acts=(Act(code="paper", title="记录表", do=self._print, icon="printer"),),
            begin=begun_with,
            listed=Rows(desk.talks.rows, lambda row: row.talk, {"partners": (_BETWEEN,)}),
        )
        self.setParent(self.page)
        self.covered.clicked.connect(self._cover)
        self.blank.clicked.connect(self._show_blank)

    @cached_property
    def coverage(self) -> CoverageView:
        """Who has talked with whom; made when it is first wanted."""
        made = CoverageView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        made.asked.connect(self._talk_with)
        return made

    @cached_property
    def paper(self) -> TalkPaperView:
        """The form of one talk; made when it is first wanted."""
        made = TalkPaperView(self._desk, self._shell)
        made.left.connect(self.page.to_list)
        return made

    def show_year(self, year: str = "") -> None:
        """Who has talked with whom in a year, the present one unless told."""
        self.coverage.start(int(year) if year.isdigit() else 0)
        self.page.views.show_view(self.coverage)

    @Slot()
    def _cover(self) -> None:
        self.show_year(str(self.page.list.listing.shown.year or ""))

    @Slot(str)
    def _talk_with(self, who: str) -> None:
        self.page.start_new(f"yearly/{who}")

    @Slot()
    def _show_blank(self) -> None:
        self._show_paper("")

    def _print(self, ids: Sequence[str]) -> None:
        self._show_paper(ids[0])

    def _show_paper(self, uid: str) -> None:
        self.paper.show_talk(uid)
        self.page.views.show_view(self.paper)
