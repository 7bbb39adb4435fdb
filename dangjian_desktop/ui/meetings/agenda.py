"""The agenda: a stack of items."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.stack import Stack
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.meetings.form import new_item
from dangjian_desktop.ui.meetings.item import Heading, ItemCard
from dangjian_desktop.ui.meetings.link import NO_LINKS, LinkChoices, linked_items


class Agenda(QWidget):
    """``dropped`` says what was taken away and brings the way back."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self._theme, self._people, self._today = theme, people, today
        self._links, self._first_topics = NO_LINKS, False
        self.stack = Stack(
            self._card,
            theme,
            name="agenda",
            noun="一项议题",
            add="添加议题　Ctrl+Enter",
            fresh=new_item,
            untyped=("id", "matter"),
            gap=8,
        )
        self.stack.changed.connect(self.changed)
        self.stack.dropped.connect(self.dropped)
        column_of(Heading("议题", "Alt+↑↓ 排序"), self.stack, on=self)

    @property
    def cards(self) -> list[ItemCard]:
        """The items as they stand."""
        return self.stack.rows

    def value(self) -> list[State]:
        """All items in order, those without a word too."""
        return [card.value() for card in self.cards]

    def set_value(self, items: Sequence[State] | None) -> None:
        """Show these items, each with the projects that it is linked to."""
        self.stack.set_value(linked_items(items or (), self._links))

    def offer_projects(self, links: LinkChoices) -> None:
        """Projects that an item can be linked to."""
        self._links = links
        for card in self.cards:
            card.projects.offer(links.projects)

    def offer_first_topic(self, *, offered: bool) -> None:
        """Whether an item can be marked 第一议题."""
        self._first_topics = offered
        for card in self.cards:
            card.offer_first_topic(offered=offered)

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of each item in it, of the agenda as a whole under the items."""
        return self.stack.tell(problems)

    def _card(self) -> ItemCard:
        card = ItemCard(self._theme, self._people, self._today)
        card.projects.offer(self._links.projects)
        card.offer_first_topic(offered=self._first_topics)
        card.dropped.connect(self.dropped)
        return card
