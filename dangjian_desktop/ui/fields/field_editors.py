"""Which widget edits which type of field, and how its value is read and shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.field_values import plain_number, read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.inputs import (
    DateField,
    PartialDateField,
    ReadField,
    TimeField,
    Today,
    WheelGuard,
)
from dangjian_desktop.ui.fields.names import NameField, Source
from dangjian_desktop.ui.look.theme import Theme

WIDE = frozenset({FieldType.LONG_TEXT, FieldType.LIST, FieldType.RECORD, FieldType.RECORDS})
YES_NO = (("yes", "是"), ("no", "否"))


class FieldEditor(QWidget):
    """One field of a form: the widget, and its value as plain JSON; this one holds nothing yet.

    What cannot be read stays the text that was typed, so that no typing is ever lost.
    """

    changed = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._layout = layout

    def value(self) -> Any:
        """The plain value; nothing when empty."""
        return None

    def set_value(self, value: Any) -> None:
        """Show a plain value."""

    def problem(self) -> str:
        """A sentence when what was typed cannot be read."""
        return ""

    def hold(self, inner: QWidget) -> None:
        """Take the widget that is typed into; it is found by the name of the field."""
        inner.setObjectName(self.field.name)
        inner.setAccessibleName(self.field.label)
        self._layout.addWidget(inner)
        self.setFocusProxy(inner)

    def mark(self, wrong: bool) -> None:
        """Frame what is typed into as wrong, or no longer."""
        inner = self.focusProxy()
        if inner is not None and inner.property("wrong") != wrong:
            inner.setProperty("wrong", wrong)
            inner.style().unpolish(inner)
            inner.style().polish(inner)


class TextEditor(FieldEditor):
    """One line."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line = QLineEdit()
        self.line.setPlaceholderText(field.hint)
        self.line.textChanged.connect(self.changed)
        self.hold(self.line)

    def value(self) -> Any:
        """Text without blanks at its ends."""
        return self.line.text().strip() or None

    def set_value(self, value: Any) -> None:
        """Any value as text."""
        self.line.setText("" if value is None else str(value))


class NumberEditor(TextEditor):
    """A whole or decimal number."""

    def value(self) -> Any:
        """A whole number, or a decimal one as text."""
        typed = super().value()
        try:
            return plain_number(self.field, typed) if typed else None
        except ValueError:
            return typed

    def problem(self) -> str:
        """When it is no number."""
        typed = self.line.text().strip()
        try:
            read_value(self.field, typed)
        except ValueError as wrong:
            return f"{self.field.label}{wrong}"
        return ""


