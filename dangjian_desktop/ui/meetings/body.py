"""The form of a meeting in the order of the paper form, and its state as a draft keeps it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.checks.first_topic import RULE as FIRST_TOPIC
from dangjian_desktop.domain.meetings.called import everybody_called
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.meetings.record import FILES, MEETING
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.checks.verdicts import Verdicts
from dangjian_desktop.ui.declared_form import FilesEditor
from dangjian_desktop.ui.fields.cells import Section
from dangjian_desktop.ui.fields.names import Candidate, candidates
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.fields.texts import LongTextEditor
from dangjian_desktop.ui.form_body import FormBody
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of, frame, row_of
from dangjian_desktop.ui.meetings.agenda import Agenda
from dangjian_desktop.ui.meetings.attendance import AttendanceBoard
from dangjian_desktop.ui.meetings.context import EditorContext, read_state
from dangjian_desktop.ui.meetings.counts import count_words, nobody_words
from dangjian_desktop.ui.meetings.details import DetailsPart
from dangjian_desktop.ui.meetings.form import Reading, is_late
from dangjian_desktop.ui.meetings.head import MeetingHead
from dangjian_desktop.ui.meetings.more import LateEntryCard, MoreAttendance


class MeetingBody(FormBody):
    """The parts of a meeting in one card; counts and verdicts stand among them."""

    def __init__(
        self, theme: Theme, files: Callable[[], FilesEditor], context: EditorContext
    ) -> None:
        super().__init__(
            context,
            offer=self._offer_choices,
            settle=self._settle_parts,
            follow=self.follow,
            placed=self._opened_parts,
        )
        self.head = MeetingHead(theme, self._people, self.today)
        self.late = LateEntryCard(theme, self._people)
        self.attendance = AttendanceBoard(theme)
        self.more = MoreAttendance(theme, self._people, self.today)
        self.verdicts = Verdicts(theme)
        self.agenda = Agenda(theme, self._people, self.today)
        self.closing = LongTextEditor(MEETING.field("closing"), least=2)
        self.details = DetailsPart(theme, self._people, self.today)
        self.files = files()
        self.more.dropped.connect(self.dropped)
        self.files.dropped.connect(self.dropped)
        self.attendance.exclusion_asked.connect(self.more.exclude)
        self._compose(theme)

    def set_context(self, context: EditorContext) -> None:
        """The roster was changed elsewhere."""
        self.opened = context
        self.follow()

    def read(self, state: State) -> Reading:
        """What a state means."""
        return read_state(state, self.opened)

    def roll(self) -> Roll:
        """The roster of the day in the form; of today while no day can be read."""
        context: EditorContext = self.opened
        return context.roll_of(self.head.day() or context.today)

    @Slot()
    def follow(self) -> None:
        """Let everything that hangs on date, kind and group follow them."""
        roll, kinds, cells = self.roll(), self.head.own.value(), self.head.cells
        self.head.follow(roll, self.rest.get("known") or {})
        own = self.opened.kinds.of(kinds)
        expected = everybody_called(own, roll, cells["group"].value())
        self.attendance.follow(expected, roll, self._excluded_ids(roll))
        stored = self.opened.stored is not None
        late = {"date": cells["date"].value(), "late_entry": self.late.value()}
        self.late.setVisible(is_late(late, self.opened.today, stored=stored))
        self.details.follow(kinds, self.opened.kinds)

    def show_counts(self, meeting: Meeting | None) -> None:
        """Say the counts of the sitting as it stands."""
        words = (
            count_words(meeting, self.opened.kinds, self.opened.roll_of(meeting.date))
            if meeting
            else ""
        )
        if meeting is not None and not self.attendance.chips:
            words = nobody_words(meeting, self.opened.kinds, self.opened.roll_of(meeting.date))
        self.attendance.counts.setText(words)

    def _excluded_ids(self, roll: Roll) -> frozenset[str]:
        names = {row.get("name") for row in self.more.excluded.value() or ()}
        return frozenset(m.id for m in roll.members if m.name in names)

    def _people(self) -> Sequence[Candidate]:
        roll = self.roll()
        day = roll.day
        return candidates(
            roll.members, lambda m: "、".join(m.posts_on(day)) or m.group_on(day) or ""
        )

    def _offer_choices(self) -> None:
        self.head.offer(self.opened.kinds)
        self.attendance.bar.offer_reasons(self.opened.reasons)
        self.agenda.offer_projects(self.opened.links)
        self.agenda.offer_first_topic(offered=self.opened.rules[FIRST_TOPIC].enabled)

    def _settle_parts(self) -> None:
        self.head.settle()
        self.more.follow(self.state())
        self.verdicts.show_findings((), {})
        self.follow()
        self.point_out({})

    def _opened_parts(self, problems: Problems) -> Problems:
        for place in problems:
            self.more.show_part(place.partition(".")[0])
        return problems

    def _compose(self, theme: Theme) -> None:
        end = Section("主持人小结", self.closing, theme)
        files = Section(FILES.label, self.files, theme)
        leading = {**self.head.parts, "late_entry": self.late, **self.more.sections}
        parts = {
            **self.head.parts,
            "late_entry": self.late,
            "attendance": self.attendance,
            **self.more.sections,
            "agenda": self.agenda,
            "details": self.details,
            "closing": end,
            FILES.name: files,
        }
        adders = QWidget()
        row_of(*self.more.adders.values(), ..., on=adders)
        shown: tuple[QWidget, ...] = (
            *(self.head, self.late, self.attendance, self.verdicts),
            *(adders, self.more, self.agenda, self.details, end, files),
        )
        area = self.hold(parts, *shown, leading=leading, start="date")
        card = frame("card")
        column_of(area, on=card, gap=10, margins=(20, 12, 12, 12))
        column_of(card, on=self, gap=0)
