"""The chips of a sitting, a line for each party group, so that 36 members fit at a glance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.look.chips import FlowLayout
from dangjian_desktop.ui.look.widgets import label
from dangjian_desktop.ui.meetings.chips import PersonChip

Line = tuple[str, tuple[tuple[str, str], ...]]
"""A heading, perhaps empty, and the people under it: key and name."""


class PeopleGrid(QWidget):
    """``keyed`` brings key and state, ``toggled`` a click or Enter, ``focused`` the cursor."""

    keyed = Signal(str, str)
    toggled = Signal(str)
    focused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, PersonChip] = {}
        self._entered = ""
        self._shape: tuple[Line, ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_people(
        self, lines: Sequence[Line], entries: Mapping[str, State], excluded: frozenset[str]
    ) -> None:
        """Show these people as they are recorded."""
        if tuple(lines) != self._shape:
            self._shape = tuple(lines)
            self._lay(lines)
        for key in self.chips:
            self.dress(key, entries.get(key), excluded=key in excluded)

    def dress(self, key: str, entry: State | None, *, excluded: bool) -> None:
        """Show one of them as recorded."""
        self.chips[key].show_state(entry, excluded=excluded)

    @Slot(str, int)
    def _move(self, key: str, step: int) -> None:
        keys = list(self.chips)
        self.chips[keys[(keys.index(key) + step) % len(keys)]].setFocus()

    @Slot(str)
    def _enter_at(self, key: str) -> None:
        """Tab comes to one of them, the arrows go on from there: so it leads on to the bar."""
        self._entered = key if key in self.chips else next(iter(self.chips), "")
        for each, chip in self.chips.items():
            tab = each == self._entered
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if tab else Qt.FocusPolicy.ClickFocus)

    def _lay(self, lines: Sequence[Line]) -> None:
        focused = next((key for key, chip in self.chips.items() if chip.hasFocus()), "")
        while item := self._grid.takeAt(0):
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.chips = {}
        for place, (title, people) in enumerate(lines):
            if title:
                heading = label(f"{title}\n{len(people)} 人", "soft")
                self._grid.addWidget(heading, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._flow(people), place, 1)
        if focused in self.chips:
            self.chips[focused].setFocus()
        self._enter_at(self._entered)

    def _flow(self, people: Sequence[tuple[str, str]]) -> QWidget:
        holder = QWidget()
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        flow = FlowLayout(holder)
        for key, name in people:
            chip = PersonChip(key, name)
            chip.keyed.connect(self.keyed)
            chip.toggled_by.connect(self.toggled)
            chip.focused.connect(self._enter_at)
            chip.focused.connect(self.focused)
            chip.moved.connect(self._move)
            self.chips[key] = chip
            flow.addWidget(chip)
        return holder
