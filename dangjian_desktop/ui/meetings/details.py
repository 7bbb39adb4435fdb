"""The fields that the chosen kinds declare; what other kinds held is kept aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.field_values import row_with_id
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.meetings.kinds import RECTIFICATION, Kinds
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.meetings.item import Heading


class DetailsPart(QWidget):
    """A form that is made anew for every choice of kinds."""

    changed = Signal()

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self._theme, self._people, self._today = theme, people, today
        self._kept: dict[str, Any] = {}
        self._codes: tuple[str, ...] | None = None
        self.form: Form | None = None
        self._column = column_of(Heading("本类会议的内容"), on=self)

    def value(self) -> dict[str, Any]:
        """What stands in the fields, and what stood in those of kinds no longer chosen."""
        found = self._kept | (self.form.values() if self.form else {})
        return {name: part for name, part in found.items() if part not in (None, "", [], {})}

    def set_value(self, values: Mapping[str, Any] | None) -> None:
        """Hold these values; ``follow`` shows them."""
        self._drop()
        self._kept = dict(values or {})

    def follow(self, codes: Sequence[str], kinds: Kinds) -> None:
        """Show the fields of these kinds."""
        if tuple(codes) == self._codes:
            return
        self._kept = self.value()
        self._drop()
        self._codes = tuple(codes)
        fields = kinds.fields_of(codes)
        self.setVisible(bool(fields))
        if fields:
            form = Form(
                fields,
                self._theme,
                columns=3,
                people=self._people,
                today=self._today,
                own={FieldType.RECORDS: self._rows},
            )
            form.fill(self._kept)
            form.changed.connect(self.changed)
            self._column.addWidget(form)
            self.form = form

    def tell(self, problems: Problems) -> QWidget | None:
        """Show each problem under its field."""
        return None if self.form is None else self.form.tell(problems)

    def _rows(self, field: Field) -> Rows:
        # What is to be mended leads to items, which keep to their row.
        fresh = row_with_id if field.name == RECTIFICATION else dict
        return Rows(field, self._theme, self._people, self._today, fresh=fresh)

    def _drop(self) -> None:
        self._codes = None
        if self.form is not None:
            self._column.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
