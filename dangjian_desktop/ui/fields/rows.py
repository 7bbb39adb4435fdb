"""A table inside the form whose columns have widths of their own and grow with their texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.field_editors import FieldEditor, NamesEditor, editor_for
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.parts import LineText
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label


class WideRows(FieldEditor):
    """Rows of the columns of a RECORDS field; ``weights`` share the width among them.

    ``dropped`` says what was taken away and brings the way back.
    """

    dropped = Signal(str, object)

    def __init__(
        self,
        field: Field,
        theme: Theme,
        people: Source,
        today: Today | None = None,
        *,
        weights: Sequence[int],
        add: str = "添加一行",
    ) -> None:
        super().__init__(field)
        self._theme, self._people, self._today = theme, people, today
        self._rows: list[tuple[dict[str, FieldEditor], QPushButton]] = []
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for place, (column, weight) in enumerate(zip(field.columns, weights, strict=True)):
            self._grid.addWidget(label(column.label, "soft"), 0, place)
            self._grid.setColumnStretch(place, weight)
        self._layout.addWidget(holder)
        self.add = button(add, theme, icon="plus", name=f"{field.name}.add")
        self.add.clicked.connect(self.add_row)
        self._layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.add)

    def value(self) -> Any:
        """The rows in which something stands."""
        rows = (_filled(editors) for editors, _remove in self._rows)
        return [row for row in rows if row]

    def set_value(self, value: Any) -> None:
        """Show these rows; those at hand are used again."""
        rows = list(value or ())
        while len(self._rows) > len(rows):
            self._take(len(self._rows) - 1)
        while len(self._rows) < len(rows):
            self._append()
        for (editors, _remove), row in zip(self._rows, rows, strict=True):
            _show(editors, row)
        self.changed.emit()

    def editor(self, row: int, column: str) -> FieldEditor:
        """The editor of one cell; raises IndexError or KeyError."""
        return self._rows[row][0][column]

    @Slot()
    def add_row(self) -> None:
        """An empty row, with the cursor in its first column."""
        self._append()
        next(iter(self._rows[-1][0].values())).setFocus()
        self.changed.emit()

    @Slot()
    def _remove_row(self) -> None:
        sender = self.sender()
        place = next(n for n, (_editors, remove) in enumerate(self._rows) if remove is sender)
        kept = [_filled(editors) for editors, _remove in self._rows]
        row = kept.pop(place)
        self.set_value(kept)
        if row:
            self.dropped.emit(
                f"已删除一行{self.field.label}", partial(self._bring_back, place, row)
            )

    def _bring_back(self, place: int, row: Mapping[str, Any]) -> None:
        rows = [_filled(editors) for editors, _remove in self._rows]
        self.set_value([*rows[:place], row, *rows[place:]])

    def _append(self) -> None:
        line = len(self._rows) + 1
        editors = {column.name: self._cell(column) for column in self.field.columns}
        for place, editor in enumerate(editors.values()):
            self._grid.addWidget(editor, line, place, Qt.AlignmentFlag.AlignTop)
            editor.changed.connect(self.changed)
        remove = button("", self._theme, icon="x", look="quiet", tip="删除这一行")
        # As high as a field, so that the cross stands beside its first line.
        remove.setMinimumHeight(self._theme.px(36))
        remove.clicked.connect(self._remove_row)
        self._grid.addWidget(remove, line, len(editors), Qt.AlignmentFlag.AlignTop)
        self._rows.append((editors, remove))

    def _cell(self, column: Field) -> FieldEditor:
        if column.type is FieldType.LONG_TEXT:
            return LineText(column)
        editor = editor_for(column, self._theme, self._people, self._today)
        if isinstance(editor, NamesEditor):
            editor.names.setPlaceholderText("姓名")
        return editor

    def _take(self, place: int) -> None:
        editors, remove = self._rows.pop(place)
        for widget in (*editors.values(), remove):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()


def _filled(editors: Mapping[str, FieldEditor]) -> dict[str, Any]:
    values = {name: editor.value() for name, editor in editors.items()}
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def _show(editors: Mapping[str, FieldEditor], row: Mapping[str, Any]) -> None:
    for name, editor in editors.items():
        editor.set_value(row.get(name))
