"""The targets of a project as cards: what is measured, from where to where, in which direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import nobody
from dangjian_desktop.ui.fields.parts import Cell, FieldGrid
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space
from dangjian_desktop.ui.projects.fields import TARGET_CELLS
from dangjian_desktop.ui.projects.rows import cell_editor


class TargetCard(QFrame):
    """One target; its monthly values are kept aside for the grid."""

    changed = Signal()
    removed = Signal()

    def __init__(self, theme: Theme, today: Today) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.uid = new_id()
        self.number = label("", "heading")
        self.cells = {
            field.name: Cell(
                cell_editor(field, theme, nobody, today),
                span=span,
                title=field.label + (" *" if field.required else ""),
            )
            for field, span in TARGET_CELLS
        }
        for name in ("direction", "counting"):
            box = self.cells[name].editor.findChild(QWidget, name)
            if box is not None:
                box.setMinimumWidth(theme.px(96))
        for cell in self.cells.values():
            cell.changed.connect(self.changed)
        remove = button("", theme, icon="x", look="quiet", tip="删除这项目标")
        remove.clicked.connect(self.removed)
        head = QHBoxLayout()
        space(head, margins=(0, 0, 0, 0), gap=8)
        head.addWidget(self.number)
        head.addStretch()
        head.addWidget(remove)
        layout = QVBoxLayout(self)
        space(layout, margins=(12, 6, 12, 10), gap=4)
        layout.addLayout(head)
        layout.addWidget(FieldGrid(theme, tuple(self.cells.values()), column=130))

    def value(self) -> State:
        """What stands in the card, with its id."""
        return {"id": self.uid, **{name: cell.value() for name, cell in self.cells.items()}}

    def set_value(self, state: State) -> None:
        """Show a target."""
        self.uid = str(state.get("id") or new_id())
        for name, cell in self.cells.items():
            cell.set_value(state.get(name))


class Targets(QWidget):
    """Cards under each other; ``listed`` tells that a target came, went or has another name."""

    changed = Signal()
    listed = Signal()

    def __init__(self, theme: Theme, today: Today) -> None:
        super().__init__()
        self._theme, self._today = theme, today
        self.cards: list[TargetCard] = []
        self.add = button("添加量化目标", theme, icon="plus", name="targets.add")
        self.add.clicked.connect(self.add_card)
        self.note = label("", "problem", wrap=True)
        self.note.setObjectName("targets.problem")
        self.note.hide()
        self._column = QVBoxLayout()
        space(self._column, margins=(0, 0, 0, 0), gap=8)
        layout = QVBoxLayout(self)
        space(layout, margins=(0, 0, 0, 0), gap=8)
        layout.addLayout(self._column)
        layout.addWidget(self.note)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def value(self) -> list[State]:
        """Every target without its monthly values."""
        return [card.value() for card in self.cards]

    def titles(self) -> tuple[tuple[str, str], ...]:
        """Id and name with unit of every target, for the grid."""
        return tuple((card.uid, _title(n, card.value())) for n, card in enumerate(self.cards, 1))

    def set_value(self, targets: Sequence[State]) -> None:
        """Show these targets."""
        quiet = self.blockSignals(True)
        while len(self.cards) > len(targets):
            self._take(self.cards[-1])
        while len(self.cards) < len(targets):
            self._append()
        for card, state in zip(self.cards, targets, strict=True):
            card.set_value(state)
        self.blockSignals(quiet)
        self._number()
        self.point_out({})

    def point_out(self, problems: Mapping[str, str]) -> QWidget | None:
        """Put each sentence (``0.indicator``) under its field; gives the first that is wrong."""
        first: QWidget | None = None
        told = set()
        for number, card in enumerate(self.cards):
            for name, cell in card.cells.items():
                text = problems.get(f"{number}.{name}", "")
                cell.say(text)
                told.add(f"{number}.{name}")
                first = first or (cell.editor if text else None)
        rest = [text for place, text in problems.items() if place not in told]
        self.note.setText("；".join(rest))
        self.note.setVisible(bool(rest))
        return first or (self.add if rest else None)

    @Slot()
    def add_card(self) -> None:
        """An empty target with the cursor in it."""
        card = self._append()
        self._number()
        card.cells["indicator"].editor.setFocus()
        self.changed.emit()
        self.listed.emit()

    def _append(self) -> TargetCard:
        card = TargetCard(self._theme, self._today)
        card.changed.connect(self._on_changed)
        card.removed.connect(partial(self._remove, card))
        self.cards.append(card)
        self._column.addWidget(card)
        return card

    def _remove(self, card: TargetCard) -> None:
        self._take(card)
        self._number()
        self.changed.emit()
        self.listed.emit()

    def _take(self, card: TargetCard) -> None:
        self.cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
        self.listed.emit()

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.number.setText(f"目标 {number}")


def _title(number: int, state: State) -> str:
    unit = f"（{state['unit']}）" if state.get("unit") else ""
    return f"{state.get('indicator') or f'目标 {number}'}{unit}"
