"""设置: the branch, its files, how the window looks, kinds of meeting, rules, the program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk.page import Page
from dangjian_desktop.ui.desk.parts import Parts
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.stage import Stage, scrolling
from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.look.widgets import column_of, label, row_of
from dangjian_desktop.ui.settings.about import AboutCard
from dangjian_desktop.ui.settings.branch import BranchCard
from dangjian_desktop.ui.settings.card import SettingsCard
from dangjian_desktop.ui.settings.composition import CompositionCard
from dangjian_desktop.ui.settings.copies import CopiesCard
from dangjian_desktop.ui.settings.drafts import DraftsCard
from dangjian_desktop.ui.settings.kinds import KindsCard
from dangjian_desktop.ui.settings.look import LookCard
from dangjian_desktop.ui.settings.look_page import LookPage
from dangjian_desktop.ui.settings.looks import LooksCard
from dangjian_desktop.ui.settings.password import PasswordCard, PasswordView
from dangjian_desktop.ui.settings.purging import PurgesView, PurgeView
from dangjian_desktop.ui.settings.recycle_bin import BinCard, BinPage
from dangjian_desktop.ui.settings.rules import RulesCard
from dangjian_desktop.ui.settings.updating import UpdateCard
from dangjian_desktop.ui.versions import VersionsView

C = TypeVar("C", bound=SettingsCard)
V = TypeVar("V", bound=QWidget)
WIDEST = 960
ABOVE = 8
_CARDS: Mapping[str, type[SettingsCard]] = {
    "drafts": DraftsCard,
    "branch": BranchCard,
    "composition": CompositionCard,
    "copies": CopiesCard,
    "password": PasswordCard,
    "look": LookCard,
    "looks": LooksCard,
    "kinds": KindsCard,
    "rules": RulesCard,
    "recycled": BinCard,
    "updating": UpdateCard,
    "about": AboutCard,
}
"""The cards in their order; the window answers between the makings of two of them."""


def _card(make: Callable[[Desk, Shell], C]) -> Callable[[SettingsPage], C]:
    return lambda page: page.put(make(page.desk, page.shell))


def _bin(page: SettingsPage) -> BinPage:
    made = page.over(BinPage(page.desk, page.shell))
    made.left.connect(lambda: page.show_cards(page.recycled.open))
    made.versions_asked.connect(page.show_versions)
    made.purge_asked.connect(partial(_ask_purge, page))
    made.log_asked.connect(partial(_show_purges, page))
    return made


def _ask_purge(page: SettingsPage, uids: list[str]) -> None:
    page.turn_to(page.purging)
    page.purging.open(uids)


def _show_purges(page: SettingsPage) -> None:
    page.turn_to(page.purges)
    page.purges.refresh(frozenset(Topic))
    page.purges.focus_first()


def _purging(page: SettingsPage) -> PurgeView:
    made = page.over(PurgeView(page.desk, page.shell))
    made.left.connect(page.open_bin)
    return made


def _purges(page: SettingsPage) -> PurgesView:
    made = page.over(PurgesView(page.desk, page.shell))
    made.left.connect(page.open_bin)
    return made


def _versions(page: SettingsPage) -> VersionsView:
    made = page.over(VersionsView(page.desk, page.shell))
    made.left.connect(page.open_bin)
    return made


def _look_page(page: SettingsPage) -> LookPage:
    made = page.over(LookPage(page.desk, page.shell))
    made.left.connect(lambda: page.show_cards(page.looks.open))
    return made


def _password_view(page: SettingsPage) -> PasswordView:
    made = page.over(PasswordView(page.desk, page.shell))
    made.left.connect(lambda: page.show_cards(page.password))
    return made


class SettingsPage(Page):
    """Cards under each other; the chips above go to one and follow the scrolling."""

    drafts = cached_property(_card(DraftsCard))
    branch = cached_property(_card(BranchCard))
    composition = cached_property(_card(CompositionCard))
    copies = cached_property(_card(CopiesCard))
    password = cached_property(_card(PasswordCard))
    look = cached_property(_card(lambda _desk, shell: LookCard(shell)))
    looks = cached_property(_card(LooksCard))
    kinds = cached_property(_card(KindsCard))
    rules = cached_property(_card(RulesCard))
    recycled = cached_property(_card(BinCard))
    updating = cached_property(_card(UpdateCard))
    about = cached_property(_card(lambda _desk, shell: AboutCard(shell)))
    bin = cached_property(_bin)
    purging = cached_property(_purging)
    purges = cached_property(_purges)
    versions = cached_property(_versions)
    look_page = cached_property(_look_page)
    password_view = cached_property(_password_view)

    def __init__(self, desk: Desk, shell: Shell) -> None:
        super().__init__()
        self.desk, self.shell, self._theme = desk, shell, shell.theme
        self._made: list[SettingsCard] = []
        self._loaded = False
        self.chips = ChipRow(shell.theme)
        self._column, self._inside = QWidget(), QWidget()
        self.area = scrolling(self._inside)
        self._compose()
        # What is seen at once: without the first card nothing could take the focus.
        self.parts = Parts(self, tuple(_CARDS))
        self.parts.make("drafts", "branch")
        self._offer()
        self.chips.chosen.connect(self._go)
        self._sought, self._going = "", False
        # Its cards read what they show, and those above push the one that was gone to down.
        self._staying = once(self, 0, self._stay)
        self.area.verticalScrollBar().valueChanged.connect(self._follow)
        self.area.verticalScrollBar().rangeChanged.connect(self._on_grown)
        shell.theme.fit(self._column, QWidget.setMaximumWidth, WIDEST)

    def put(self, card: C) -> C:
        """Put a card that was made into its place."""
        kinds = list(_CARDS.values())
        above = kinds[: kinds.index(type(card))]
        place = sum(type(each) in above for each in self._made)
        self._made.insert(place, card)
        self._under.insertWidget(place, card)
        if self.isVisible():
            card.show()
        match card:
            case DraftsCard():
                card.turned.connect(self._offer)
            case LooksCard():
                card.opened.connect(self.open_look)
            case BinCard():
                card.opened.connect(self.open_bin)
            case PasswordCard():
                card.opened.connect(self.open_password)
        if self._loaded:
            card.load()
        return card

    def over(self, view: V) -> V:
        """Hold a view that takes the place of the cards."""
        self._stack.addWidget(view)
        return view

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Let the cards read again that show what has changed, and what is open over them."""
        shown: Any = self._stack.currentWidget()
        if shown is not self._home:
            shown.refresh(topics)
        self._loaded = True
        for card in self._made:
            if card.topics & topics:
                card.load()

    def focus_record(self, uid: str) -> None:
        """``bin`` is 回收站; else the card of that name, ``rules/ID`` with that rule chosen.

        ``drafts`` are those that cannot be read.
        """
        if uid == "bin":
            self.open_bin()
            return
        self._stack.setCurrentWidget(self._home)
        name, _, part = uid.partition("/")
        card = getattr(self, name if name in _CARDS else "drafts")
        card.seek(part)
        # What has the focus is kept in view: it must not be what stood there before.
        next(iter(in_order(card)), card).setFocus()
        self._go(card.title)

    def leave(self, go: Callable[[], object]) -> None:
        """Also the number that was typed into a look a moment ago is kept."""
        typed = "look_page" in vars(self)
        super().leave(partial(self.look_page.settle, go) if typed else go)

    def back(self) -> bool:
        """From what is over the bin to the bin, from the bin to the settings."""
        shown = self._stack.currentWidget()
        match shown:
            case VersionsView():
                self.open_bin()
            case PurgeView() | PurgesView():
                shown.back.click()
            case BinPage():
                self.show_cards(self.recycled.open)
            case PasswordView():
                shown.steps.back.click()
            case LookPage():
                shown.leaving.click()
        return shown is not self._home

    @Slot()
    def open_bin(self) -> None:
        """Show 回收站."""
        self._stack.setCurrentWidget(self.bin)
        self.bin.refresh(frozenset(Topic))
        self.bin.focus_first()

    def show_cards(self, card: QWidget) -> None:
        """Back to the cards, and there to this one, or to what stands in one."""
        self._stack.setCurrentWidget(self._home)
        next(iter(in_order(card)), card).setFocus()

    @Slot(str)
    def open_look(self, code: str) -> None:
        """Show the page of a look."""
        self._stack.setCurrentWidget(self.look_page)
        self.look_page.open(code)
        self.look_page.focus_first()

    @Slot(str)
    def open_password(self, way: str) -> None:
        """Show the steps of a password."""
        self._stack.setCurrentWidget(self.password_view)
        self.password_view.open(way)

    @Slot(str)
    def show_versions(self, uid: str) -> None:
        """Show what the record was before."""
        self._stack.setCurrentWidget(self.versions.of(uid))
        self.versions.focus_first()

    def turn_to(self, view: QWidget) -> None:
        """Show this view over the cards."""
        self._stack.setCurrentWidget(view)

    def _shown(self) -> list[SettingsCard]:
        return [card for card in self._made if not card.isHidden()]

    @Slot()
    def _offer(self) -> None:
        gone = {type(card) for card in self._made if card.isHidden()}
        titles = [kind.title for kind in _CARDS.values() if kind not in gone]
        self.chips.set_choices([(title, title) for title in titles])

    def _compose(self) -> None:
        self._under = column_of(..., on=self._column, gap=12, margins=(0, 0, 8, 0))
        # Side by side with a gap, the column is measured at the width that it really gets.
        around = row_of((self._column, 1000), on=self._inside, gap=0)
        around.addStretch(1)
        self._home = QWidget()
        self._home.setProperty("look", "clear")
        self._stack = Stage(self)
        self._stack.addWidget(self._home)
        column_of(label("设置", "title"), self.chips, (self.area, 1), on=self._home, gap=10)

    @Slot(str)
    def _go(self, title: str) -> None:
        if self.parts.waiting:
            self.parts.finish()
            # What was only made now has its place after the next layout.
            QTimer.singleShot(0, self, partial(self._go, title))
            return
        card = next(each for each in self._made if each.title == title)
        self._sought, self._going = title, True
        self.area.verticalScrollBar().setValue(max(card.y() - ABOVE, 0))
        self._going = False
        self.chips.set_codes([title])

    @Slot()
    def _on_grown(self) -> None:
        self._staying.start()

    def _stay(self) -> None:
        if self._sought:
            self._go(self._sought)

    @Slot(int)
    def _follow(self, value: int) -> None:
        if not self._going:
            self._sought = ""  # somebody scrolls
        shown = self._shown()
        above = [card for card in shown if card.y() <= value + ABOVE] or shown[:1]
        self.chips.set_codes([above[-1].title])
