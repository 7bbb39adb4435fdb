"""A field that is a table: rows of the same columns, in lines or, where they are many, in cards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import WHOLE, Cell, FieldGrid, editor_for
from dangjian_desktop.ui.fields.choices import NamesEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.stack import Grip, Stack
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.fields.texts import LongTextEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, row_of, space

IN_A_LINE = 6
"""More columns than these do not fit beside each other."""
_SHARES = {FieldType.LONG_TEXT: 5, FieldType.LIST: 5, FieldType.INTEGER: 2, FieldType.YES_NO: 2}


class TableRow(QFrame):
    """One row of cells; what it holds besides its columns (an id) is kept though nobody sees it."""

    changed = Signal()
    asked = Signal(str)
    dragged = Signal(QPoint)

    def __init__(self, cells: Mapping[str, Cell], theme: Theme, *, noun: str, many: bool) -> None:
        super().__init__()
        self.cells = dict(cells)
        self._kept: State = {}
        self.number = label("", "heading")
        self.grip = Grip(theme)
        self.grip.dragged.connect(self.dragged)
        self.remove = button("", theme, icon="x", look="quiet", name="row.remove")
        # As high as a field, so that the cross stands beside its first line.
        self.remove.setToolTip(f"删除{noun}")
        self.remove.setAccessibleName(f"删除{noun}")
        self.remove.setFixedSize(theme.px(36), theme.px(36))
        self.remove.clicked.connect(partial(self.asked.emit, "remove"))
        if not many:
            self.grip.hide()
            self.remove.hide()
        for cell in self.cells.values():
            cell.changed.connect(self.changed)

    def value(self) -> State:
        """What stands in the row; empty cells are left out."""
        values = {name: cell.value() for name, cell in self.cells.items()}
        return self._kept | {n: v for n, v in values.items() if v not in (None, "", [])}

    def set_value(self, value: Mapping[str, Any]) -> None:
        """Show a row."""
        self._kept = {name: v for name, v in value.items() if name not in self.cells}
        for name, cell in self.cells.items():
            cell.set_value(value.get(name))

    def set_number(self, number: int) -> None:
        """Say which row it is."""
        self.number.setText(str(number))
        for cell in self.cells.values():
            inner = cell.editor.focusProxy()
            if inner is not None:
                inner.setAccessibleName(f"第{number}行{cell.editor.field.label}")

    def start(self) -> QWidget:
        """Its first cell."""
        return next(iter(self.cells.values())).editor

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of its cells, of the row as a whole under the first."""
        return told(self.cells, problems, otherwise=next(iter(self.cells)))

    def as_line(self, shares: Sequence[int]) -> None:
        """Put the cells beside each other; ``shares`` of the width alone set where each begins."""
        row = row_of((self.grip, 0, Qt.AlignmentFlag.AlignTop), on=self)
        for cell, share in zip(self.cells.values(), shares, strict=True):
            _by_share(cell)
            row.addWidget(cell, share, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)

    def as_card(self, theme: Theme, noun: str) -> None:
        """Put the cells into a grid under the number of the row."""
        self.setProperty("look", "card")
        head = row_of(self.grip, label(noun, "soft"), self.number, ..., self.remove)
        column = QVBoxLayout(self)
        space(column, margins=(12, 6, 12, 10), gap=4)
        column.addLayout(head)
        column.addWidget(FieldGrid(theme, tuple(self.cells.values()), column=130))


class Rows(FieldEditor):
    """RECORD is one row, RECORDS as many as wanted. ``shares`` divide the width of a line.

    ``fresh`` is what a new row holds besides its columns, ``untyped`` what does not make it
    count. ``dropped`` says what was taken away and brings the way back.
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
    ) -> None:
        super().__init__(field)
        self._theme, self._people, self._today = theme, people, today
        self._many = field.type is FieldType.RECORDS
        self._noun = noun or f"一行{field.label}"
        self._shares = tuple(shares) or tuple(_SHARES.get(c.type, 3) for c in field.columns)
        self._cards = len(field.columns) > IN_A_LINE
        self.stack = Stack(
            self._row,
            theme,
            name=field.name,
            noun=self._noun,
            add=add,
            fresh=fresh,
            untyped=untyped,
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

    def mark(self, wrong: bool) -> None:
        """Its cells are marked, not the table."""

    def _row(self) -> TableRow:
        cells = {c.name: self._cell(c, n) for n, c in enumerate(self.field.columns)}
        row = TableRow(cells, self._theme, noun=self._noun, many=self._many)
        if self._cards:
            row.as_card(self._theme, self.field.label)
        else:
            row.as_line(self._shares)
        return row

    def _cell(self, column: Field, place: int) -> Cell:
        if column.type is FieldType.LONG_TEXT:
            editor: FieldEditor = LongTextEditor(column, least=1, most=12)
        else:
            editor = editor_for(column, self._theme, self._people, self._today)
        if isinstance(editor, NamesEditor) and not column.hint:
            editor.names.setPlaceholderText("姓名")
        span = min(self._shares[place], WHOLE) if self._cards else 1
        return Cell(editor, span=span, titled=self._cards)

    def _heading_line(self) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        space(row, margins=(0, 0, 0, 0), gap=8)
        grip, cross = (self._theme.px(each) + 8 if self._many else 0 for each in (14, 36))
        row.addSpacing(grip)
        for column, share in zip(self.field.columns, self._shares, strict=True):
            heading = QLabel(column.title + (" *" if column.required else ""))
            heading.setProperty("look", "soft")
            _by_share(heading)
            row.addWidget(heading, share)
        row.addSpacing(cross)
        return holder

    def _tell_headings(self) -> None:
        # Headings of columns without a row say nothing.
        self._headings.setVisible(bool(self.rows) and not self._cards)

    def _on_changed(self) -> None:
        self._tell_headings()
        self.changed.emit()


def _by_share(widget: QWidget) -> None:
    """Let only the share set the width, so that headings and cells stand in columns."""
    widget.setMinimumWidth(1)
    widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
