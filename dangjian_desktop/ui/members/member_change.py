"""A field whose value holds for a span of time: what it is now, and from which day it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.services.members.member_form import Period
from dangjian_desktop.ui.fields.cells import editor_for, heading_of
from dangjian_desktop.ui.fields.inputs import DateField
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import column_of, label, space


class ChangeField(QWidget):
    """Shows the value of the day; a new value asks 从哪一天起."""

    changed = Signal()

    def __init__(
        self,
        period: Period,
        theme: Theme,
        today: Callable[[], date],
        *,
        people: Source = nobody,
        first_day: Callable[[str], date] | None = None,
    ) -> None:
        super().__init__()
        self.period = period
        self._fresh = False
        self._first_day = first_day or (lambda _name: today())
        self._base: str | None = None
        field = period.field
        self.editor = editor_for(field, theme, people, today)
        self.day = DateField(theme, today=today)
        self.day.setObjectName(f"{field.name}.since")
        self.day.setAccessibleName(f"{field.label}从哪一天起")
        tip = "原来登记有误时选用：本段时间的记录一并改正，不记为变化"
        self.always = tick("更正（一直如此）", theme, name=f"{field.name}.always", tip=tip)
        self.note = Problem()
        self._since = self._compose_since()
        self._compose()
        self.editor.changed.connect(self._on_value)
        self.day.entered.connect(self.changed)
        self.always.toggled.connect(self._on_always)

    def show_base(self, value: str | None, kept: Mapping[str, Any] | None, *, fresh: bool) -> None:
        """Show another person: what holds by the record, and the change that was ``kept``.

        ``fresh`` is a person not stored yet: then the day may stay empty, which means 一直如此.
        """
        self._fresh, self._base = fresh, value
        self._asks.setText("自" if fresh else "从哪一天起")
        self.day.setPlaceholderText("不填为一直如此" if fresh else self._hint)
        self.always.setVisible(not fresh)
        kept = kept or {"value": value}
        self._show(kept.get("value"))
        self.day.set_plain(kept.get("since") or "")
        self.always.setChecked(bool(kept.get("always")))
        self.point_out("")

    def set_base(self, value: str | None) -> None:
        """What holds by the record; the field shows it unless a change is pending."""
        pending = self.pending
        self._base = value
        if not pending:
            self._show(value)

    @property
    def pending(self) -> bool:
        """Whether another value than that of the record was entered."""
        return (self.editor.value() or None) != self._base

    def problem(self) -> str:
        """A sentence for a value or day that is missing or cannot be read."""
        field = self.period.field
        if field.required and not self.editor.value():
            return f"请选择{field.label}。"
        if not self.pending or self.always.isChecked():
            return ""
        if not self.day.readable:
            return f"{self.day.unreadable}。"
        if self.day.day() is None and not self._fresh:
            return "请填写从哪一天起，或选用“更正（一直如此）”。"
        return ""

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of the field; gives it where it is wrong."""
        self.point_out("；".join(problems.values()))
        return self.editor if problems else None

    def point_out(self, problem: str) -> None:
        """Show a sentence under the field, or take it away."""
        self.note.say(problem)
        self.editor.mark(problem)

    def content(self) -> dict[str, Any] | None:
        """What a draft keeps of a pending change."""
        if not self.pending:
            return None
        return {
            "value": self.editor.value(),
            "since": self.day.text(),
            "always": self.always.isChecked(),
        }

    @Slot()
    def _on_value(self) -> None:
        self.point_out("")
        if self.pending and self._since.isHidden() and not self._fresh:
            self.day.set_day(self._first_day(self.period.field.name))
        self._tell_since()
        self.changed.emit()

    @Slot()
    def _on_always(self) -> None:
        self.day.setEnabled(not self.always.isChecked())
        self.changed.emit()

    def _show(self, value: str | None) -> None:
        quiet = self.editor.blockSignals(True)
        self.editor.set_value(value)
        self.editor.blockSignals(quiet)
        self._tell_since()

    def _tell_since(self) -> None:
        self._since.setVisible(self.pending)

    def _compose_since(self) -> QWidget:
        holder = QWidget()
        holder.setProperty("look", "clear")
        column = QVBoxLayout(holder)
        space(column, margins=(0, 0, 0, 0), gap=4)
        line = QHBoxLayout()
        space(line, margins=(0, 0, 0, 0), gap=8)
        self._asks = label("从哪一天起", "soft")
        self._asks.setBuddy(self.day)
        self._hint = self.day.placeholderText()
        line.addWidget(self._asks)
        line.addWidget(self.day, 1)
        column.addLayout(line)
        column.addWidget(self.always, 0, Qt.AlignmentFlag.AlignLeft)
        holder.hide()
        return holder

    def _compose(self) -> None:
        column_of(heading_of(self.editor), self.editor, self._since, self.note, ..., on=self, gap=4)
