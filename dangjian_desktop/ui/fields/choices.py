"""The editors of values that are chosen: one of a few, several, yes or no, people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QComboBox

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.fields.names import NameField, Source
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.theme import Theme

YES_NO = (("yes", "是"), ("no", "否"))


class ChoiceEditor(FieldEditor):
    """One of a few; an empty first entry means not chosen."""

    def __init__(self, field: Field, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(field)
        self.box = QComboBox()
        self.box.addItem(field.hint or "未选择", None)
        self.offer(choices)
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

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer these instead, without a signal; what is chosen stays."""
        kept = self.value()
        quiet = self.box.blockSignals(True)
        while self.box.count() > 1:
            self.box.removeItem(1)
        for code, title in choices:
            if code:
                self.box.addItem(title, code)
        self.set_value(kept)
        self.box.blockSignals(quiet)


class YesNoEditor(ChoiceEditor):
    """Yes, no, or not said."""

    def __init__(self, field: Field) -> None:
        super().__init__(field, YES_NO)

    def value(self) -> Any:
        """True, false, or nothing."""
        code = super().value()
        return None if code is None else code == "yes"

    def set_value(self, value: Any) -> None:
        """True, false or nothing."""
        super().set_value(None if value is None else ("yes" if value else "no"))


class ChoicesEditor(FieldEditor):
    """Several of a few, as chips; those that are no longer offered are kept."""

    def __init__(self, field: Field, theme: Theme) -> None:
        super().__init__(field)
        self._kept: tuple[str, ...] = ()
        self.chips = ChipRow(theme, field.choices, exclusive=False)
        self.chips.chosen.connect(self.changed)
        self.hold(self.chips)
        if field.choices:
            self.setFocusProxy(self.chips.chip(field.choices[0][0]))

    def value(self) -> Any:
        """The codes, in the order in which they are offered."""
        return [*self.chips.codes(), *self._kept]

    def set_value(self, value: Any) -> None:
        """A list of codes."""
        codes = tuple(value or ())
        self._kept = tuple(code for code in codes if code not in dict(self.field.choices))
        self.chips.set_codes(codes)


class NamesEditor(FieldEditor):
    """One name or several; a list of texts for NAMES, a text for NAME."""

    def __init__(self, field: Field, people: Source) -> None:
        super().__init__(field)
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
