"""The projects as cards in columns by state; arrows move between the cards."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import ProjectState
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import frame, label, space
from dangjian_desktop.ui.projects.listing import percent_text

COLUMN = 190
AT_ONCE = 8
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoardCard(QFrame):
    """One project; taken by a click or by the keyboard, opened by Enter or a double click."""

    taken = Signal(str)
    opened = Signal(str)
    stepped = Signal(int, int)

    def __init__(self, row: ProjectRow, today: date) -> None:
        super().__init__()
        self.uid = row.id
        self.setObjectName(f"board.{row.id}")
        self.setProperty("look", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        late = row.overdue(today)
        gone = percent_text(row.time_gone(today))
        said = f"完成 {percent_text(row.percent)}　时序 {gone}"
        layout = QVBoxLayout(self)
        space(layout, margins=(10, 8, 10, 8), gap=4)
        layout.addWidget(label(row.title, "heading", wrap=True))
        layout.addWidget(label("　".join(filter(None, (row.category, row.secretary))), "soft"))
        layout.addWidget(label(said, wrap=True))
        if late:
            layout.addWidget(label(f"! {late} 个节点逾期", "warn"))
        words = f"，{late} 个节点逾期" if late else ""
        self.setAccessibleName(f"{row.title}，{row.state.label}，{said}{words}")

    def set_chosen(self, chosen: bool) -> None:
        """Show whether its detail is shown."""
        self.setProperty("chosen", chosen)
        self.style().unpolish(self)
        self.style().polish(self)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102
        super().focusInEvent(event)
        self.taken.emit(self.uid)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: D102
        self.opened.emit(self.uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.uid)
        elif key in _STEPS and not event.modifiers():
            self.stepped.emit(*_STEPS[key])
        else:
            super().keyPressEvent(event)


class Board(QScrollArea):
    """A column for each state that has projects; ``chosen`` follows the cards."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.columns: list[list[BoardCard]] = []
        self._uid = ""
        self._today = date.min
        self._waiting: deque[tuple[ProjectRow, list[BoardCard], QVBoxLayout]] = deque()
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._fill)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(self, rows: Sequence[ProjectRow], today: date, empty: str) -> None:
        """Show these projects; the first cards at once, the others a few at a time."""
        holder = QWidget()
        holder.setProperty("look", "clear")
        across = QHBoxLayout(holder)
        space(across, margins=(0, 0, 0, 0), gap=10)
        self.columns, self._today = [], today
        self._waiting.clear()
        for state in ProjectState:
            own = [row for row in rows if row.state is state]
            if own:
                across.addWidget(self._column(state, own))
        if not rows:
            across.addWidget(label(empty, "soft", wrap=True))
        across.addStretch()
        self.setWidget(holder)
        self._fill()

    @Slot()
    def _fill(self) -> None:
        for _ in range(min(AT_ONCE, len(self._waiting))):
            row, cards, layout = self._waiting.popleft()
            card = BoardCard(row, self._today)
            card.set_chosen(card.uid == self._uid)
            card.taken.connect(self._take)
            card.opened.connect(self.opened)
            card.stepped.connect(self._step)
            layout.insertWidget(layout.count() - 1, card)
            cards.append(card)
        if self._waiting:
            self._more.start()

    def select(self, uid: str) -> None:
        """Mark the card whose detail is shown."""
        self._uid = uid
        for card in self._cards():
            card.set_chosen(card.uid == uid)

    def focus_card(self) -> None:
        """Put the cursor on the chosen card, else the first."""
        cards = self._cards()
        card = next((c for c in cards if c.uid == self._uid), cards[0] if cards else None)
        if card is not None:
            card.setFocus()

    def _cards(self) -> list[BoardCard]:
        return [card for column in self.columns for card in column]

    def _column(self, state: ProjectState, rows: Sequence[ProjectRow]) -> QWidget:
        column = frame("lane")
        column.setFixedWidth(self._theme.px(COLUMN))
        layout = QVBoxLayout(column)
        space(layout, margins=(8, 8, 8, 8), gap=8)
        layout.addWidget(label(f"{state.label}　{len(rows)}", "heading"))
        layout.addStretch()
        cards: list[BoardCard] = []
        self._waiting.extend((row, cards, layout) for row in rows)
        self.columns.append(cards)
        return column

    def _take(self, uid: str) -> None:
        if uid != self._uid:
            self.select(uid)
            self.chosen.emit(uid)

    def _step(self, across: int, down: int) -> None:
        for place, column in enumerate(self.columns):
            row = next((n for n, card in enumerate(column) if card.uid == self._uid), -1)
            if row < 0:
                continue
            target = self.columns[max(0, min(place + across, len(self.columns) - 1))]
            if not target:
                return
            card = target[max(0, min(row + down, len(target) - 1))]
            card.setFocus()
            self.ensureWidgetVisible(card)
            return
