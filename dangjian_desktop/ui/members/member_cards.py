"""The parts of a member's card in the editor: plain fields, what changes in time, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from dangjian_desktop.domain.members.importing.values import ETHNICITIES
from dangjian_desktop.domain.members.member import value_on
from dangjian_desktop.services.members.listing import missing_facts
from dangjian_desktop.services.members.member_form import (
    ADMISSION,
    GROUP,
    HISTORY,
    MEMBER_KIND,
    ONE_AT_A_TIME,
    PERSON,
    POSTS,
    STATUS,
    SUSPENDED,
    WAIVED,
    WORK,
    first_day_of,
    spans_of,
)
from dangjian_desktop.services.records.pinyin import initials, text_key
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate
from dangjian_desktop.ui.fields.telling import Problems, point_out
from dangjian_desktop.ui.form_body import card
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of
from dangjian_desktop.ui.members.member_change import ChangeField
from dangjian_desktop.ui.members.member_fields import GlyphNote, IdentityNotes, SameNameNote


def _candidates(words: Sequence[str]) -> list[Candidate]:
    return [Candidate(word, initials(word), sort_key=text_key(word)) for word in words]


class MemberCards(QWidget):
    """Everything that is typed of a member; values are those of ``services.member_form``."""

    changed = Signal()
    dropped = Signal(str, object)

    def __init__(self, theme: Theme, jobs: Jobs, context: Any) -> None:
        super().__init__()
        self._theme = theme
        self._today: date = context.today
        self._groups: tuple[str, ...] = ()
        self._begin = "name"
        peoples, day = _candidates(ETHNICITIES), self._the_day
        self.person = Form(PERSON, theme, columns=3, people=lambda: peoples, today=day)
        self.admission = Form(ADMISSION, theme, columns=4, today=day)
        self.posts = Form((POSTS,), theme, columns=1, today=day)
        self.work = Form(WORK, theme, columns=2, today=day)
        self.special = Form((SUSPENDED, WAIVED), theme, columns=1, today=day)
        self.history = Form(HISTORY, theme, columns=1, today=day)
        self.forms = (
            self.person,
            self.admission,
            self.posts,
            self.work,
            self.special,
            self.history,
        )
        self.changes = {p.field.name: self._change(p) for p in ONE_AT_A_TIME}
        IdentityNotes(self.person)
        GlyphNote(self.person, jobs)
        self._same = SameNameNote(self.person)
        self._compose()
        for form in self.forms:
            form.changed.connect(self.changed)
            form.dropped.connect(self.dropped)
        for change in self.changes.values():
            change.changed.connect(self.changed)
        self.history.changed.connect(self._on_history)

    def show_context(self, context: Any, state: Mapping[str, Any]) -> None:
        """Show a state of a member; ``context`` brings today and the party groups."""
        quiet = self.blockSignals(True)
        self._today, self._groups = context.today, context.groups
        self._same.set_known(context.others if context.stored is None else ())
        stored, fresh = context.stored, context.stored is None
        lacking = {} if stored is None else missing_facts(stored, self._today)
        self._begin = next(iter(lacking), "name")
        values, kept = state.get("values") or {}, state.get("changes") or {}
        for form in self.forms:
            form.fill(values)
        bases = self._bases()
        for name, field in self.changes.items():
            field.show_base(bases[name], kept.get(name), fresh=fresh)
        self._show_history(False)
        self.more.setVisible(not fresh)
        self._area.verticalScrollBar().setValue(0)
        self.blockSignals(quiet)

    def values(self) -> dict[str, Any]:
        """Single values and tables of periods."""
        found: dict[str, Any] = {}
        for form in self.forms:
            found |= form.values()
        return found

    def state(self) -> dict[str, Any]:
        """What a draft keeps."""
        changes = {name: field.content() for name, field in self.changes.items()}
        values = self.values()
        return {"name": values.get("name") or "", "values": values, "changes": changes}

    def problems(self) -> dict[str, str]:
        """A sentence for each field that cannot be saved as it stands."""
        found: dict[str, str] = {}
        for form in self.forms:
            found |= form.problems()
        found |= {n: p for n, field in self.changes.items() if (p := field.problem())}
        return found

    def point_out(self, problems: Problems) -> tuple[str, ...]:
        """Show problems under their fields and go to the first; gives back what has no field."""
        if any(place.partition(".")[0] in self.history.cells for place in problems):
            self._show_history(True)
        before: dict[str, Any] = {**self.person.cells, **self.admission.cells, **self.changes}
        after = {name: cell for form in self.forms[2:] for name, cell in form.cells.items()}
        return point_out({**before, **after}, problems)

    def start(self) -> QWidget:
        """What is still lacking of a known person, else the name."""
        form = self.person if self._begin in self.person.cells else self.admission
        return form.editor(self._begin)

    def _the_day(self) -> date:
        return self._today

    def _change(self, period: Any) -> ChangeField:
        return ChangeField(
            period,
            self._theme,
            self._the_day,
            people=lambda: _candidates(self._groups),
            first_day=lambda name: first_day_of(name, self.values(), self._today),
        )

    def _bases(self) -> dict[str, str | None]:
        """What holds today by the tables of periods."""
        values = self.history.values()
        spans = {p.field.name: spans_of(values.get(p.spans) or ()) for p in ONE_AT_A_TIME}
        return {name: value_on(found, self._today) for name, found in spans.items()}

    @Slot()
    def _on_history(self) -> None:
        for name, base in self._bases().items():
            self.changes[name].set_base(base)

    @Slot(bool)
    def _show_history(self, shown: bool) -> None:
        self.history.setVisible(shown)
        self.more.setChecked(shown)

    def _compose(self) -> None:
        self.more = button("查看和更正历次变化", self._theme, icon="history", name="member.history")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_history)
        self.history.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, period in enumerate((MEMBER_KIND, GROUP, STATUS)):
            grid.addWidget(self.changes[period.field.name], 0, place)
            grid.setColumnStretch(place, 1)
        inside, left = QWidget(), Qt.AlignmentFlag.AlignLeft
        column_of(
            card("基本信息", self.person),
            card("入党与转正", self.admission),
            card("党内信息", grid, self.posts, (self.more, 0, left), self.history),
            card("岗位与联系", self.work),
            card("特殊情形", self.special),
            ...,
            on=inside,
            gap=12,
        )
        self._area = scrolling(inside)
        column_of(self._area, on=self, gap=0)
