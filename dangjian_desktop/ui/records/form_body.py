"""The form of a record that is nothing but declared fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Source, nobody
from dangjian_desktop.ui.fields.telling import point_out
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, frame
from dangjian_desktop.ui.records.editing import Opened
from dangjian_desktop.ui.records.leaf import scrolled


class FormBody(QWidget):
    """Keeps in its state what the fields do not know, the id of the record among it."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(
        self,
        fields: Sequence[Field],
        theme: Theme,
        opened: Opened,
        people: Source = nobody,
        own: Mapping[FieldType, Callable[[Field], FieldEditor]] = MappingProxyType({}),
    ) -> None:
        super().__init__()
        self.opened = opened
        self._rest: State = {}
        self.form = Form(fields, theme, people=people, today=lambda: self.opened.today, own=own)
        self.form.changed.connect(self.changed)
        self.form.dropped.connect(self.dropped)
        card = frame("card")
        column_of(self.form, on=card, margins=(20, 12, 20, 16))
        holder = QWidget()
        column_of(card, ..., on=holder, gap=0, margins=(0, 0, 8, 0))
        column_of(scrolled(holder), on=self, gap=0)

    def show_context(self, context: Opened, state: Mapping[str, Any]) -> None:
        """Show a state of the record that was opened."""
        self.opened = context
        names = {field.name for field in self.form.fields}
        self._rest = {name: value for name, value in state.items() if name not in names}
        quiet = self.blockSignals(True)
        self.form.fill(state)
        self.blockSignals(quiet)

    def state(self) -> State:
        """Everything as it stands."""
        return self._rest | self.form.values()

    def problems(self) -> Mapping[str, str]:
        """What is required and missing, or cannot be read."""
        return self.form.problems()

    def point_out(self, problems: Mapping[str, str]) -> tuple[str, ...]:
        """Show each problem at its place, go to the first; gives back what has no place."""
        return point_out(self.form.cells, problems)

    def start(self) -> QWidget:
        """The first field."""
        return self.form.editor(self.form.fields[0].name)
