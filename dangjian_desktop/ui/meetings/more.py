"""The rarer parts of the form: who is not counted, who sat in, the counts on paper, late entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.meetings.record import EXCLUDED, LATE_ENTRY, MEETING, OBSERVERS, STATED
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid, Section, editor_for
from dangjian_desktop.ui.fields.field_editors import CountEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.fields.rows import Rows
from dangjian_desktop.ui.fields.telling import Problems, told
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, frame, label, space


class MoreAttendance(QWidget):
    """列席, 不计入应到, 记录人数 and 同一活动; each is shown once it is wanted.

    ``dropped`` says what was taken away and brings the way back.
    """

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self.excluded = Rows(EXCLUDED.as_plain(), theme, people, today, shares=(2, 4, 4, 3))
        self.observers = Rows(OBSERVERS, theme, people, today, shares=(2, 5))
        self.eligible, self.present = (
            Cell(CountEditor(replace(column, name=f"stated.{column.name}")))
            for column in STATED.columns
        )
        stated = FieldGrid(theme, [self.eligible, self.present], column=110)
        theme.fit(stated, QWidget.setMaximumWidth, 300)
        self.activity = Cell(
            editor_for(MEETING.field("activity"), theme, people, None), titled=False
        )
        self.sections = {
            "observers": Section("列席人员", self.observers, theme, name="observers"),
            "excluded": Section("不计入应到", self.excluded, theme, name="excluded"),
            "stated": Section("纸质记录上的人数", stated, theme, name="stated"),
            "activity": Section("分批举行的同一活动", self.activity, theme, name="activity"),
        }
        self.adders = {
            "observers": button("添加列席", theme, icon="plus", name="observers.show"),
            "excluded": button("不计入应到", theme, icon="plus", name="excluded.show"),
            "stated": button("纸质记录上的人数", theme, icon="plus", name="stated.show"),
            "activity": button("分批举行", theme, icon="plus", name="activity.show"),
        }
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=8)
        for name, section in self.sections.items():
            column.addWidget(section)
            section.removed.connect(self._on_removed)
            self.adders[name].clicked.connect(self._on_added)
        for rows in (self.excluded, self.observers):
            rows.dropped.connect(self.dropped)

    def follow(self, state: Mapping[str, Any]) -> None:
        """Show the parts of which a state says something."""
        for name in self.sections:
            self._open(name, wanted=bool(state.get(name)))

    def opened(self, name: str) -> QWidget:
        """A part, shown, to put the cursor into."""
        self._open(name, wanted=True)
        parts: Mapping[str, QWidget] = {
            "observers": self.observers,
            "excluded": self.excluded,
            "stated": self.eligible.editor,
            "activity": self.activity.editor,
        }
        return parts[name]

    def exclude(self, name: str) -> None:
        """Add a member to those who are not counted."""
        rows = list(self.excluded.value() or ())
        if all(row.get("name") != name for row in rows):
            self.excluded.set_value([*rows, {"name": name}])
        self._open("excluded", wanted=True)

    def show_part(self, name: str) -> None:
        """Bring a part into view; a name that it lacks is none of its."""
        if name in self.sections:
            self._open(name, wanted=True)

    def _open(self, name: str, *, wanted: bool) -> None:
        self.sections[name].setVisible(wanted)
        self.adders[name].setVisible(not wanted)

    @Slot()
    def _on_added(self) -> None:
        name = next(n for n, adder in self.adders.items() if adder is self.sender())
        self._open(name, wanted=True)
        if name in ("stated", "activity"):
            self.opened(name).setFocus()
        else:
            rows = self.excluded if name == "excluded" else self.observers
            rows.stack.add_row()

    @Slot()
    def _on_removed(self) -> None:
        name = next(n for n, section in self.sections.items() if section is self.sender())
        kept = self.sections[name].value()
        self._put(name, None)
        if kept:
            self.dropped.emit(f"已删除{_TITLES[name]}", partial(self._put, name, kept))

    def _put(self, name: str, value: Any) -> None:
        self.sections[name].set_value(value)
        self._open(name, wanted=value is not None)
        self.changed.emit()


_TITLES = {
    "observers": "列席人员",
    "excluded": "不计入应到人员",
    "stated": "记录人数",
    "activity": "同一活动",
}


class LateEntryCard(QWidget):
    """Offered when a sitting is recorded more than a week after its day: 补录."""

    changed = Signal()

    def __init__(self, theme: Theme, people: Source) -> None:
        super().__init__()
        self._entered_on: str | None = None
        reason = replace(LATE_ENTRY.column("reason"), name="late.reason")
        original = replace(LATE_ENTRY.column("paper_original"), name="late.paper_original")
        self.reason = Cell(editor_for(reason, theme, people, None), span=3)
        paper = Cell(editor_for(original, theme, people, None))
        self._cells = {"reason": self.reason, "paper_original": paper}
        self._grid = FieldGrid(theme, tuple(self._cells.values()))
        card = frame("banner")
        column_of(
            label("会议日期已过去一周以上。如属补录，请说明，打印时注明录入日期。", wrap=True),
            self._grid,
            on=card,
            gap=6,
            margins=(12, 8, 12, 10),
        )
        column_of(card, on=self, gap=0)
        self._grid.changed.connect(self.changed)

    def value(self) -> State | None:
        """What is said about the late entry; nothing when nothing is."""
        found = self._grid.value()
        return None if found is None else {"entered_on": self._entered_on, **found}

    def set_value(self, state: State | None) -> None:
        """Show what was said."""
        self._entered_on = (state or {}).get("entered_on")
        self._grid.set_value(state)

    def tell(self, problems: Problems) -> QWidget | None:
        """Show what is said of it, as a whole under the reason."""
        return told(self._cells, problems, otherwise="reason")
