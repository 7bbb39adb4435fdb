"""A field whose value holds for a span of time: what it is now, and from which day it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.services.members.member_form import Change, Period
from dangjian_desktop.ui.fields.field_editors import editor_for
from dangjian_desktop.ui.fields.inputs import DateField
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import label, space


class ChangeField(QWidget):
    """Shows the value of the day; a new value asks 从哪一天起.

    ``fresh`` is a person not stored yet: then the day may stay empty, which means 一直如此.
    """

    changed = Signal()

    def __init__(
        self,
        period: Period,
        theme: Theme,
        today: date,
        *,
        fresh: bool,
        people: Source = nobody,
        first_day: Callable[[str], date] | None = None,
    ) -> None:
        super().__init__()
        self.period = period
        self._today, self._fresh = today, fresh
        self._first_day = first_day or (lambda _name: today)
        self._base: str | None = None
        field = period.field
        self.editor = editor_for(field, theme, people, lambda: today)
        self.day = DateField(theme, today=lambda: today)
        self.day.setObjectName(f"{field.name}.since")
        self.day.setAccessibleName(f"{field.label}从哪一天起")
        tip = "原来登记有误时选用：本段时间的记录一并改正，不记为变化"
        self.always = tick("更正（一直如此）", theme, name=f"{field.name}.always", tip=tip)
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        self._since = self._compose_since()
        self._compose(field.label + (" *" if field.required else ""))
        self.editor.changed.connect(self._on_value)
        self.day.entered.connect(self.changed)
        self.always.toggled.connect(self._on_always)

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

    def change(self) -> Change | None:
        """The change as entered; nothing when the value is that of the record."""
        if not self.pending:
            return None
        since = None if self.always.isChecked() else self.day.day()
        return Change(self.editor.value() or None, since)

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

    def point_out(self, problem: str) -> None:
        """Show a sentence under the field, or take it away."""
        self.note.setText(problem)
        self.note.setVisible(bool(problem))
        self.editor.mark(bool(problem))

    def content(self) -> dict[str, Any] | None:
        """What a draft keeps of a pending change."""
        if not self.pending:
            return None
        return {
            "value": self.editor.value(),
            "since": self.day.text(),
            "always": self.always.isChecked(),
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Show what a draft kept."""
        self._show(kept.get("value"))
        self.day.set_plain(kept.get("since") or "")
        self.always.setChecked(bool(kept.get("always")))

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
        line.addWidget(label("自" if self._fresh else "从哪一天起", "soft"))
        line.addWidget(self.day, 1)
        column.addLayout(line)
        column.addWidget(self.always, 0, Qt.AlignmentFlag.AlignLeft)
        if self._fresh:
            self.day.setPlaceholderText("不填为一直如此")
            self.always.hide()
        holder.hide()
        return holder

    def _compose(self, title: str) -> None:
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=4)
        heading = label(title, "soft")
        heading.setBuddy(self.editor)
        for part in (heading, self.editor, self._since, self.note):
            column.addWidget(part)
        column.addStretch()
