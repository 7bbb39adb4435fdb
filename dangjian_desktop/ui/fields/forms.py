"""A form is its fields: label above, problem below as a sentence, values as plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType, missing_fields
from dangjian_desktop.ui.fields.cells import WHOLE, Cell, FieldGrid, editor_for
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.fields.picked import PickedEditor
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.telling import Problems, point_out, told
from dangjian_desktop.ui.look.theme import Theme

TABLES = frozenset({FieldType.RECORD, FieldType.RECORDS})
WIDE = TABLES | {FieldType.LONG_TEXT, FieldType.LIST}


class Form(QWidget):
    """Edits the values of a record; knows nothing of what they mean.

    ``columns`` short fields stand beside each other; long texts and tables take the whole width.
    Labels stand above where it is ``titled``.
    Values are plain JSON as ``FieldType`` says; None when empty. ``people`` are offered by name
    fields; ``own`` makes the editors of types that only a subject knows. ``changed`` comes with
    every change, typed or filled in; ``dropped`` says what was taken away and brings the way back.
    """

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(
        self,
        fields: Sequence[Field],
        theme: Theme,
        *,
        columns: int = 2,
        titled: bool = True,
        people: Source = nobody,
        today: Today | None = None,
        own: Mapping[FieldType, Callable[[Field], FieldEditor]] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self.cells: dict[str, Cell] = {}
        for field in self.fields:
            editor: FieldEditor
            if (make := own.get(field.type)) is not None:
                editor = make(field)
            elif field.type in TABLES:
                editor = Rows(field, theme, people, today, own=own)
            else:
                editor = editor_for(field, theme, people, today)
            if isinstance(editor, Rows | PickedEditor):
                editor.dropped.connect(self.dropped)
            cell = Cell(editor, span=WHOLE if field.type in WIDE else 1, titled=titled)
            cell.changed.connect(self.changed)
            self.cells[field.name] = cell
        self.grid = FieldGrid(theme, tuple(self.cells.values()), most=columns)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.grid)

    def values(self) -> dict[str, Any]:
        """What stands in the form by name; text that cannot be read is given as typed."""
        return {name: cell.value() for name, cell in self.cells.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show these values; what is not among them is emptied."""
        for name, cell in self.cells.items():
            cell.set_value(values.get(name))

    def value(self) -> dict[str, Any]:
        """The same, of a form that is a part of another."""
        return self.values()

    def set_value(self, values: Mapping[str, Any] | None) -> None:
        """Show these values."""
        self.fill(values or {})

    def problems(self) -> dict[str, str]:
        """A sentence for each field that is required and empty, or cannot be read."""
        found = missing_fields(self.fields, self.values())
        found.update({n: p for n, c in self.cells.items() if (p := c.editor.problem())})
        return found

    def tell(self, problems: Problems) -> QWidget | None:
        """Show each problem under its field (``rows.0.due`` in its cell)."""
        return told(self.cells, problems)

    def point_out(self, problems: Problems) -> dict[str, str]:
        """The same, and go to the first; gives back what has no field."""
        point_out(self.cells, problems)
        return {n: text for n, text in problems.items() if n.partition(".")[0] not in self.cells}

    def editor(self, name: str) -> FieldEditor:
        """The editor of a field; raises KeyError for a name that the form lacks."""
        return self.cells[name].editor
