"""Small parts of the editor: a field with label and problem, a grid that follows the width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.ui.fields.field_editors import (
    ChoiceEditor,
    FieldEditor,
    LongTextEditor,
    NumberEditor,
)
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, look, space


class Cell(QWidget):
    """A field with its label above and a sentence below; ``span`` columns wide in a grid."""

    changed = Signal()

    def __init__(self, editor: FieldEditor, *, span: int = 1, title: str = "") -> None:
        super().__init__()
        self.editor = editor
        self.span = span
        self.wanted = True
        self.title = label(title or editor.field.label, "soft")
        self.title.setBuddy(editor)
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=3)
        column.addWidget(self.title)
        column.addWidget(editor)
        column.addWidget(self.note)
        column.addStretch()
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

    def say(self, text: str, *, wrong: bool = True) -> None:
        """Put a sentence below: a problem, or a remark."""
        self.editor.mark(bool(text) and wrong)
        if text == self.note.text():
            return
        self.note.setText(text)
        self.note.setVisible(bool(text))
        look(self.note, "problem" if wrong else "soft")

    def _on_changed(self) -> None:
        if self.note.text():
            self.say("")
        self.changed.emit()


class FieldGrid(QWidget):
    """Cells beside each other, as many as the width takes; unwanted ones leave no gap."""

    def __init__(self, theme: Theme, cells: Sequence[Cell], *, column: int = 150) -> None:
        super().__init__()
        self._theme, self._cells, self._column = theme, tuple(cells), column
        self._shape: tuple[object, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self.arrange()

    def arrange(self) -> None:
        """Lay out what is visible, if that or the width has changed."""
        shown = [cell for cell in self._cells if cell.wanted]
        most = sum(cell.span for cell in shown)
        columns = max(1, min(most, self.width() // self._theme.px(self._column)))
        shape = (columns, *shown)
        if shape == self._shape:
            return
        self._shape = shape
        while self._grid.takeAt(0):
            """The cells themselves stay."""
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102
        super().resizeEvent(event)
        self.arrange()


class CountEditor(NumberEditor):
    """A whole number; the arrow keys count up and down."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.line.installEventFilter(self)
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)

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


class OpenChoice(ChoiceEditor):
    """A choice whose entries change with other fields; what is chosen stays."""

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead, without a signal."""
        kept = self.value()
        quiet = self.box.blockSignals(True)
        while self.box.count() > 1:
            self.box.removeItem(1)
        for code, title in choices:
            self.box.addItem(title, code)
        self.set_value(kept)
        self.box.blockSignals(quiet)


class ShortText(LongTextEditor):
    """Paragraphs that begin with two lines and are seen whole up to fourteen."""

    lines = (2, 14)
    margin = 4

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.area.document().setDocumentMargin(self.margin)
        # Lines break anew when the width changes, after the editor itself was resized.
        self.area.document().documentLayout().documentSizeChanged.connect(self._grow)

    def _grow(self) -> None:
        area, (least, most) = self.area, self.lines
        wanted = int(area.document().size().height())
        policy = Qt.ScrollBarPolicy
        area.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if wanted > most else policy.ScrollBarAlwaysOff
        )
        height = min(max(wanted, least), most) * QFontMetrics(area.font()).lineSpacing()
        around = max(area.height() - area.viewport().height(), 2)
        area.setFixedHeight(height + 2 * self.margin + around)


class LineText(ShortText):
    """A text that begins as high as a field of one line."""

    lines = (1, 12)
    margin = 1


class Section(QWidget):
    """A part of the form with a soft heading, which can be taken away again."""

    removed = Signal()

    def __init__(self, title: str, inner: QWidget, theme: Theme, *, name: str = "") -> None:
        super().__init__()
        self.inner = inner
        self.note = label("", "problem", wrap=True)
        self.note.hide()
        self.remove = button("", theme, icon="x", look="quiet", tip=f"去掉{title}")
        self.remove.setObjectName(f"{name}.remove")
        self.remove.clicked.connect(self.removed)
        head = QHBoxLayout()
        space(head, margins=(0, 0, 0, 0), gap=8)
        head.addWidget(label(title, "soft"))
        head.addWidget(self.remove)
        head.addStretch()
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=3)
        column.addLayout(head)
        column.addWidget(inner)
        column.addWidget(self.note)
        self.remove.setVisible(bool(name))

    def say(self, text: str) -> None:
        """Put a problem below."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
