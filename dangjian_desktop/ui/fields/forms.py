"""A form is its fields: label above, problem below as a sentence, values as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType, missing_fields
from dangjian_desktop.ui.fields.field_editors import WIDE, FieldEditor, editor_for
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.fields.record_rows import RecordRows
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import label


class Form(QWidget):
    """Edits the values of a record; knows nothing of what they mean.

    ``columns`` short fields stand beside each other; long texts and lists take the whole width.
    Values are plain JSON as ``FieldType`` says; None when empty. ``people`` are the candidates
    of name fields. ``changed`` comes with every change, typed or filled in.
    """

    changed = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        theme: Theme,
        *,
        columns: int = 2,
        people: Source = nobody,
        today: Today | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fields = tuple(fields)
        self._theme = theme
        self._columns = columns
        self._editors: dict[str, FieldEditor] = {}
        self._notes: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._row, self._column = 0, 0
        for field in self.fields:
            self._add(field, people, today)

    def values(self) -> dict[str, Any]:
        """What stands in the form by name; text that cannot be read is given as typed."""
        return {name: editor.value() for name, editor in self._editors.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show these values; what is not among them is emptied."""
        for name, editor in self._editors.items():
            editor.set_value(values.get(name))
        self.point_out({})

    def problems(self) -> dict[str, str]:
        """A sentence for each field that is required and empty, or cannot be read."""
        found = missing_fields(self.fields, self.values())
        found.update({n: p for n, e in self._editors.items() if (p := e.problem())})
        return found

    def point_out(self, problems: Mapping[str, str]) -> dict[str, str]:
        """Show each problem under its field and go to the first; gives back what has no field."""
        for name, note in self._notes.items():
            note.setText(problems.get(name, ""))
            note.setVisible(name in problems)
            self._editors[name].mark(name in problems)
        first = next((name for name in self._editors if name in problems), None)
        if first is not None:
            self.focus_field(first)
        return {name: text for name, text in problems.items() if name not in self._editors}

    def problem(self, name: str) -> str:
        """The sentence that stands under a field."""
        return self._notes[name].text()

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field; raises KeyError for a name that the form lacks."""
        return self._editors[name]

    def focus_field(self, name: str) -> None:
        """Bring a field into view and put the cursor there."""
        editor = self._editors[name]
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        around: QObject | None = self.parent()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parent()
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(editor, 24, 48)

    def _add(self, field: Field, people: Source, today: Today | None) -> None:
        if field.type in (FieldType.RECORD, FieldType.RECORDS):
            editor: FieldEditor = RecordRows(field, self._theme, people, today)
        else:
            editor = editor_for(field, self._theme, people, today)
        note = label("", "problem", wrap=True)
        note.hide()
        cell = QVBoxLayout()
        cell.setSpacing(4)
        heading = label(field.label + (" *" if field.required else ""), "soft")
        heading.setBuddy(editor)
        cell.addWidget(heading)
        cell.addWidget(editor)
        cell.addWidget(note)
        cell.addStretch()
        self._place(cell, wide=field.type in WIDE)
        self._editors[field.name], self._notes[field.name] = editor, note
        editor.changed.connect(self._on_changed)

    def _place(self, cell: QVBoxLayout, *, wide: bool) -> None:
        if wide and self._column:
            self._row, self._column = self._row + 1, 0
        self._grid.addLayout(cell, self._row, self._column, 1, self._columns if wide else 1)
        self._column += self._columns if wide else 1
        if self._column >= self._columns:
            self._row, self._column = self._row + 1, 0

    @Slot()
    def _on_changed(self) -> None:
        sender = self.sender()
        if isinstance(sender, FieldEditor):
            name = sender.field.name
            if self._notes[name].text():
                self._notes[name].clear()
                self._notes[name].hide()
                sender.mark(False)
        self.changed.emit()
