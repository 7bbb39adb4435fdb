"""The agenda: cards that are added, moved and removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.meetings.form import new_item
from dangjian_desktop.ui.meetings.item import Heading, ItemCard


class Agenda(QWidget):
    """``dropped`` says what was taken away and brings the way back."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self._theme, self._people, self._today = theme, people, today
        self.cards: list[ItemCard] = []
        self._projects: tuple[tuple[str, str], ...] = ()
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        self.add = button("添加议题　Ctrl+Enter", theme, icon="plus", name="agenda.add")
        self.add.clicked.connect(self.add_item)
        self._column = QVBoxLayout()
        space(self._column, margins=(0, 0, 0, 0), gap=8)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=8)
        column.addWidget(Heading("议题", "Alt+↑↓ 排序"))
        column.addWidget(self.note)
        column.addLayout(self._column)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            mover = QShortcut(QKeySequence(key), self)
            mover.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            mover.activated.connect(partial(self._move_focused, step))

    def value(self) -> list[State]:
        """All items in order."""
        return [card.value() for card in self.cards]

    def set_value(self, items: Sequence[State]) -> None:
        """Show these items; cards are used again."""
        quiet = self.blockSignals(True)
        while len(self.cards) > len(items):
            self._take(len(self.cards) - 1)
        while len(self.cards) < len(items):
            self._insert(len(self.cards))
        for card, item in zip(self.cards, items, strict=True):
            card.set_value(item)
        self.blockSignals(quiet)
        self._number()

    def offer_projects(self, projects: Sequence[tuple[str, str]]) -> None:
        """Projects (id, title) that an item can be linked to."""
        self._projects = tuple(projects)
        for card in self.cards:
            card.projects.offer(self._projects)

    def say(self, problem: str) -> None:
        """Put a problem over the items."""
        self.note.setText(problem)
        self.note.setVisible(bool(problem))

    @Slot()
    def add_item(self) -> None:
        """A new item after the one with the cursor, else at the end."""
        place = self._focused()
        place = len(self.cards) if place < 0 else place + 1
        self.insert_item(place, new_item())
        self.cards[place].topic.setFocus()

    def insert_item(self, place: int, item: State) -> None:
        """Put an item there."""
        card = self._insert(min(place, len(self.cards)))
        card.set_value(item)
        self._number()
        self.changed.emit()

    def _insert(self, place: int) -> ItemCard:
        card = ItemCard(self._theme, self._people, self._today)
        card.projects.offer(self._projects)
        card.changed.connect(self.changed)
        card.dropped.connect(self.dropped)
        card.asked.connect(partial(self._on_asked, card))
        self.cards.insert(place, card)
        self._column.insertWidget(place, card)
        return card

    def _take(self, place: int) -> None:
        card = self.cards.pop(place)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _on_asked(self, card: ItemCard, what: str) -> None:
        place = self.cards.index(card)
        if what == "remove":
            item = card.value()
            self._take(place)
            self._number()
            self.changed.emit()
            if any(value for name, value in item.items() if name not in ("id", "matter")):
                self.dropped.emit("已删除一项议题", partial(self.insert_item, place, item))
        else:
            self._move(place, -1 if what == "up" else 1)

    def _move_focused(self, step: int) -> None:
        place = self._focused()
        if place >= 0:
            self._move(place, step)

    def _move(self, place: int, step: int) -> None:
        target = place + step
        if not 0 <= target < len(self.cards):
            return
        card = self.cards.pop(place)
        self.cards.insert(target, card)
        self._column.removeWidget(card)
        self._column.insertWidget(target, card)
        card.topic.setFocus()
        self._number()
        self.changed.emit()

    def _focused(self) -> int:
        focus = self.window().focusWidget()
        return next(
            (n for n, card in enumerate(self.cards) if focus and card.isAncestorOf(focus)), -1
        )

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.set_number(number)
