"""Texts of several lines that grow with what is written."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.look.text_area import TextArea

MARGIN = 4


class LongTextEditor(FieldEditor):
    """Paragraphs; begins with ``least`` lines, shows up to ``most``; Tab goes to the next field."""

    def __init__(self, field: Field, *, least: int = 3, most: int = 14) -> None:
        super().__init__(field)
        self._least, self._most = least, most
        self._margin = 1 if least == 1 else MARGIN
        self.area = TextArea()
        # Lines wrap; a hanging punctuation mark must not bring a bar that hides the last line.
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setTabChangesFocus(True)
        self.area.hint = field.hint
        self.area.setPlaceholderText(field.hint)
        self.area.document().setDocumentMargin(self._margin)
        self.area.textChanged.connect(self.changed)
        self.area.textChanged.connect(self._grow)
        # Lines break anew when the width changes, after the editor itself was resized.
        self.area.document().documentLayout().documentSizeChanged.connect(self._grow)
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
        area, policy = self.area, Qt.ScrollBarPolicy
        wanted = int(area.document().size().height())
        needed = wanted > self._most
        area.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if needed else policy.ScrollBarAlwaysOff
        )
        lines = min(max(wanted, self._least), self._most)
        around = max(area.height() - area.viewport().height(), 2)
        height = lines * QFontMetrics(area.font()).lineSpacing() + 2 * self._margin + around
        if height != area.height():
            area.setFixedHeight(height)


class ListEditor(LongTextEditor):
    """A list of texts, one to a line."""

    def value(self) -> Any:
        """The lines that are not empty."""
        return [line.strip() for line in self.area.toPlainText().splitlines() if line.strip()]

    def set_value(self, value: Any) -> None:
        """A list of texts."""
        super().set_value("\n".join(str(part) for part in value or ()))
