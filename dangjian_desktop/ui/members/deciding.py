"""Saying of those whose kind is open what they are: of one, of several, of all at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.members.member import Member, MemberKind
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.listing import UNDECIDED
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.widgets import button, label, row_of
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Listing

_KINDS = (
    (MemberKind.FORMAL, "正式党员"),
    (MemberKind.PROBATIONARY, "预备党员"),
    (None, "非党员"),
)


class DecideBar(QWidget):
    """Shown with the part 身份未定 of the list: three buttons, for whoever is chosen there."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._desk, self._shell = desk, shell
        self.everybody = button("选中全部", shell.theme, name="roster.decide.everybody")
        self.words = label("", "warn")
        self.buttons = {
            kind: button(word, shell.theme, name=f"roster.decide.{kind or 'none'}")
            for kind, word in _KINDS
        }
        line = row_of(self.words, on=self, gap=6)
        for kind, made in self.buttons.items():
            made.clicked.connect(partial(self._decide, kind))
            line.addWidget(made)
        line.addWidget(self.everybody)
        line.addStretch()
        self.hide()

    def follow(self, page: RecordPage) -> None:
        """Work on the list of this page."""
        self._page = page
        page.list.listed.connect(self._on_listed)
        self.everybody.clicked.connect(page.table.view.selectAll)
        page.table.chosen.connect(self._tell)
        page.table.picked.connect(self._tell)

    @Slot(object)
    def _on_listed(self, listing: Listing) -> None:
        self.setVisible(listing.shown.part == UNDECIDED and bool(listing.ids))
        self._tell()

    @Slot()
    def _tell(self) -> None:
        many = len(self._page.table.selected())
        self.words.setText(f"所选 {many} 人定为：")
        for made in self.buttons.values():
            made.setEnabled(many > 0)

    def _decide(self, kind: MemberKind | None, _checked: bool = False) -> None:
        work = partial(self._desk.roster.decide, kind, self._page.table.selected())
        self._shell.jobs.library(work, self._decided, title="正在保存")

    def _decided(self, found: tuple[Member, ...]) -> None:
        self._shell.toast(f"已确定 {len(found)} 人的身份")
