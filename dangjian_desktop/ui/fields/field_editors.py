"""The widgets that edit one value each, and how it is read and shown."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.field_values import plain_number, read_value
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.inputs import ReadField
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.widgets import mark_wrong

REQUIRED = "必填"


class FieldEditor(QWidget):
    """One field of a form: the widget, and its value as plain JSON; this one holds nothing yet.

    What cannot be read stays the text that was typed, so that no typing is ever lost.
    """

    changed = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self._inner: QWidget | None = None
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

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of its parts, by place; gives the first that is wrong."""
        return None

    def focusProxy(self) -> Any:  # noqa: D102
        # A proxy that Qt knows of sends Tab from behind the field back into it: a trap.
        return self._inner

    def setFocusProxy(self, inner: QWidget) -> None:  # noqa: D102
        self._inner = inner

    def setFocus(self, *reason: Any) -> None:  # noqa: D102
        if self._inner is not None:
            self._inner.setFocus(*reason)

    def hold(self, inner: QWidget) -> None:
        """Take the widget that is typed into; it is found by the name of the field."""
        inner.setObjectName(self.field.name)
        inner.setAccessibleName(self.field.label)
        inner.setAccessibleDescription(REQUIRED if self.field.required else "")
        self._layout.addWidget(inner)
        self.setFocusProxy(inner)

    def mark(self, said: str, *, wrong: bool = True) -> None:
        """Frame what is typed into as wrong, or no longer; a reader of the screen says why."""
        inner, wrong = self.focusProxy(), bool(said) and wrong
        if inner is None:
            return
        need = REQUIRED if self.field.required else ""
        inner.setAccessibleDescription(
            "，".join(filter(None, (need, "有误" if wrong else "", said)))
        )
        mark_wrong(inner, wrong)


class TextEditor(FieldEditor):
    """One line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
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
    """A number as people write it: ``1,200.5``, ``85%``, full-width digits."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._shown: tuple[Any, str] = (None, "")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.line.editingFinished.connect(self._settle)

    def set_value(self, value: Any) -> None:
        """A number; an amount that nobody touches comes back as it was given, as text or not."""
        super().set_value(value)
        amount = self.field.type in (FieldType.DECIMAL, FieldType.MONEY)
        self._shown = (value, self.line.text()) if amount else (None, "")

    def value(self) -> Any:
        """A whole number, a decimal one as text, or what was typed."""
        typed = super().value()
        if typed is not None and self.line.text() == self._shown[1]:
            return self._shown[0]
        try:
            return plain_number(self.field, typed) if typed else None
        except ValueError:
            return typed

    def problem(self) -> str:
        """When it is no number, or none that fits."""
        try:
            read_value(self.field, self.line.text().strip())
        except ValueError as wrong:
            return f"{self.field.label}{wrong}"
        return ""

    @Slot()
    def _settle(self) -> None:
        self.set_value(self.value())


class CountEditor(NumberEditor):
    """A number that the arrow keys count up and down."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.line.installEventFilter(self)

    def eventFilter(self, watched: Any, event: Any) -> bool:  # noqa: D102
        if isinstance(event, QKeyEvent) and event.type() == QKeyEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                value = self.value()
                if value is None or isinstance(value, int):
                    self.set_value(max((value or 0) + step, 0))
                return True
        return super().eventFilter(watched, event)


class ReadEditor(FieldEditor):
    """A day, a partly known day or a time."""

    def __init__(self, field: Field, inner: ReadField) -> None:
        super().__init__(field)
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
