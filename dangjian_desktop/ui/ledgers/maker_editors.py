"""What only the maker of ledgers asks: sentences with 〔栏目〕 in them, several 栏目 in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.ui.fields.field_editors import TextEditor
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.fields.picked import PickedEditor
from dangjian_desktop.ui.fields.texts import ListEditor
from dangjian_desktop.ui.look.text_area import TextArea
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import row_of

NO_MORE = "（已删去的栏目）"
"""What stands for a choice that is offered no more."""


class PlaceBox(QComboBox):
    """Offers places and puts the chosen one where the cursor stands."""

    def __init__(self, name: str, typed: QLineEdit | TextArea) -> None:
        super().__init__()
        self.name, self._typed = name, typed
        self.setAccessibleName("插入栏目")
        self._guard = WheelGuard(self)
        self.installEventFilter(self._guard)
        self.activated.connect(self._insert)
        self.offer(())

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """These places, each with its words."""
        self.clear()
        self.addItem("插入栏目", None)
        for place, words in choices:
            self.addItem(words, place)

    @Slot(int)
    def _insert(self, at: int) -> None:
        place = self.itemData(at)
        self.setCurrentIndex(0)
        if not place:
            return
        if isinstance(self._typed, QLineEdit):
            self._typed.insert(place)
        else:
            self._typed.insertPlainText(place)
        self._typed.setFocus()


class SentenceEditor(TextEditor):
    """One sentence."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._layout.addLayout(row_of((self.line, 1), PlaceBox(field.name, self.line), gap=6))


class ParagraphsEditor(ListEditor):
    """Paragraphs, one to a line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        box = PlaceBox(field.name, self.area)
        self._layout.insertLayout(0, row_of(box, ...))


class SeveralEditor(PickedEditor):
    """Some of what is offered, in the order in which they were picked; the value is codes."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self._words: dict[str, str] = {}
        self.box = QComboBox()
        super().__init__(field, theme, self.box)
        self._guard = WheelGuard(self)
        self.box.installEventFilter(self._guard)
        self.box.activated.connect(self._take)
        self.offer(field.choices)

    def value(self) -> Any:
        """A list of codes."""
        return [each["id"] for each in self._picked]

    def set_value(self, value: Any) -> None:
        """A list of codes."""
        codes = [each if isinstance(each, str) else each["id"] for each in value or ()]
        super().set_value([{"id": c, "title": self._words.get(c, NO_MORE)} for c in codes])

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead; what is picked stays."""
        if dict(choices) != self._words or not self.box.count():
            self._words = dict(choices)
            self.box.clear()
            self.box.addItem(self.field.hint or "添加", None)
            for code, words in choices:
                self.box.addItem(words, code)
            self.set_value(self.value())

    @Slot(int)
    def _take(self, place: int) -> None:
        code = self.box.itemData(place)
        self.box.setCurrentIndex(0)
        if code:
            self.add({"id": code, "title": self._words[code]})
