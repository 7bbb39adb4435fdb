"""How an editor is laid out: its head over the form, notes under it, and beside the form what it
turns into."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QSplitter, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, label, space
from dangjian_desktop.ui.records.head import EditorHead

LEAST = 440


class Leaf(QWidget):
    """``aside`` (the page as it would print) is shown by the button of the head; ``turned`` tells
    when it is shown or put away. In a narrow window form and page take turns."""

    turned = Signal(bool)

    def __init__(
        self, theme: Theme, head: EditorHead, note: QWidget, aside: QWidget | None
    ) -> None:
        super().__init__()
        self.narrow = self._beside = False
        self._theme, self._head, self._aside = theme, head, aside
        self.form = QWidget()
        self._column = QVBoxLayout(self.form)
        space(self._column, margins=(0, 0, 0, 0), gap=0)
        self._opening = label("正在打开……", "soft")
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._column.addWidget(self._opening)
        column_of(head, (self._halves(), 1), head.notes, note, on=self, gap=10)
        head.preview.setVisible(aside is not None)
        head.preview.toggled.connect(self._turn)

    def hold(self, body: QWidget) -> None:
        """Show this form."""
        self._column.addWidget(body)

    def show_form(self, shown: bool) -> None:
        """While another record is on its way the one before must not be typed into."""
        self._opening.setVisible(not shown)
        for place in range(1, self._column.count()):
            part = self._column.itemAt(place).widget()
            if part is not None:
                part.setVisible(shown)
        for act in (self._head.save, self._head.done):
            act.setEnabled(shown)

    def back(self, focus: QWidget | None) -> bool:
        """Close the list of names at the cursor, or in a narrow window the page over the form;
        false when neither is open."""
        lists: list[Any] = list(focus.findChildren(QListWidget)) if focus else []
        for names in lists:
            if names.isVisible():
                names.hide()
                return True
        if self.narrow and self._head.preview.isChecked():
            self._head.preview.setChecked(False)
            return True
        return False

    def set_narrow(self, narrow: bool) -> None:
        """Form and page take turns, the form first, or stand beside each other as before."""
        shown = self._head.preview.isChecked()
        if narrow and not self.narrow:
            self._beside, shown = shown, False
        elif self.narrow and not narrow:
            shown = shown or self._beside
        self.narrow = narrow
        self._head.preview.setChecked(shown)
        self._turn(shown)

    @Slot(bool)
    def _turn(self, shown: bool) -> None:
        if self._aside is None:
            return
        self._aside.setVisible(shown)
        self.form.setVisible(not (shown and self.narrow))
        self.form.setMinimumWidth(self._theme.px(LEAST) if shown and not self.narrow else 0)
        self.turned.emit(shown)

    def _halves(self) -> QWidget:
        if self._aside is None:
            return self.form
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setHandleWidth(12)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.form)
        splitter.addWidget(self._aside)
        splitter.setStretchFactor(0, 62)
        splitter.setStretchFactor(1, 38)
        splitter.setSizes([620, 380])
        self._aside.hide()
        return splitter
