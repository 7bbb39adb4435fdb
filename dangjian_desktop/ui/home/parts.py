"""The parts of the first page: cards of the cadence, things to do, hints of the check."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.services.summaries.month import CadenceCard
from dangjian_desktop.ui.home.gathering import Hint, Todo
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.records.meeting_verdicts import ReasonField

CARD = 158
DAY = 92
SIGN = 78
SHOWN = 8
NOTHING_DUE = "近一个月没有待办事项。"
NOTHING_FOUND = "✓ 没有需要处理的提示。"
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
        sign = "✓" if card.met else "!"
        self.setAccessibleName(f"{card.title} {card.held}/{card.due}，{card.words}")
        self.setToolTip("查看记录" if card.records else "新建会议记录")
        layout = QVBoxLayout(self)
        space(layout, margins=(14, 10, 14, 12), gap=6)
        layout.addWidget(label(card.title, "soft"))
        layout.addWidget(label(f"{card.held} / {card.due}", "title"))
        layout.addWidget(label(f"{sign} {card.words}", "good" if card.met else "warn", wrap=True))
        layout.addStretch()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        if self.rect().contains(event.position().toPoint()):
            self.asked.emit(self.card)
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit(self.card)
        else:
            super().keyPressEvent(event)


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
        """Show these."""
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


class TodoList(QFrame):
    """What is due, the earliest first; ``asked`` brings the line whose chip was pressed."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "card")
        self.heading = label("待办事项", "heading")
        self._lines = _lines_of(self, self.heading)

    def show_todos(self, todos: Sequence[Todo], today: date) -> None:
        """Show these."""
        _empty(self._lines)
        late = sum(1 for todo in todos if todo.late(today))
        self.heading.setText(f"待办事项　{len(todos)}" + (f"（逾期 {late}）" if late else ""))
        for todo in todos:
            self._lines.addWidget(self._line(todo, today))
        if not todos:
            self._lines.addWidget(label(NOTHING_DUE, "soft"))
        self._lines.addStretch()

    def _line(self, todo: Todo, today: date) -> QWidget:
        late = todo.late(today)
        words = _day_words(todo.day, today)
        when = label(f"! {words}" if late else words, "problem" if late else "soft")
        when.setFixedWidth(self._theme.px(DAY))
        go = button(todo.verb, self._theme, look="chip", name="todo.go")
        go.setAccessibleName(f"{todo.verb}：{todo.words}")
        go.clicked.connect(partial(self.asked.emit, todo))
        return _row((when, label(todo.words, wrap=True), go))


class HintList(QFrame):
    """The worst findings of the check. ``asked`` leads to the record, ``waived`` has a reason."""

    asked = Signal(object)
    waived = Signal(object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._hints: tuple[Hint, ...] = ()
        self._all = False
        self.setProperty("look", "card")
        self.heading = label("体检提示", "heading")
        self._lines = _lines_of(self, self.heading)
        self.more = button("", theme, look="quiet", name="hints.more")
        self.more.clicked.connect(self._show_all)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show the first few; the others on demand."""
        self._hints = tuple(hints)
        self.heading.setText(f"体检提示　{len(hints)}" if hints else "体检提示")
        self._fill()

    def _fill(self) -> None:
        self._lines.removeWidget(self.more)
        _empty(self._lines)
        shown = self._hints if self._all else self._hints[:SHOWN]
        for hint in shown:
            self._lines.addWidget(self._line(hint))
        if not self._hints:
            self._lines.addWidget(label(NOTHING_FOUND, "good"))
        left = len(self._hints) - len(shown)
        self.more.setText(f"显示其余 {left} 条")
        self.more.setVisible(left > 0)
        self._lines.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines.addStretch()

    def _line(self, hint: Hint) -> QWidget:
        finding = hint.finding
        sign = label(f"{finding.verdict.sign} {finding.verdict.label}", _LOOKS[finding.verdict])
        sign.setFixedWidth(self._theme.px(SIGN))
        words = label(hint.words, wrap=True)
        words.setToolTip(finding.basis)
        chips = []
        if hint.uid:
            show = button("查看", self._theme, look="chip", name="hint.show")
            show.clicked.connect(partial(self.asked.emit, hint))
            chips.append(show)
        explain = button("说明情况", self._theme, look="chip", name="hint.waive")
        chips.append(explain)
        line = QWidget()
        line.setProperty("look", "clear")
        column = QVBoxLayout(line)
        space(column, margins=(0, 0, 0, 0), gap=4)
        column.addWidget(_row((sign, words, *chips)))
        reason = ReasonField(self._theme)
        reason.given.connect(self.waived)
        column.addWidget(reason)
        explain.clicked.connect(partial(_ask, reason, finding))
        return line

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._fill()


def _ask(reason: ReasonField, finding: Finding) -> None:
    reason.ask(finding)


def _lines_of(card: QFrame, heading: QLabel) -> QVBoxLayout:
    inside = QWidget()
    inside.setProperty("look", "clear")
    lines = QVBoxLayout(inside)
    space(lines, margins=(0, 0, 8, 0), gap=6)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    layout = QVBoxLayout(card)
    space(layout, margins=(16, 14, 8, 12), gap=10)
    layout.addWidget(heading)
    layout.addWidget(area, 1)
    return lines


def _row(parts: Sequence[QWidget]) -> QWidget:
    line = QWidget()
    line.setProperty("look", "clear")
    row = QHBoxLayout(line)
    space(row, margins=(0, 0, 0, 0), gap=8)
    for place, part in enumerate(parts):
        row.addWidget(part, 1 if place == 1 else 0)
    return line


def _empty(lines: QVBoxLayout) -> None:
    while item := lines.takeAt(0):
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _day_words(day: date | None, today: date) -> str:
    if day is None:
        return "草稿"
    if day == today:
        return "今天"
    return f"{day:%m}月{day:%d}日" if day.year == today.year else day.isoformat()
