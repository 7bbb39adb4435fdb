"""A field that is itself a small table: rows of the same few columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.field_editors import FieldEditor, editor_for
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label


class RecordRows(FieldEditor):
    """RECORD is one row, RECORDS as many as wanted; 添加一行 and a cross at each row."""

    def __init__(
        self,
        field: Field,
        theme: Theme,
        people: Source,
        today: Today | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent)
        self._theme, self._people, self._today = theme, people, today
        self._rows: list[dict[str, FieldEditor]] = []
        self._removers: list[QPushButton] = []
        self._many = field.type is FieldType.RECORDS
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for place, column in enumerate(field.columns):
            self._grid.addWidget(label(column.label, "soft"), 0, place)
            self._grid.setColumnStretch(place, 2 if column.type is FieldType.LONG_TEXT else 1)
        self._layout.addWidget(holder)
        self._add = button("添加一行", theme, icon="plus", name=f"{field.name}.add")
        self._add.clicked.connect(self._add_row)
        self._layout.addWidget(self._add)
        self._add.setVisible(self._many)
        self._layout.setAlignment(self._add, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._add)
        self._holder = holder
        if self._many:
            holder.hide()
        else:
            self._append({})

    def value(self) -> Any:
        """The rows in which something stands; for a RECORD the one row, or nothing."""
        rows = [_without_empty(row) for row in self._rows]
        filled = [row for row in rows if row]
        if self._many:
            return filled
        return filled[0] if filled else None

    def set_value(self, value: Any) -> None:
        """A list of objects, or one."""
        rows = list(value or ()) if self._many else [value or {}]
        if len(rows) != len(self._rows):
            self._clear()
            for row in rows:
                self._append(row)
        for editors, row in zip(self._rows, rows, strict=True):
            _show(editors, row)
        self.changed.emit()

    def problem(self) -> str:
        """The first sentence of any of its cells, with the row it stands in."""
        for number, row in enumerate(self._rows, 1):
            for editor in row.values():
                if text := editor.problem():
                    return f"第{number}行：{text}" if self._many else text
        return ""

    @Slot()
    def _add_row(self) -> None:
        self._append({})
        next(iter(self._rows[-1].values())).setFocus()
        self.changed.emit()

    @Slot()
    def _remove_row(self) -> None:
        sender = self.sender()
        kept = [
            _without_empty(row)
            for row, remover in zip(self._rows, self._removers, strict=True)
            if remover is not sender
        ]
        self._clear()
        for row in kept:
            self._append(row)
        self.changed.emit()

    def _append(self, values: Mapping[str, Any]) -> None:
        row: dict[str, FieldEditor] = {}
        line = self._grid.rowCount()
        self._holder.show()
        for place, column in enumerate(self.field.columns):
            editor = editor_for(column, self._theme, self._people, self._today)
            editor.set_value(values.get(column.name))
            editor.changed.connect(self.changed)
            self._grid.addWidget(editor, line, place)
            row[column.name] = editor
        remove = button("", self._theme, icon="x", look="quiet", tip="删除这一行")
        remove.clicked.connect(self._remove_row)
        self._grid.addWidget(remove, line, len(self.field.columns))
        remove.setVisible(self._many)
        self._rows.append(row)
        self._removers.append(remove)

    def _clear(self) -> None:
        for widget in (*(e for row in self._rows for e in row.values()), *self._removers):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows, self._removers = [], []
        # Headings of columns without a row say nothing.
        self._holder.setVisible(not self._many)


def _without_empty(row: Mapping[str, FieldEditor]) -> dict[str, Any]:
    values = {name: editor.value() for name, editor in row.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _show(editors: Mapping[str, FieldEditor], row: Mapping[str, Any]) -> None:
    for name, editor in editors.items():
        editor.set_value(row.get(name))
