"""The vote of an agenda item: how, and the counts that this way of voting has."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.meetings.meeting import ADMISSION_MATTERS, Matter, VoteMethod
from dangjian_desktop.domain.meetings.record import AGENDA, VOTE
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.field_editors import CountEditor
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of

_HANDS = ("yes", "no", "abstain")


class ElectionPart(QWidget):
    """How many are to be elected, and in which ballot; asked of elections only."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cells = {name: Cell(CountEditor(AGENDA.column(name))) for name in ("seats", "round")}
        self._grid = FieldGrid(theme, [*self.cells.values()], column=150)
        theme.fit(self._grid, QWidget.setMaximumWidth, 360)
        column_of(self._grid, on=self, gap=0)
        self._grid.changed.connect(self.changed)

    def value(self) -> State:
        """Both numbers."""
        return self._grid.value() or dict.fromkeys(self.cells)

    def set_value(self, state: State) -> None:
        """Show both."""
        self._grid.set_value(state)

    def set_matter(self, matter: Matter) -> None:
        """Ask where the matter is an election."""
        for cell in self.cells.values():
            cell.ask_if(matter is Matter.ELECTION)
        self.setVisible(any(cell.wanted for cell in self.cells.values()))
        self._grid.arrange()


class VotePanel(QWidget):
    """Only what the method and the matter ask for is shown; what was typed is never dropped."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        asked, *counts = VOTE.columns
        self.method = Cell(ChoiceEditor(asked, asked.choices))
        self.counts = {count.name: Cell(CountEditor(count)) for count in counts}
        self._matter = Matter.GENERAL
        self._grid = FieldGrid(theme, [self.method, *self.counts.values()], column=92)
        column_of(self._grid, on=self, gap=0)
        self._grid.changed.connect(self._on_changed)
        self._follow()

    def value(self) -> State | None:
        """Method and counts; nothing when nothing stands there."""
        return self._grid.value()

    def set_value(self, state: State | None) -> None:
        """Show method and counts."""
        self._grid.set_value(state)
        self._follow()

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of method and counts."""
        return self._grid.tell(problems)

    def set_matter(self, matter: Matter) -> None:
        """Ask for what a vote on such a matter has."""
        self._matter = matter
        self._follow()

    def _on_changed(self) -> None:
        self._follow()
        self.changed.emit()

    def _follow(self) -> None:
        by_hands = self.method.value() == VoteMethod.HANDS.value
        for name, cell in self.counts.items():
            asked = name in _HANDS or not by_hands
            if name.startswith("written"):
                asked = self._matter in ADMISSION_MATTERS and not by_hands
            cell.ask_if(asked)
        self._grid.arrange()
