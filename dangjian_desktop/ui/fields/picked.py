"""Fields that hold what was picked: other records, files. Each shown by name, with a cross."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import WheelGuard
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.free_box import FreeBox
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, empty

Titled = Mapping[str, Any]
"""A picked thing as plain JSON, with its ``title``."""


class PickedEditor(FieldEditor):
    """The things that were picked; ``adder`` is the widget that picks one more. ``dropped`` says
    what was taken away and brings the way back."""

    dropped = Signal(str, object)

    def __init__(self, field: Field, theme: Theme, adder: QWidget) -> None:
        super().__init__(field)
        self._theme = theme
        self._picked: list[Titled] = []
        holder = QWidget()
        self._flow = FlowLayout(holder)
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self._layout.addWidget(holder)
        self.hold(adder)

    def value(self) -> Any:
        """A list of what was picked."""
        return [dict(each) for each in self._picked]

    def set_value(self, value: Any) -> None:
        """A list of what is picked."""
        self._show(value or ())

    def _show(self, picked: Sequence[Titled]) -> None:
        self._picked = list(picked)
        empty(self._flow)
        for each in self._picked:
            words = f"{each.get('title')}　✕"
            chip = button(words, self._theme, look="chip", name="picked", tip="点击去掉")
            chip.clicked.connect(partial(self._drop, each))
            self._flow.addWidget(chip)

    def add(self, picked: Titled) -> None:
        """One more, once."""
        if _which(picked) not in map(_which, self._picked):
            self._show([*self._picked, picked])
            self.changed.emit()

    def _drop(self, picked: Titled, *_checked: bool) -> None:
        place = self._picked.index(picked)
        self._show([each for each in self._picked if each != picked])
        self.changed.emit()
        self.dropped.emit(f"已去掉“{picked.get('title')}”", partial(self._put, place, picked))

    def _put(self, place: int, picked: Titled) -> None:
        if picked not in self._picked:
            self._show([*self._picked[:place], picked, *self._picked[place:]])
            self.changed.emit()


class LinkEditor(PickedEditor):
    """Other records, chosen from a list that is narrowed by typing."""

    def __init__(self, field: Field, theme: Theme, targets: Callable[[], Sequence[Titled]]) -> None:
        self._targets = targets
        self.box = FreeBox(choosing=True)
        super().__init__(field, theme, self.box)
        self._guard = WheelGuard(self)
        self.box.installEventFilter(self._guard)
        line = self.box.lineEdit()
        if line is not None:
            line.setPlaceholderText("输入日期、名称或拼音首字母查找")
        self.box.activated.connect(self._take)

    def set_value(self, value: Any) -> None:
        """Offers anew what can be linked, too."""
        self.box.clear()
        for target in self._targets():
            self.box.addItem(str(target["title"]), target)
        self.box.setCurrentIndex(-1)
        super().set_value(value)

    @Slot(int)
    def _take(self, place: int) -> None:
        target = self.box.itemData(place)
        if target:
            self.add(target)
        self.box.setCurrentIndex(-1)


def _which(picked: Titled) -> tuple[Any, ...]:
    return tuple(picked.get(name) for name in ("id", "item", "uid"))
