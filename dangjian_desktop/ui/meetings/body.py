"""The form of a meeting in the order of the paper form, and its state as a draft keeps it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dangjian_desktop.domain.meetings.called import everybody_called
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.fields.cells import Section
from dangjian_desktop.ui.fields.names import Candidate
from dangjian_desktop.ui.fields.telling import Problems, point_out
from dangjian_desktop.ui.fields.texts import LongTextEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, frame, row_of, space
from dangjian_desktop.ui.meetings.agenda import Agenda
from dangjian_desktop.ui.meetings.attendance import AttendanceBoard
from dangjian_desktop.ui.meetings.context import EditorContext, read_state
from dangjian_desktop.ui.meetings.counts import count_words, nobody_words
from dangjian_desktop.ui.meetings.details import DetailsPart
from dangjian_desktop.ui.meetings.form import Reading, is_late
from dangjian_desktop.ui.meetings.head import MeetingHead
from dangjian_desktop.ui.meetings.link import linked_items
from dangjian_desktop.ui.meetings.more import LateEntryCard, MoreAttendance
from dangjian_desktop.ui.records.leaf import scrolled


class MeetingBody(QWidget):
    """``changed`` comes with every change that the user makes, not while ``show_context`` fills."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, context: EditorContext) -> None:
        super().__init__()
        self._theme = theme
        self._context = context
        self._base: State = {}
        self._filling = False
        self.head = MeetingHead(theme, self._people, self._today)
        self.late = LateEntryCard(theme, self._people)
        self.attendance = AttendanceBoard(theme)
        self.more = MoreAttendance(theme, self._people, self._today)
        self.verdicts = Verdicts(theme)
        self.agenda = Agenda(theme, self._people, self._today)
        self.closing = LongTextEditor(MEETING.field("closing"), least=2)
        self._end = Section("主持人小结", self.closing, theme)
        self.details = DetailsPart(theme, self._people, self._today)
        self._compose()
        self._connect()

    def show_context(self, context: EditorContext, state: Mapping[str, Any]) -> None:
        """Fill the form with a state."""
        self._filling = True
        self._context, self._base = context, dict(state)
        self.details.set_value(state.get("details") or {})
        self.head.show_state(state, context.kinds, self.roll())
        self.attendance.show_entries(state.get("attendance") or ())
        self.attendance.bar.offer_reasons(context.reasons)
        self.more.show_state(state)
        self.agenda.offer_projects(context.links.projects)
        self.agenda.set_value(linked_items(state.get("agenda") or (), context.links))
        self.closing.set_value(state.get("closing"))
        self.late.set_value(state.get("late_entry"))
        self.verdicts.show_findings((), {})
        self.follow()
        self.point_out({})
        self._area.verticalScrollBar().setValue(0)
        self._filling = False

    def set_context(self, context: EditorContext) -> None:
        """The roster was changed elsewhere."""
        self._context = context
        self.follow()

    def state(self) -> State:
        """Everything as it stands, plain JSON; what cannot be read is kept as typed."""
        kept = {name: self._base.get(name) for name in ("number", "known")}
        return {
            "id": self._context.uid,
            **kept,
            **self.head.values(),
            **self.more.values(),
            "attendance": self.attendance.entries(),
            "agenda": self.agenda.value(),
            "closing": self.closing.value(),
            "details": self.details.value(),
            "late_entry": self.late.value(),
        }

    def read(self, state: State) -> Reading:
        """What a state means."""
        return read_state(state, self._context)

    def problems(self) -> Mapping[str, str]:
        """Everything is read from the state."""
        return {}

    def start(self) -> QWidget:
        """The date."""
        return self.head.cells["date"].editor

    def roll(self) -> Roll:
        """The roster of the day in the form; of today while no day can be read."""
        return self._context.roll_of(self.head.day() or self._context.today)

    @Slot()
    def follow(self) -> None:
        """Let everything that hangs on date, kind and group follow them."""
        roll, values = self.roll(), self.head.values()
        self.head.follow(roll)
        own = self._context.kinds.of(values["kinds"])
        expected = everybody_called(own, roll, values["group"])
        self.attendance.follow(expected, roll, self._excluded_ids(roll))
        stored = self._context.stored is not None
        late = {"date": values["date"], "late_entry": self.late.value()}
        self.late.setVisible(is_late(late, self._context.today, stored=stored))
        self.details.follow(values["kinds"], self._context.kinds)

    def show_counts(self, meeting: Meeting | None) -> None:
        """Say the counts of the sitting as it stands."""
        words = (
            count_words(meeting, self._context.kinds, self._context.roll_of(meeting.date))
            if meeting
            else ""
        )
        if meeting is not None and not self.attendance.chips:
            words = nobody_words(meeting, self._context.kinds, self._context.roll_of(meeting.date))
        self.attendance.counts.setText(words)

    def point_out(self, problems: Problems) -> tuple[str, ...]:
        """Show each problem where it belongs, and go to the first; gives back the rest."""
        parts = {
            **self.head.parts,
            "late_entry": self.late,
            "attendance": self.attendance,
            **self.more.sections,
            "agenda": self.agenda,
            "details": self.details,
            "closing": self._end,
        }
        for place in problems:
            self.more.show_part(place.partition(".")[0])
        return point_out(parts, problems)

    def _excluded_ids(self, roll: Roll) -> frozenset[str]:
        names = {row.get("name") for row in self.more.excluded.value() or ()}
        return frozenset(m.id for m in roll.members if m.name in names)

    def _today(self) -> date:
        return self._context.today

    def _people(self) -> Sequence[Candidate]:
        roll = self.roll()
        return [
            Candidate(
                m.name,
                m.initials,
                m.id,
                "、".join(m.posts_on(roll.day)) or m.group_on(roll.day) or "",
            )
            for m in roll.members
        ]

    @Slot()
    def _tell(self) -> None:
        if not self._filling:
            self.changed.emit()

    @Slot()
    def _tell_followed(self) -> None:
        if not self._filling:
            self.follow()
            self.changed.emit()

    @Slot(str)
    def _exclude(self, name: str) -> None:
        self.more.exclude(name)
        self._tell_followed()

    def _connect(self) -> None:
        for leading in (self.head, self.more, self.late):
            leading.changed.connect(self._tell_followed)
        for part in (self.attendance, self.agenda, self.details, self.closing):
            part.changed.connect(self._tell)
        self.agenda.dropped.connect(self.dropped)
        self.more.dropped.connect(self.dropped)
        self.head.kinds_changed.connect(self._tell_followed)
        self.attendance.exclusion_asked.connect(self._exclude)

    def _compose(self) -> None:
        adders = row_of(*self.more.adders.values(), ...)
        inside = QWidget()
        column = QVBoxLayout(inside)
        space(column, margins=(0, 0, 8, 0), gap=12)
        first: tuple[QWidget, ...] = (self.head, self.late, self.attendance, self.verdicts)
        for part in first:
            column.addWidget(part)
        column.addLayout(adders)
        for part in (self.more, self.agenda, self.details, self._end):
            column.addWidget(part)
        column.addStretch()
        self._area = scrolled(inside)
        card = frame("card")
        column_of(self._area, on=card, gap=10, margins=(20, 12, 12, 12))
        column_of(card, on=self, gap=0)