class ReadEditor(FieldEditor):
    """A day, a partly known day or a time."""

    def __init__(self, field: Field, inner: ReadField, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.inner = inner
        if field.hint:
            inner.setPlaceholderText(field.hint)
        inner.entered.connect(self.changed)
        self.hold(inner)

    def value(self) -> Any:
        """As JSON keeps it, or the text typed."""
        return self.inner.plain() or self.inner.text().strip() or None

    def set_value(self, value: Any) -> None:
        """A text, or anything whose text it is."""
        self.inner.set_plain(None if value is None else str(value))

    def problem(self) -> str:
        """How to write it."""
        return "" if self.inner.readable else self.inner.unreadable


class LongTextEditor(FieldEditor):
    """Paragraphs; grows with them, Tab goes on to the next field."""

    lines = (3, 14)

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.area = QPlainTextEdit()
        # Lines wrap; a hanging punctuation mark must not bring a bar that hides the last line.
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setTabChangesFocus(True)
        self.area.setPlaceholderText(field.hint)
        self.area.textChanged.connect(self.changed)
        self.area.textChanged.connect(self._grow)
        self.hold(self.area)
        self._grow()

    def value(self) -> Any:
        """The text with its line ends."""
        return self.area.toPlainText().strip() or None

    def set_value(self, value: Any) -> None:
        """A text."""
        text = "" if value is None else str(value)
        if text != self.area.toPlainText():
            self.area.setPlainText(text)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()

    def resizeEvent(self, event: Any) -> None:  # noqa: D102
        super().resizeEvent(event)
        self._grow()

    def _grow(self) -> None:
        height = QFontMetrics(self.area.font()).lineSpacing()
        wanted = int(self.area.document().size().height())
        least, most = self.lines
        self.area.setFixedHeight(min(max(wanted, least), most) * height + 24)


class ListEditor(LongTextEditor):
    """A list of texts, one to a line."""

    def value(self) -> Any:
        """The lines that are not empty."""
        return [line.strip() for line in self.area.toPlainText().splitlines() if line.strip()]

    def set_value(self, value: Any) -> None:
        """A list of texts."""
        super().set_value("\n".join(str(part) for part in value or ()))


class ChoiceEditor(FieldEditor):
    """One of a few; an empty first entry means not chosen."""

    def __init__(
        self,
        field: Field,
        choices: tuple[tuple[str, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(field, parent)
        self.box = QComboBox()
        self.box.addItem(field.hint or "未选择", None)
        for code, title in choices:
            if code:
                self.box.addItem(title, code)
        self._guard = WheelGuard(self)
        self.box.installEventFilter(self._guard)
        self.box.currentIndexChanged.connect(self.changed)
        self.hold(self.box)

    def value(self) -> Any:
        """The code."""
        return self.box.currentData()

    def set_value(self, value: Any) -> None:
        """A code; one that is no longer offered is added, so that old records keep it."""
        place = self.box.findData(value)
        if place < 0 and value:
            self.box.addItem(str(value), value)
            place = self.box.count() - 1
        self.box.setCurrentIndex(max(place, 0))


class YesNoEditor(ChoiceEditor):
    """Yes, no, or not said."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, YES_NO, parent)

    def value(self) -> Any:
        """True, false, or nothing."""
        code = super().value()
        return None if code is None else code == "yes"

    def set_value(self, value: Any) -> None:
        """True, false or nothing."""
        super().set_value(None if value is None else ("yes" if value else "no"))


class NamesEditor(FieldEditor):
    """One name or several; a list of texts for NAMES, a text for NAME."""

    def __init__(self, field: Field, people: Source, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._several = field.type is FieldType.PEOPLE
        self.names = NameField(people, several=self._several)
        if field.hint:
            self.names.setPlaceholderText(field.hint)
        self.names.entered.connect(self.changed)
        self.hold(self.names)

    def value(self) -> Any:
        """The names as typed or chosen."""
        found = list(self.names.names())
        return found if self._several else (found[0] if found else None)

    def set_value(self, value: Any) -> None:
        """A list of names, or one."""
        several = value if isinstance(value, list | tuple) else [value] if value else []
        self.names.set_names([str(name) for name in several])


def editor_for(field: Field, theme: Theme, people: Source, today: Today | None) -> FieldEditor:
    """The widget for a field that is no RECORD; raises KeyError for one that is."""
    makers: dict[FieldType, Callable[[], FieldEditor]] = {
        FieldType.TEXT: lambda: TextEditor(field),
        FieldType.LONG_TEXT: lambda: LongTextEditor(field),
        FieldType.DATE: lambda: ReadEditor(field, DateField(theme, today=today)),
        FieldType.PARTIAL_DATE: lambda: ReadEditor(field, PartialDateField(theme, today=today)),
        FieldType.TIME: lambda: ReadEditor(field, TimeField()),
        FieldType.CHOICE: lambda: ChoiceEditor(field, field.choices),
        FieldType.YES_NO: lambda: YesNoEditor(field),
        FieldType.PERSON: lambda: NamesEditor(field, people),
        FieldType.GROUP: lambda: NamesEditor(field, people),
        FieldType.PEOPLE: lambda: NamesEditor(field, people),
        FieldType.LIST: lambda: ListEditor(field),
    }
    return NumberEditor(field) if field.type.numeric else makers[field.type]()
