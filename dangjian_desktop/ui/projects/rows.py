"""Rows under one heading (members, milestones, funds), each cell with its own problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.amounts import plain_text, unreadable
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.field_editors import FieldEditor, TextEditor, editor_for
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.parts import LineText
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.projects.form import filled


class AmountEditor(TextEditor):
    """A number as people write it: ``1,200.5``, ``85%``, full-width digits."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._settle)

    def problem(self) -> str:
        """When it is no number."""
        typed = self.line.text().strip()
        return f"“{typed}”不是数字，请填写数字" if unreadable(typed) else ""

    @Slot()
    def _settle(self) -> None:
        self.set_value(plain_text(self.line.text()))


def cell_editor(field: Field, theme: Theme, people: Source, today: Today) -> FieldEditor:
    """The editor of one cell; numbers are read as people write them."""
    if field.type in (FieldType.DECIMAL, FieldType.MONEY):
        return AmountEditor(field)
    if field.type is FieldType.LONG_TEXT:
        return LineText(field)
    return editor_for(field, theme, people, today)


class ProjectRows(QWidget):
    """A small table with its headings once; ids of rows are kept though nobody sees them.

    ``shares`` are the widths of the columns against each other.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[Field, int]],
        theme: Theme,
        people: Source,
        today: Today,
        *,
        add: str,
    ) -> None:
        super().__init__()
        self.name, self._columns = name, tuple(columns)
        self._theme, self._people, self._today = theme, people, today
        self.rows: list[dict[str, FieldEditor]] = []
        self._ids: list[str] = []
        self._removers: list[QPushButton] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for place, (column, share) in enumerate(self._columns):
            self._grid.addWidget(label(column.label, "soft"), 0, place)
            self._grid.setColumnStretch(place, share)
        self.add = button(add, theme, icon="plus", name=f"{name}.add")
        self.add.clicked.connect(self.add_row)
        self.foot = label("", "soft", wrap=True)
        self.foot.setObjectName(f"{name}.foot")
        self.note = label("", "problem", wrap=True)
        self.note.setObjectName(f"{name}.problem")
        self.note.hide()
        line = QHBoxLayout()
        space(line, margins=(0, 0, 0, 0), gap=12)
        line.addWidget(self.add)
        line.addWidget(self.foot, 1)
        column_layout = QVBoxLayout(self)
        space(column_layout, margins=(0, 0, 0, 0), gap=6)
        column_layout.addLayout(self._grid)
        column_layout.addWidget(self.note)
        column_layout.addLayout(line)
        self._show_headings()

    def value(self) -> list[State]:
        """Every row with its id, empty ones too."""
        return [
            {"id": uid, **{name: editor.value() for name, editor in row.items()}}
            for uid, row in zip(self._ids, self.rows, strict=True)
        ]

    def set_value(self, rows: Sequence[State]) -> None:
        """Show these rows."""
        quiet = self.blockSignals(True)
        self._clear()
        for row in rows:
            self._append(row)
        self.blockSignals(quiet)
        self.point_out({})
        self._show_headings()

    def point_out(self, problems: Mapping[str, str]) -> QWidget | None:
        """Mark the cells (``0.planned``); other places are told below. Gives the first cell."""
        first: QWidget | None = None
        said = []
        for number, row in enumerate(self.rows):
            for name, editor in row.items():
                text = problems.get(f"{number}.{name}", "")
                editor.mark(bool(text))
                if text:
                    said.append(f"第{number + 1}行：{text}")
                    first = first or editor
        cells = {f"{n}.{name}" for n, row in enumerate(self.rows) for name in row}
        said += [text for place, text in problems.items() if place not in cells]
        self.note.setText("；".join(said))
        self.note.setVisible(bool(said))
        return first or (self.add if said else None)

    @Slot()
    def add_row(self) -> None:
        """An empty row with the cursor in it."""
        self._append({})
        self._show_headings()
        next(iter(self.rows[-1].values())).setFocus()
        self.changed.emit()

    def _append(self, values: State) -> None:
        row: dict[str, FieldEditor] = {}
        line = self._grid.rowCount()
        for place, (column, _share) in enumerate(self._columns):
            editor = cell_editor(column, self._theme, self._people, self._today)
            editor.set_value(values.get(column.name))
            editor.changed.connect(self.changed)
            self._grid.addWidget(editor, line, place, Qt.AlignmentFlag.AlignTop)
            row[column.name] = editor
        remove = button("", self._theme, icon="x", look="quiet", tip="删除这一行")
        remove.clicked.connect(partial(self._remove, row))
        self._grid.addWidget(remove, line, len(self._columns))
        self.rows.append(row)
        self._ids.append(str(values.get("id") or new_id()))
        self._removers.append(remove)

    def _remove(self, row: dict[str, FieldEditor]) -> None:
        gone = next(place for place, each in enumerate(self.rows) if each is row)
        self.set_value([value for place, value in enumerate(self.value()) if place != gone])
        self.changed.emit()

    def _clear(self) -> None:
        for widget in (*(e for row in self.rows for e in row.values()), *self._removers):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.rows, self._ids, self._removers = [], [], []

    def _show_headings(self) -> None:
        for place in range(len(self._columns)):
            item = self._grid.itemAtPosition(0, place)
            heading: Any = item.widget() if item else None
            if heading is not None:
                heading.setVisible(bool(self.rows))

    @property
    def filled_rows(self) -> list[State]:
        """The rows in which something stands."""
        return [row for row in self.value() if filled(row)]
