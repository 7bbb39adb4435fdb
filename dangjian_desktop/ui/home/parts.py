"""The parts of the first page: cards of the cadence, things to do, hints of the check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.services.summaries.month import CadenceCard
from dangjian_desktop.ui.checks.verdicts import ReasonField
from dangjian_desktop.ui.desk.keeper import keep_all
from dangjian_desktop.ui.home.gathering import Hint, Todo
from dangjian_desktop.ui.look.roles import reads_as
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import (
    button,
    column_of,
    label,
    rest_words,
    row_of,
    space,
)

CARD = 158
DAY = 92
SIGN = 78
PAGE = 40
NOTHING_DUE = "近一个月没有待办事项。"
NOTHING_FOUND = "✓ 今年没有需要处理的提示。"
_LOOKS = {Verdict.VIOLATION: "problem", Verdict.NOTICE: "soft", Verdict.UNKNOWN: "soft"}


class MonthCard(QFrame):
    """One kind of sitting: how many of how many; Enter or a click leads to it."""

    asked = Signal(object)

    def __init__(self, card: CadenceCard) -> None:
        super().__init__()
        self.card = card
        self.setObjectName(f"month.{card.code}")
        self.setProperty("look", "tile")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        sign, verb = ("✓", "查看") if card.met else ("!", "安排")
        reads_as(self, "Button", press=self._ask)
        self.setAccessibleName(f"{card.words}：{card.title} {card.held}/{card.due}，{verb}")
        self.setToolTip("查看记录" if card.met else "新建会议记录")
        column_of(
            row_of((label(card.title, "soft"), 1), label(f"{verb} ›", "soft")),
            label(f"{card.held} / {card.due}", "title"),
            label(f"{sign} {card.words}", "good" if card.met else "warn", wrap=True),
            ...,
            on=self,
            gap=6,
            margins=(14, 10, 14, 12),
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self.rect().contains(event.position().toPoint()):
            self._ask()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._ask()
        else:
            super().keyPressEvent(event)

    def _ask(self) -> None:
        self.asked.emit(self.card)


class MonthCards(QWidget):
    """Cards beside each other, all of one width; as many in a row as fit."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.cards: list[MonthCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def show_cards(self, cards: Sequence[CadenceCard]) -> None:
        """Show these; the cards stay where they say the same."""
        if [each.card for each in self.cards] == list(cards):
            return
        for old in self.cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.cards = [MonthCard(card) for card in cards]
        for card in self.cards:
            card.asked.connect(self.asked)
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        fitting = max(1, self.width() // self._theme.px(CARD))
        columns = max(1, min(len(self.cards), fitting))
        if columns == self._columns:
            return
        for column in range(max(self._columns, columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for number, card in enumerate(self.cards):
            self._grid.addWidget(card, number // columns, number % columns)


class FewLines(QFrame):
    """A card with a heading and a line for each of the first few; ``rest`` asks for the others.

    What says the same as before is left as it is, so that a refresh does not move the focus.
    """

    rest = Signal()

    def __init__(self, theme: Theme, name: str, line: Callable[[Any], QWidget]) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._line = line
        self._items: tuple[Any, ...] = ()
        self.heading = label("", "heading")
        self.nothing = label("", "soft")
        self.more = button("", theme, look="quiet", name=f"{name}.more", then=self.rest)
        self._lines = column_of(gap=6)
        column_of(
            self.heading,
            self._lines,
            self.nothing,
            (self.more, 0, Qt.AlignmentFlag.AlignLeft),
            ...,
            on=self,
            gap=6,
            margins=(16, 14, 16, 12),
        )

    def show_items(self, items: Sequence[Any], heading: str, more: str) -> None:
        """Show these under this heading, with what the button for the rest says (if any)."""
        self.heading.setText(heading)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.nothing.setVisible(not items)
        if tuple(items) != self._items:
            self._items = tuple(items)
            self._fill()

    def _fill(self) -> None:
        focus, place = self.focusWidget(), 0
        while item := self._lines.takeAt(0):
            if (old := item.widget()) is not None:
                held = focus is not None and old.isAncestorOf(focus) and focus.hasFocus()
                place = self._lines.count() + 1 if held else place
                keep_all(old, _nothing)
                old.hide()
                old.deleteLater()
        before = place and max(0, len(self._items) - place)
        for each in self._items:
            self._lines.addWidget(self._line(each))
        if place and (line := self._lines.itemAt(before)) is not None:
            first: Any = line.widget().findChild(QPushButton)
            first.setFocus()


class TodoList(FewLines):
    """What is due, the earliest first; ``asked`` brings the line whose chip was pressed. The rest
    is shown a page at a time."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "todos", self._todo)
        self._theme, self._today = theme, date.min
        self._todos: tuple[Todo, ...] = ()
        self._room = self._pages = 0
        self.nothing.setText(NOTHING_DUE)
        self.rest.connect(self._show_more)

    def show_todos(self, todos: Sequence[Todo], today: date, room: int) -> None:
        """Show so many of these, and the pages that were asked for."""
        self._todos, self._today, self._room = tuple(todos), today, room
        self._show()

    def _show(self) -> None:
        todos, most = self._todos, self._room + self._pages * PAGE
        late = sum(1 for todo in todos if todo.late(self._today))
        words = f"待办事项　{len(todos)}" + (f"（逾期 {late}）" if late else "")
        self.show_items(todos[:most], words, rest_words(len(todos) - most, "项", PAGE))

    @Slot()
    def _show_more(self) -> None:
        self._pages += 1
        self._show()

    def _todo(self, todo: Todo) -> QWidget:
        late = todo.late(self._today)
        words = todo.sign or _day_words(todo.day, self._today)
        when = label(f"! {words}" if late else words, "problem" if late else "soft")
        self._theme.fit(when, QWidget.setFixedWidth, DAY)
        go = button(todo.verb, self._theme, look="chip", name="todo.go")
        go.setAccessibleName(f"{todo.verb}：{todo.words}")
        go.clicked.connect(partial(self.asked.emit, todo))
        return _row((when, label(todo.words, wrap=True), go))


class HintList(FewLines):
    """What the check finds now, a line for each rule; the rest is on the page 支部体检.

    ``asked`` leads to where it is settled, ``waived`` has findings and a reason.
    """

    asked = Signal(object)
    waived = Signal(object, str)

    def __init__(self, theme: Theme, keep: Callable[[ReasonField], object]) -> None:
        super().__init__(theme, "hints", self._hint)
        self._theme, self._keep = theme, keep
        self.nothing.setText(NOTHING_FOUND)
        self.nothing.setProperty("look", "good")

    def show_hints(self, hints: Sequence[Hint], count: int) -> None:
        """Show these lines, which tell of some of so many findings."""
        self.show_items(hints, f"体检提示　{count}" if count else "体检提示", "查看全部检查结果")

    def _hint(self, hint: Hint) -> QWidget:
        verdict, finding = hint.verdict, hint.alone
        sign = label(f"{verdict.sign} {verdict.label}", _LOOKS[verdict])
        self._theme.fit(sign, QWidget.setFixedWidth, SIGN)
        words = label(hint.words, wrap=True)
        show = button(hint.verb, self._theme, look="chip", name="hint.show")
        show.setAccessibleName(f"{hint.verb}：{hint.words}")
        show.clicked.connect(partial(self.asked.emit, hint))
        if finding is None:
            return _row((sign, words, show))
        words.setToolTip(finding.basis)
        explain = button("说明情况", self._theme, look="chip", name="hint.waive")
        explain.setAccessibleName(f"说明情况：{hint.words}")
        line = QWidget()
        line.setProperty("look", "clear")
        column = column_of(_row((sign, words, show, explain)), on=line, gap=4)
        reason = ReasonField(self._theme)
        reason.given.connect(self.waived)
        self._keep(reason)
        column.addWidget(reason)
        explain.clicked.connect(partial(_ask, reason, finding))
        return line


def _nothing() -> None:
    """What is typed in a line that goes is kept; nobody waits for it."""


def _ask(reason: ReasonField, finding: Finding) -> None:
    reason.ask(finding)


def _row(parts: Sequence[QWidget]) -> QWidget:
    line = QWidget()
    line.setProperty("look", "clear")
    row = QHBoxLayout(line)
    space(row, margins=(0, 0, 0, 0), gap=8)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == 1 else 0)
    return line


def _day_words(day: date | None, today: date) -> str:
    if day is None:
        return "草稿"
    if day == today:
        return "今天"
    return f"{day:%m}月{day:%d}日" if day.year == today.year else day.isoformat()
