"""A field that is a table: rows of the same columns, in lines or, where they are many, in cards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QWidget,
)

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import WHOLE, Cell, editor_for
from dangjian_desktop.ui.fields.choices import NamesEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.stack import Stack
from dangjian_desktop.ui.fields.table_row import TableRow, by_share
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.fields.texts import LongTextEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import space

IN_A_LINE = 6
"""More columns than these do not fit beside each other."""
_SHARES = {FieldType.LONG_TEXT: 5, FieldType.LIST: 5, FieldType.INTEGER: 2, FieldType.YES_NO: 2}


class Rows(FieldEditor):
    """RECORD is one row, RECORDS as many as wanted. ``shares`` divide the width of a line.

    ``fresh`` is what a new row holds besides its columns, ``untyped`` what does not make it
    count, ``fill`` words and rows of a button beside an empty table. Of ``line`` columns those
    in front stand in a line, the others below it. ``own`` makes editors as for a form.
    ``dropped`` says what was taken away and brings the way back.
    """

    dropped = Signal(str, object)

    def __init__(
        self,
        field: Field,
        theme: Theme,
        people: Source,
        today: Today | None,
        *,
        shares: Sequence[int] = (),
        add: str = "添加一行",
        noun: str = "",
        fresh: Callable[[], State] = dict,
        untyped: Collection[str] = ("id",),
        fill: tuple[str, Callable[[], list[State]]] | None = None,
        line: int = 0,
        own: Mapping[FieldType, Callable[[Field], FieldEditor]] = MappingProxyType({}),
    ) -> None:
        super().__init__(field)
        self._theme, self._people, self._today, self._own = theme, people, today, own
        self._many = field.type is FieldType.RECORDS
        self._noun = noun or f"一行{field.label}"
        self._shares = tuple(shares) or tuple(_SHARES.get(c.type, 3) for c in field.columns)
        self._line = line or len(field.columns)
        self._cards = self._line > IN_A_LINE
        self.stack = Stack(
            self._row,
            theme,
            name=field.name,
            noun=self._noun,
            add=add,
            fresh=fresh,
            untyped=untyped,
            fill=fill,
            gap=8 if self._cards else 4,
        )
        self.stack.changed.connect(self._on_changed)
        self.stack.dropped.connect(self.dropped)
        self._headings = self._heading_line()
        for part in (self._headings, self.stack):
            self._layout.addWidget(part)
        self.stack.add.setVisible(self._many)
        self.stack.foot.setVisible(self._many)
        if not self._many:
            self.stack.set_value([{}])
        self.setFocusProxy(self.stack.add if self._many else self.rows[0].start().focusProxy())
        self._tell_headings()

    @property
    def rows(self) -> list[TableRow]:
        """All rows, empty ones too."""
        return self.stack.rows

    def value(self) -> Any:
        """The rows in which something stands; for a RECORD the one row, or nothing."""
        found = self.stack.value()
        if self._many:
            return found
        return found[0] if found else None

    def set_value(self, value: Any) -> None:
        """A list of objects, or one."""
        self.stack.set_value(list(value or ()) if self._many else [value or {}])
        self._tell_headings()
        self.changed.emit()

    def problem(self) -> str:
        """The first sentence of any of its cells, with the row it stands in."""
        for number, row in enumerate(self.rows, 1):
            for cell in row.cells.values():
                if text := cell.editor.problem():
                    return f"第{number}行{cell.editor.field.label}：{text}" if self._many else text
        return ""

    def tell(self, problems: Problems) -> QWidget | None:
        """Show each sentence (``0.planned``) under its cell, others under the table."""
        return self.stack.tell(
            problems if self._many else {f"0.{p}": problems[p] for p in problems}
        )

    def mark(self, said: str, *, wrong: bool = True) -> None:
        """Its cells are marked, not the table."""

    def _row(self) -> TableRow:
        cells = {c.name: self._cell(c, n) for n, c in enumerate(self.field.columns)}
        row = TableRow(cells, self._theme, noun=self._noun, many=self._many)
        if self._cards:
            row.as_card(self._theme, self.field.label)
        else:
            row.as_line(self._shares[: self._line], self._theme)
        return row

    def _cell(self, column: Field, place: int) -> Cell:
        editor: FieldEditor
        if (make := self._own.get(column.type)) is not None:
            editor = make(column)
        elif column.type is FieldType.LONG_TEXT:
            editor = LongTextEditor(column, least=1, most=12)
        else:
            editor = editor_for(column, self._theme, self._people, self._today)
        if isinstance(editor, NamesEditor) and not column.hint:
            editor.names.setPlaceholderText("姓名")
        if isinstance(editor, Rows):
            editor.dropped.connect(self.dropped)
        below = self._cards or place >= self._line
        span = min(self._shares[place], WHOLE) if below else 1
        return Cell(editor, span=span, titled=below)

    def _heading_line(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        space(row, margins=(0, 0, 0, 0), gap=8)
        grip, cross = (self._theme.px(each) + 8 if self._many else 0 for each in (14, 36))
        row.addSpacing(grip)
        for column, share in zip(self.field.columns[: self._line], self._shares, strict=False):
            heading = QLabel(column.title + (" *" if column.required else ""))
            heading.setProperty("look", "soft")
            by_share(heading)
            row.addWidget(heading, share)
        row.addSpacing(cross * (2 if self._line < len(self.field.columns) else 1))
        return holder

    def _tell_headings(self) -> None:
        # Headings of columns without a row say nothing.
        self._headings.setVisible(bool(self.rows) and not self._cards)

    def _on_changed(self) -> None:
        self._tell_headings()
        self.changed.emit()
