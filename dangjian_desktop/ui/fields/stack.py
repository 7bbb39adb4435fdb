"""Rows under each other: added, moved by keys or the mouse, taken away with a way back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of, space

MOVES = {"Alt+Up": -1, "Alt+Down": 1}


class Stack(QWidget):
    """``make`` makes a row, ``fresh`` its value when it is added; ``noun`` names one.

    A row is a widget with ``value``, ``set_value``, ``set_number``, ``start`` (where the cursor
    begins), ``tell`` and the signals ``changed``, ``asked`` (up, down, remove), ``dragged`` (to
    a point).

    A row in which nothing stands but what is ``untyped`` does not count. ``fill`` is a button
    that puts rows into an empty stack: its words, and what gives the rows.

    ``dropped`` says what was taken away and brings the way back.
    """

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(
        self,
        make: Callable[[], Any],
        theme: Theme,
        *,
        name: str,
        noun: str,
        add: str = "添加一行",
        fresh: Callable[[], State] = dict,
        untyped: Collection[str] = ("id",),
        fill: tuple[str, Callable[[], list[State]]] | None = None,
        gap: int = 4,
    ) -> None:
        super().__init__()
        self._make, self._fresh, self._noun = make, fresh, noun
        self._untyped = frozenset(untyped)
        self.rows: list[Any] = []
        self._column = QVBoxLayout()
        space(self._column, margins=(0, 0, 0, 0), gap=gap)
        self.add = button(add, theme, icon="plus", name=f"{name}.add", then=self.add_row)
        self.foot = label("", "soft", wrap=True, name=f"{name}.foot")
        self.note = Problem(f"{name}.problem")
        words, self._rows_of = fill or ("", list)
        self.all = button(words, theme, name=f"{name}.all", then=self._fill)
        line = row_of(self.add, self.all, (self.foot, 1), gap=12)
        column_of(self._column, line, self.note, on=self)
        self._number()
        for keys, step in MOVES.items():
            mover = QShortcut(QKeySequence(keys), self)
            mover.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            mover.activated.connect(partial(self._move_focused, step))

    def value(self) -> list[State]:
        """The rows in which something stands, in order."""
        return [value for row in self.rows if self._says(value := row.value())]

    def set_value(self, values: Sequence[Mapping[str, Any]]) -> None:
        """Show these rows; those at hand are used again."""
        quiet = self.blockSignals(True)
        while len(self.rows) > len(values):
            self._take(len(self.rows) - 1)
        while len(self.rows) < len(values):
            self._put(len(self.rows))
        for row, value in zip(self.rows, values, strict=True):
            row.set_value(value)
        self._number()
        self.note.say("")
        self.blockSignals(quiet)

    def filled(self) -> list[Any]:
        """The rows that ``value`` counts."""
        return [row for row in self.rows if self._says(row.value())]

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of the rows (``0.planned``: of the first in which something stands),
        under them what is said of none; gives the first place that is wrong."""
        counted = self.filled() or self.rows
        numbers = {id(row): str(number) for number, row in enumerate(counted)}
        first = told({numbers.get(id(row), f"-{id(row)}"): row for row in self.rows}, problems)
        known = numbers.values()
        rest = [t for place, t in problems.items() if place.partition(".")[0] not in known]
        self.note.say("；".join(rest))
        return first or (self.add if rest else None)

    @Slot()
    def add_row(self) -> None:
        """A new row after the one with the cursor, else at the end."""
        place = self._focused()
        place = len(self.rows) if place < 0 else place + 1
        self.insert(place, self._fresh())
        self.rows[place].start().setFocus()

    @Slot()
    def _fill(self) -> None:
        self.set_value(self._rows_of())
        self.changed.emit()

    def insert(self, place: int, value: Mapping[str, Any]) -> None:
        """Put a row there, or at the end."""
        self._put(min(place, len(self.rows))).set_value(value)
        self._number()
        self.changed.emit()

    def _put(self, place: int) -> Any:
        row = self._make()
        row.changed.connect(self.changed)
        row.asked.connect(partial(self._on_asked, row))
        row.dragged.connect(partial(self._on_dragged, row))
        self.rows.insert(place, row)
        self._column.insertWidget(place, row)
        row.show()
        return row

    def _take(self, place: int) -> None:
        row = self.rows.pop(place)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _on_asked(self, row: Any, what: str) -> None:
        place = self.rows.index(row)
        if what == "remove":
            self._remove(place)
        else:
            self._move(place, place + (-1 if what == "up" else 1))

    def _remove(self, place: int) -> None:
        value = self.rows[place].value()
        # Before the row goes: the focus must not fall out of the table with it.
        rest = self.rows[place + 1 : place + 2] or self.rows[max(place - 1, 0) : place]
        (rest[0].start() if rest else self.add).setFocus()
        self._take(place)
        self._number()
        self.changed.emit()
        if self._says(value):
            self.dropped.emit(f"已删除{self._noun}", partial(self.insert, place, value))

    def _on_dragged(self, row: Any, where: QPoint) -> None:
        height = self.mapFromGlobal(where).y()
        middles = [r.y() + r.height() // 2 for r in self.rows if r is not row]
        self._move(self.rows.index(row), sum(middle < height for middle in middles))

    def _move_focused(self, step: int) -> None:
        place = self._focused()
        if place >= 0:
            self._move(place, place + step)

    def _move(self, place: int, target: int) -> None:
        if place == target or not 0 <= target < len(self.rows):
            return
        row = self.rows.pop(place)
        focus = row.focusWidget() or row.start()
        self.rows.insert(target, row)
        self._column.removeWidget(row)
        self._column.insertWidget(target, row)
        focus.setFocus()
        self._number()
        self.changed.emit()

    def _focused(self) -> int:
        focus = self.window().focusWidget()
        return next((n for n, r in enumerate(self.rows) if focus and r.isAncestorOf(focus)), -1)

    def _says(self, value: Mapping[str, Any]) -> bool:
        return any(v not in (None, "", [], {}) for n, v in value.items() if n not in self._untyped)

    def _number(self) -> None:
        self.all.setVisible(bool(self.all.text()) and not self.rows)
        for number, row in enumerate(self.rows, 1):
            row.set_number(number)


class Grip(QWidget):
    """The place by which the mouse takes a row; keys move it by Alt and the arrows."""

    dragged = Signal(QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self.setToolTip("拖动排序（Alt+↑↓）")
        sign = label("⋮", "soft")
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row_of(sign, on=self, gap=0)
        theme.fit(self, QWidget.setFixedWidth, 14)
        theme.fit(self, QWidget.setFixedHeight, 34)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102
        self.dragged.emit(event.globalPosition().toPoint())
