"""A field with its label and its problem, a grid of them, a part that can be taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.ui.fields.choices import ChoiceEditor, ChoicesEditor, NamesEditor, YesNoEditor
from dangjian_desktop.ui.fields.field_editors import (
    FieldEditor,
    NumberEditor,
    ReadEditor,
    TextEditor,
)
from dangjian_desktop.ui.fields.inputs import (
    DateField,
    MonthField,
    PartialDateField,
    TimeField,
    Today,
)
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.fields.texts import ListEditor, LongTextEditor
from dangjian_desktop.ui.look.cover import Cover
from dangjian_desktop.ui.look.spoken import Problem, announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import apart, button, label, look, row_of, space

WHOLE = 99
"""As many columns as there are."""


def editor_for(field: Field, theme: Theme, people: Source, today: Today | None) -> FieldEditor:
    """The widget for a field that is no RECORD; raises KeyError for one that is."""
    makers: dict[FieldType, Callable[[], FieldEditor]] = {
        FieldType.TEXT: lambda: TextEditor(field),
        FieldType.LONG_TEXT: lambda: LongTextEditor(field),
        FieldType.DATE: lambda: ReadEditor(field, DateField(theme, today=today)),
        FieldType.PARTIAL_DATE: lambda: ReadEditor(field, PartialDateField(theme, today=today)),
        FieldType.TIME: lambda: ReadEditor(field, TimeField()),
        FieldType.MONTH: lambda: ReadEditor(field, MonthField(today=today)),
        FieldType.CHOICES: lambda: ChoicesEditor(field, theme),
        FieldType.CHOICE: lambda: ChoiceEditor(field, field.choices),
        FieldType.YES_NO: lambda: YesNoEditor(field),
        FieldType.PERSON: lambda: NamesEditor(field, people),
        FieldType.GROUP: lambda: NamesEditor(field, people),
        FieldType.PEOPLE: lambda: NamesEditor(field, people),
        FieldType.LIST: lambda: ListEditor(field),
    }
    return NumberEditor(field) if field.type.numeric else makers[field.type]()


def heading_of(editor: FieldEditor, title: str = "") -> QLabel:
    """The label of a field, with which a reader of the screen names what is typed into."""
    field = editor.field
    made = label(title or field.title + (" *" if field.required else ""), "soft")
    made.setBuddy(editor.focusProxy() or editor)
    return made


class Noted(QWidget):
    """Something with a sentence below: a problem, or a remark."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        apart(self)
        self.inner = inner
        self.note = Problem()

    def say(self, text: str, *, wrong: bool = True) -> None:
        """Put a sentence below, which a reader of the screen says with the field."""
        if isinstance(self.inner, FieldEditor):
            self.inner.mark(text, wrong=wrong)
        if text != self.note.text():
            look(self.note, "problem" if wrong else "soft")
            self.note.setText(text)
            self.note.setVisible(bool(text))
            if not wrong:
                announce(self.note, text)

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said as a whole below, and what is said of its parts (``0.due``) there."""
        self.say(problems.get("", ""))
        parts = {place: text for place, text in problems.items() if place}
        wrong: QWidget | None = self.inner.tell(parts) if hasattr(self.inner, "tell") else None
        whole: QWidget = self.inner
        return whole if "" in problems else wrong


class Cell(Noted):
    """A field with its label above and a sentence below; ``span`` columns wide in a grid."""

    changed = Signal()

    def __init__(self, editor: FieldEditor, *, span: int = 1, titled: bool = True) -> None:
        super().__init__(editor)
        self.editor = editor
        self.span = span
        self.wanted = True
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=3)
        if titled:
            column.addWidget(heading_of(editor))
        column.addWidget(editor)
        column.addWidget(self.note)
        column.addStretch()
        if editor.field.masked and isinstance(editor, TextEditor):
            Cover(editor.line, self.note)
        editor.changed.connect(self._on_changed)

    def value(self) -> Any:
        """The plain value."""
        return self.editor.value()

    def set_value(self, value: Any) -> None:
        """Show a plain value from its beginning, without a sentence below."""
        self.editor.set_value(value)
        inner = self.editor.focusProxy()
        if isinstance(inner, QLineEdit) and not inner.hasFocus():
            inner.setCursorPosition(0)
        self.say("")

    def ask_if(self, wanted: bool) -> None:
        """Ask for this field only where it is wanted or something stands in it."""
        self.wanted = wanted or self.value() not in (None, "", [])

    def _on_changed(self) -> None:
        typed = self.value()
        gone = clean(typed, multiline=True)[1] if isinstance(typed, str) else ""
        if gone or self.note.text():
            self.say(f"其中的{gone}不能显示和打印，保存时去掉。" if gone else "", wrong=False)
        self.changed.emit()


class FieldGrid(QWidget):
    """Cells beside each other, as many as the width takes, at most ``most``; unwanted ones
    leave no gap. ``column`` is the least width of one. As a part of a form it holds an object of
    their values, each by the last part of its name; nothing where nothing stands in them."""

    changed = Signal()

    def __init__(
        self, theme: Theme, cells: Sequence[Cell], *, column: int = 150, most: int = WHOLE
    ) -> None:
        super().__init__()
        self._theme, self._cells, self._column = theme, tuple(cells), column
        self._most = most
        self._shape: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        for cell in self._cells:
            cell.changed.connect(self.changed)
        self.arrange()

    @property
    def _named(self) -> dict[str, Cell]:
        return {cell.editor.field.name.rpartition(".")[2]: cell for cell in self._cells}

    def value(self) -> dict[str, Any] | None:
        """What stands in the cells."""
        found = {name: cell.value() for name, cell in self._named.items()}
        return found if any(value is not None for value in found.values()) else None

    def set_value(self, values: Mapping[str, Any] | None) -> None:
        """Show these, and empty the others."""
        for name, cell in self._named.items():
            cell.set_value((values or {}).get(name))

    def arrange(self) -> None:
        """Lay out what is visible, if that or the width has changed."""
        shown = [cell for cell in self._cells if cell.wanted]
        most = min(sum(cell.span for cell in shown), self._most)
        columns = max(1, min(most, self.width() // self._theme.px(self._column)))
        shape = (columns, *((cell, cell.span) for cell in shown))
        if shape == self._shape:
            return
        self._shape = shape
        for cell in self._cells:
            # Not takeAt: what it gives outlives the grid's own, and with it heights of before.
            self._grid.removeWidget(cell)
        for column in range(max(self._grid.columnCount(), columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        row, place = 0, 0
        for cell in shown:
            span = min(cell.span, columns)
            if place + span > columns:
                row, place = row + 1, 0
            self._grid.addWidget(cell, row, place, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        for cell in self._cells:
            cell.setParent(self)
            cell.setVisible(cell.wanted)

    def minimumSizeHint(self) -> QSize:  # noqa: D102
        # Of one column, else it would keep the width of as many as it once had.
        return QSize(self._theme.px(self._column), super().minimumSizeHint().height())

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of its fields."""
        return told(self._named, problems)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.arrange()


class Section(Noted):
    """A part of the form; with a ``title`` it has a soft heading, with a ``name`` it can be
    taken away again."""

    removed = Signal()

    def __init__(self, title: str, inner: QWidget, theme: Theme, *, name: str = "") -> None:
        super().__init__(inner)
        self.remove = button("", theme, icon="x", look="quiet", tip=f"去掉{title}")
        self.remove.setObjectName(f"{name}.remove")
        self.remove.clicked.connect(self.removed)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=3)
        if title:
            head = row_of(label(title, "soft"), self.remove, ...)
            column.addLayout(head)
        column.addWidget(inner)
        column.addWidget(self.note)
        self.remove.setVisible(bool(title and name))

    @property
    def changed(self) -> Any:
        """The signal of what it holds."""
        return self.inner.changed

    def value(self) -> Any:
        """What stands in it."""
        return self.inner.value()

    def set_value(self, value: Any) -> None:
        """Show this in it, without a sentence below."""
        self.inner.set_value(value)
        self.say("")
