"""One agenda item as a card: what was reported, said, voted and agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from dangjian_desktop.domain.field_values import row_with_id
from dangjian_desktop.domain.meetings.meeting import ADMISSION_MATTERS, Matter
from dangjian_desktop.domain.meetings.record import ACTIONS, AGENDA, CANDIDATES, SPEECHES
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, Section, editor_for
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.stack import Grip
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.fields.texts import LongTextEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of, space
from dangjian_desktop.ui.meetings.link import ProjectLink
from dangjian_desktop.ui.meetings.vote import ElectionPart, VotePanel

_OF_PERSONS = ADMISSION_MATTERS | {Matter.DISCIPLINE, Matter.DISPOSAL, Matter.COMMENDATION}
_OF_CANDIDATES = frozenset({Matter.ELECTION, Matter.COMMENDATION})

_DECISIONS = replace(ACTIONS, columns=tuple(c for c in ACTIONS.columns if c.name != "id"))
_ROWS = (
    (SPEECHES, (2, 12), dict),
    (CANDIDATES, (3, 2, 2, 2, 2, 3), dict),
    (_DECISIONS, (10, 4, 5, 7, 4), row_with_id),
)
_TITLES = {"vote": "表决", "resolution": "决议"} | {f.name: f.label for f, *_ in _ROWS}
_ADD = (
    ("speeches", "添加发言"),
    ("vote", "添加表决"),
    ("candidates", "添加候选人"),
    ("resolution", "写决议"),
    ("actions", "添加议定事项"),
)


class ItemCard(QFrame):
    """``changed`` with every change; ``asked`` brings up, down or remove.

    ``dropped`` says what was taken away and brings the way back.
    """

    changed = Signal()
    asked = Signal(str)
    dragged = Signal(QPoint)
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._theme = theme
        self._id, self._asked, self._first_topics = "", False, False
        self.number = label("", "heading")
        self.topic, self.matter, self.person, self.source, self.reporter, self.minutes = (
            Cell(editor_for(AGENDA.column(name), theme, people, None), titled=False)
            for name in ("topic", "matter", "person", "source", "reporter", "minutes")
        )
        self.content = Cell(LongTextEditor(AGENDA.column("content"), least=2), titled=False)
        cells = (*(self.topic, self.matter, self.person, self.source), self.reporter, self.minutes)
        self._cells = {cell.editor.field.name: cell for cell in (*cells, self.content)}
        self.resolution = LongTextEditor(AGENDA.column("resolution"), least=2)
        self.vote = VotePanel(theme)
        self.election = ElectionPart(theme)
        make = partial(Rows, theme=theme, people=people, today=today)
        rows = {
            field.name: make(field, shares=shares, noun=f"一条{field.label}", fresh=fresh)
            for field, shares, fresh in _ROWS
        }
        self._parts: dict[str, FieldEditor | VotePanel] = {
            "speeches": rows["speeches"],
            "vote": self.vote,
            "candidates": rows["candidates"],
            "resolution": self.resolution,
            "actions": rows["actions"],
        }
        self.sections = {
            name: Section(_TITLES[name], part, theme, name=name)
            for name, part in self._parts.items()
        }
        self.projects = ProjectLink(theme)
        self.adders = {
            name: button(words, theme, icon="plus", name=f"{name}.show") for name, words in _ADD
        }
        self._compose()
        self._connect()

    def value(self) -> State:
        """The item as the form holds it."""
        found: dict[str, Any] = {name: cell.value() for name, cell in self._cells.items()}
        found["matter"] = found["matter"] or Matter.GENERAL.value
        found |= {"id": self._id, "projects": self.projects.value(), **self.election.value()}
        return found | {name: part.value() for name, part in self._parts.items()}

    def set_value(self, state: State) -> None:
        """Show an item."""
        self._id = state.get("id") or new_id()
        quiet = self.blockSignals(True)
        matter = state.get("matter") or Matter.GENERAL.value
        self.offer_first_topic(offered=self._first_topics, chosen=matter)
        for name, cell in self._cells.items():
            cell.set_value(matter if name == "matter" else state.get(name))
        self.projects.choose(state.get("projects") or ())
        self.election.set_value(state)
        for name, part in self._parts.items():
            part.set_value(state.get(name))
            self._open(name, wanted=bool(state.get(name)))
        self.blockSignals(quiet)
        self._follow_matter()

    def set_number(self, number: int) -> None:
        """Say which item it is."""
        self.number.setText(str(number))
        self.topic.editor.focusProxy().setAccessibleName(f"第{number}项议题")

    def offer_first_topic(self, *, offered: bool, chosen: str = "") -> None:
        """Whether 第一议题 may be chosen: where the branch goes by it, or the item has it."""
        self._first_topics, mark = offered, Matter.FIRST_TOPIC.value
        kept = offered or mark in (chosen, self.matter.value())
        choices = [c for c in Matter.choices() if kept or c[0] != mark]
        if isinstance(self.matter.editor, ChoiceEditor):
            self.matter.editor.offer(choices)

    def start(self) -> QWidget:
        """Where the cursor begins."""
        return self.topic.editor

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of its parts, of the item as a whole under the topic."""
        for place in problems:
            if (name := place.partition(".")[0]) in self.sections:
                self._open(name, wanted=True)
        parts = {**self._cells, **self.sections}
        return told(parts, problems, otherwise="topic")

    def add_part(self, name: str, *_checked: bool) -> None:
        """Show a part and put the cursor there."""
        self._open(name, wanted=True)
        part = self._parts[name]
        if isinstance(part, Rows):
            part.stack.add_row()
        else:
            self.opened(name).setFocus()

    def opened(self, name: str, path: Sequence[str] = ()) -> QWidget:
        """A part, shown, to put the cursor into; of the vote the count that ``path`` names."""
        self._open(name, wanted=True)
        part = self._parts[name]
        if isinstance(part, VotePanel):
            cell = part.counts.get(path[0], part.method) if path else part.method
            return cell.editor
        return part

    def _remove_part(self, name: str) -> None:
        part = self._parts[name]
        kept = part.value()
        part.set_value(None)
        self._open(name, wanted=False)
        self.changed.emit()
        if kept:
            self.dropped.emit(f"已删除{_TITLES[name]}", partial(self._bring_back, name, kept))

    def _bring_back(self, name: str, kept: Any) -> None:
        self._parts[name].set_value(kept)
        self._open(name, wanted=True)
        self.changed.emit()

    def _open(self, name: str, *, wanted: bool) -> None:
        self.sections[name].setVisible(wanted)
        self._offer()

    def _offer(self) -> None:
        matter = self._matter()
        for name, adder in self.adders.items():
            fits = name != "candidates" or matter in _OF_CANDIDATES
            adder.setVisible(self.sections[name].isHidden() and fits)

    def _matter(self) -> Matter:
        return Matter(self.matter.value() or Matter.GENERAL.value)

    @Slot()
    def _on_matter(self) -> None:
        """An admission is decided by a vote and a resolution: both are asked for."""
        asked = self._matter() in ADMISSION_MATTERS
        for name in ("vote", "resolution") if asked != self._asked else ():
            if not self._parts[name].value():
                self._open(name, wanted=asked)
        self._asked = asked
        self._follow_matter()

    def _follow_matter(self) -> None:
        matter = self._matter()
        self.vote.set_matter(matter)
        self.election.set_matter(matter)
        self.person.setVisible(matter in _OF_PERSONS or bool(self.person.value()))
        self.source.setVisible(matter is Matter.FIRST_TOPIC or bool(self.source.value()))
        self._offer()
        self.changed.emit()

    def _connect(self) -> None:
        cells = [cell for name, cell in self._cells.items() if name != "matter"]
        for part in (*cells, self.election, *self._parts.values()):
            part.changed.connect(self.changed)
        self.matter.changed.connect(self._on_matter)
        self.topic.editor.focusProxy().returnPressed.connect(self.content.editor.setFocus)
        self.projects.changed.connect(self.changed)
        for part in self._parts.values():
            if isinstance(part, Rows):
                part.dropped.connect(self.dropped)
        for name, section in self.sections.items():
            section.removed.connect(partial(self._remove_part, name))
            self.adders[name].clicked.connect(partial(self.add_part, name))

    def _compose(self) -> None:
        head = QHBoxLayout()
        space(head, margins=(0, 0, 0, 0), gap=8)
        grip = Grip(self._theme)
        grip.dragged.connect(self.dragged)
        head.addWidget(grip)
        head.addWidget(self.number)
        for cell, share in ((self.topic, 5), (self.person, 1), (self.matter, 1)):
            head.addWidget(cell, share)
        for what, icon, tip in _MOVES:
            mover = button("", self._theme, icon=icon, look="quiet", tip=tip, name=f"item.{what}")
            mover.clicked.connect(partial(self.asked.emit, what))
            head.addWidget(mover)
        adders = row_of(*self.adders.values(), ..., self.projects)
        column_of(
            head,
            row_of((self.reporter, 2), (self.minutes, 2), (self.source, 3), (QWidget(), 2)),
            self.content,
            self.election,
            *self.sections.values(),
            adders,
            on=self,
            margins=(12, 10, 12, 10),
        )


_MOVES = (
    ("up", "arrow-up", "上移（Alt+↑）"),
    ("down", "arrow-down", "下移（Alt+↓）"),
    ("remove", "trash-2", "删除这项议题"),
)


class Heading(QWidget):
    """The heading of a part of the form with a soft remark behind it."""

    def __init__(self, title: str, remark: str = "", extra: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self.remark: QLabel = label(remark, "soft")
        row_of(label(title, "heading"), self.remark, ..., *extra, on=self, gap=10)
