"""The projects as cards in columns by state; arrows move between the cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import ProjectState
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.roles import reads_as
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, rest_words, space
from dangjian_desktop.ui.projects.listing import percent_text
from dangjian_desktop.ui.records.page import RecordPage
from dangjian_desktop.ui.records.subject import Listing

VIEWS = (("list", "列表"), ("board", "看板"))
COLUMN = 190
SHOWN = 8
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BoardCard(QFrame):
    """One project; taken by a click or by the keyboard, opened by Enter or a double click.

    Keys that it does not know go to the board, whose acts they are.
    """

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
        said = f"完成 {percent_text(row.percent)}\n时间已过 {gone}"
        layout = column_of(
            label(row.title, "heading", wrap=True),
            label("　".join(filter(None, (row.category, row.secretary))), "soft"),
            label(said),
            on=self,
            gap=4,
            margins=(10, 8, 10, 8),
        )
        if late:
            layout.addWidget(label(f"! {late} 个节点逾期", "warn"))
        words = f"，{late} 个节点逾期" if late else ""
        reads_as(self, "Button", press=self._open)
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
        self._open()

    def _open(self) -> None:
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
        self.press: Callable[[QKeyEvent], bool] = _no_key
        self.columns: list[list[BoardCard]] = []
        self._uid = ""
        self._today = date.min
        self._shown: tuple[object, ...] = ()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(self, rows: Sequence[ProjectRow], today: date, empty: str) -> None:
        """Show these projects, of each state the first few; the focus stays on its card."""
        if (shown := (tuple(rows), today, empty)) == self._shown:
            return
        self._shown = shown
        focused = self.hasFocus() or any(card.hasFocus() for card in self._cards())
        holder = QWidget()
        holder.setProperty("look", "clear")
        across = QHBoxLayout(holder)
        space(across, margins=(0, 0, 0, 0), gap=10)
        self.columns, self._today = [], today
        for state in ProjectState:
            own = [row for row in rows if row.state is state]
            if own:
                across.addWidget(self._column(state, own))
        if not rows:
            across.addWidget(label(empty, "soft", wrap=True))
        across.addStretch()
        self.setWidget(holder)
        if focused:
            self._enter()

    def _fill(
        self,
        rows: Sequence[ProjectRow],
        cards: list[BoardCard],
        layout: QVBoxLayout,
        more: QPushButton,
    ) -> None:
        more.hide()
        for row in rows:
            card = BoardCard(row, self._today)
            card.set_chosen(card.uid == self._uid)
            card.taken.connect(self._take)
            card.opened.connect(self.opened)
            card.stepped.connect(self._step)
            layout.insertWidget(layout.count() - 2, card)
            cards.append(card)

    def select(self, uid: str) -> None:
        """Mark the card whose detail is shown."""
        self._uid = uid
        for card in self._cards():
            card.set_chosen(card.uid == uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if not self.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus goes to the chosen card, else to the first."""
        super().focusInEvent(event)
        self._enter()

    def _enter(self) -> None:
        cards = self._cards()
        card = next((c for c in cards if c.uid == self._uid), cards[0] if cards else None)
        if card is not None:
            card.setFocus()

    def _cards(self) -> list[BoardCard]:
        return [card for column in self.columns for card in column]

    def _column(self, state: ProjectState, rows: Sequence[ProjectRow]) -> QWidget:
        column = frame("lane")
        self._theme.fit(column, QWidget.setFixedWidth, COLUMN)
        layout = column_of(
            label(f"{state.label}　{len(rows)}", "heading"), on=column, margins=(8, 8, 8, 8)
        )
        cards: list[BoardCard] = []
        more = button(rest_words(len(rows) - SHOWN, "个"), self._theme, look="quiet")
        more.clicked.connect(lambda: self._fill(rows[SHOWN:], cards, layout, more))
        layout.addWidget(more)
        layout.addStretch()
        self._fill(rows[:SHOWN], cards, layout, more)
        more.setVisible(len(rows) > SHOWN)
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


class BoardView(QObject):
    """The board in the place of the rows; ``views`` switches, and stands beside the title."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.views = ChipRow(theme, VIEWS)
        self.board = Board(theme)

    def follow(self, page: RecordPage) -> None:
        """Show what the list of this page shows, with its acts."""
        self.setParent(page)
        self._page = page
        page.list.body.addWidget(self.board)
        page.list.listed.connect(self._show)
        page.table.chosen.connect(self.board.select)
        self.board.chosen.connect(page.table.select)
        self.board.opened.connect(page.edit)
        self.board.press = page.acts.press
        self.board.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.board.customContextMenuRequested.connect(self._offer)
        self.views.chosen.connect(self._switch)

    @Slot(str)
    def _switch(self, code: str) -> None:
        self._page.list.body.setCurrentIndex([name for name, _ in VIEWS].index(code))
        self._show(self._page.list.listing)
        self._page.list.focus_first()

    @Slot(object)
    def _show(self, listing: Listing) -> None:
        """The cards are made only while the board is in view."""
        if self.views.code() == "board" and listing.more is not None:
            rows = [listing.rows[uid] for uid in listing.ids]
            self.board.show_rows(rows, listing.more.today, listing.empty)
            self.board.select(self._page.table.current())

    @Slot(QPoint)
    def _offer(self, where: QPoint) -> None:
        if self._page.acts.ids:
            menu = self._page.acts.menu(self._page)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.board.mapToGlobal(where))


def _no_key(_event: QKeyEvent) -> bool:
    return False
