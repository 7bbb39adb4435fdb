"""设置: the branch, its files, how the window looks, kinds of meeting, rules, the program."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.widgets import column_of, label, row_of
from dangjian_desktop.ui.settings.about import AboutCard
from dangjian_desktop.ui.settings.branch import BranchCard
from dangjian_desktop.ui.settings.card import SettingsCard
from dangjian_desktop.ui.settings.copies import CopiesCard
from dangjian_desktop.ui.settings.drafts import DraftsCard
from dangjian_desktop.ui.settings.kinds import KindsCard
from dangjian_desktop.ui.settings.look import LookCard
from dangjian_desktop.ui.settings.look_page import LookPage
from dangjian_desktop.ui.settings.looks import LooksCard
from dangjian_desktop.ui.settings.recycle_bin import BinCard, BinPage
from dangjian_desktop.ui.settings.rules import RulesCard
from dangjian_desktop.ui.versions import VersionsView

WIDEST = 960
ABOVE = 8


class SettingsPage(Page):
    """Cards under each other; the chips above go to one and follow the scrolling."""

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self._theme = shell.theme
        self.branch = BranchCard(desk, shell)
        self.copies = CopiesCard(desk, shell)
        self.drafts = DraftsCard(desk, shell)
        self.look = LookCard(shell)
        self.looks = LooksCard(desk, shell)
        self.kinds = KindsCard(desk, shell)
        self.rules = RulesCard(desk, shell)
        self.recycled = BinCard(desk, shell)
        self.about = AboutCard(shell)
        self.cards: tuple[SettingsCard, ...] = (
            self.drafts,
            self.branch,
            self.copies,
            self.look,
            self.looks,
            self.kinds,
            self.rules,
            self.recycled,
            self.about,
        )
        self.chips = ChipRow(shell.theme)
        self.bin = BinPage(desk, shell)
        self.versions = VersionsView(desk, shell)
        self.look_page = LookPage(desk, shell)
        self._offer()
        self.area = QScrollArea()
        self._column = QWidget()
        self._compose()
        self.chips.chosen.connect(self._go)
        self.drafts.turned.connect(self._offer)
        self.recycled.opened.connect(self.open_bin)
        self.bin.left.connect(self.close_bin)
        self.looks.opened.connect(self.open_look)
        self.look_page.left.connect(self.close_look)
        self.bin.versions_asked.connect(self._show_versions)
        self.versions.left.connect(self.open_bin)
        self.area.verticalScrollBar().valueChanged.connect(self._follow)
        shell.theme.changed.connect(self._dress)
        self._dress()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Let the cards read again that show what has changed, and the bin where it is open."""
        if (shown := self._stack.currentWidget()) in (self.bin, self.versions):
            shown.refresh(topics)
        for card in self.cards:
            if card.topics & topics:
                card.load()

    def focus_record(self, uid: str) -> None:
        """``bin`` is 回收站; else the card of that name, ``rules/ID`` with that rule chosen.

        ``drafts`` are those that cannot be read.
        """
        if uid == "bin":
            self.open_bin()
            return
        self._stack.setCurrentIndex(0)
        name, _, part = uid.partition("/")
        card = getattr(self, name, self.cards[0])
        card.seek(part)
        self._go(card.title)

    def leave(self, go: Callable[[], object]) -> None:
        """Also the number that was typed into a look a moment ago is kept."""
        super().leave(partial(self.look_page.settle, go))

    def back(self) -> bool:
        """From versions to the bin, from the bin to the settings."""
        shown = self._stack.currentWidget()
        if shown is self.versions:
            self.open_bin()
        elif shown is self.bin:
            self.close_bin()
        elif shown is self.look_page:
            self.look_page.leaving.click()
        return shown in (self.versions, self.bin, self.look_page)

    @Slot()
    def open_bin(self) -> None:
        """Show 回收站."""
        self._stack.setCurrentWidget(self.bin)
        self.bin.refresh(frozenset(Topic))
        self.bin.focus_first()

    @Slot()
    def close_bin(self) -> None:
        """Back to the cards."""
        self._stack.setCurrentIndex(0)
        self.recycled.open.setFocus()

    @Slot(str)
    def open_look(self, code: str) -> None:
        """Show the page of a look."""
        self._stack.setCurrentWidget(self.look_page)
        self.look_page.open(code)
        self.look_page.focus_first()

    @Slot()
    def close_look(self) -> None:
        """Back to the cards."""
        self._stack.setCurrentIndex(0)
        self.looks.open.setFocus()

    @Slot(str)
    def _show_versions(self, uid: str) -> None:
        self._stack.setCurrentWidget(self.versions.of(uid))
        self.versions.focus_first()

    def _shown(self) -> list[SettingsCard]:
        return [card for card in self.cards if not card.isHidden()]

    @Slot()
    def _offer(self) -> None:
        self.chips.set_choices([(card.title, card.title) for card in self._shown()])

    def _compose(self) -> None:
        column_of(*self.cards, ..., on=self._column, gap=12, margins=(0, 0, 8, 0))
        inside = QWidget()
        inside.setProperty("look", "clear")
        # Side by side with a gap, the column is measured at the width that it really gets.
        around = row_of((self._column, 1000), on=inside, gap=0)
        around.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        home = QWidget()
        home.setProperty("look", "clear")
        self._stack = QStackedLayout(self)
        for each in (home, self.bin, self.versions, self.look_page):
            self._stack.addWidget(each)
        column_of(label("设置", "title"), self.chips, (self.area, 1), on=home, gap=10)

    @Slot(str)
    def _go(self, title: str) -> None:
        card = next(card for card in self.cards if card.title == title)
        self.area.verticalScrollBar().setValue(max(card.y() - ABOVE, 0))
        self.chips.set_codes([title])

    @Slot(int)
    def _follow(self, value: int) -> None:
        shown = self._shown()
        above = [card for card in shown if card.y() <= value + ABOVE] or shown[:1]
        self.chips.set_codes([above[-1].title])

    @Slot()
    def _dress(self) -> None:
        self._column.setMaximumWidth(self._theme.px(WIDEST))
