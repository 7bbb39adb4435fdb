"""The parts of a member's card in the editor: plain fields, what changes in time, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.domain.members.importing.values import ETHNICITIES
from dangjian_desktop.domain.members.member import NORMAL, Member, value_on
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
    Change,
    first_day_of,
    plain,
    spans_of,
)
from dangjian_desktop.services.records.pinyin import initials
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate, Source
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, frame, label, space
from dangjian_desktop.ui.members.member_change import ChangeField
from dangjian_desktop.ui.members.member_fields import GlyphNote, IdentityNotes, cover


def _source(words: Sequence[str]) -> Source:
    known = [Candidate(word, initials(word)) for word in words]
    return lambda: known


class MemberCards(QWidget):
    """Everything that is typed of a member; values are those of ``services.member_form``."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        today: date,
        stored: Member | None,
        groups: Sequence[str],
    ) -> None:
        super().__init__()
        self.setProperty("look", "clear")
        self._today, self._theme = today, theme
        self._fresh = stored is None
        people, day = _source(ETHNICITIES), self._the_day
        self.person = Form(PERSON, theme, columns=3, people=people, today=day)
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
        self.changes = {p.field.name: self._change(p, groups) for p in ONE_AT_A_TIME}
        IdentityNotes(self.person)
        GlyphNote(self.person, jobs)
        cover(self.work, "phone")
        self._compose()
        self.show_member(stored)
        for form in self.forms:
            form.changed.connect(self.changed)
        for change in self.changes.values():
            change.changed.connect(self.changed)
        self.history.changed.connect(self._on_history)

    def show_member(self, member: Member | None) -> None:
        """Show what is recorded; a new person starts as 正常."""
        values = plain(member) if member is not None else {}
        for form in self.forms:
            form.fill(values)
        for period in ONE_AT_A_TIME:
            spans = getattr(member, period.spans) if member is not None else ()
            self.changes[period.field.name].set_base(value_on(spans, self._today))
        if member is None:
            self.changes[STATUS.field.name].restore({"value": NORMAL})

    def values(self) -> dict[str, Any]:
        """Single values and tables of periods."""
        found: dict[str, Any] = {}
        for form in self.forms:
            found |= form.values()
        return found

    def entered_changes(self) -> dict[str, Change]:
        """What is to change, by field."""
        found = {name: field.change() for name, field in self.changes.items()}
        return {name: change for name, change in found.items() if change is not None}

    def content(self) -> dict[str, Any]:
        """What a draft keeps."""
        changes = {name: field.content() for name, field in self.changes.items()}
        values = self.values()
        return {"name": values.get("name") or "", "values": values, "changes": changes}

    def restore(self, content: Mapping[str, Any]) -> None:
        """Show what a draft kept."""
        values = content.get("values") or {}
        for form in self.forms:
            form.fill(values)
        self._on_history()
        for name, kept in (content.get("changes") or {}).items():
            if kept and name in self.changes:
                self.changes[name].restore(kept)

    def problems(self) -> dict[str, str]:
        """A sentence for each field that cannot be saved as it stands."""
        found: dict[str, str] = {}
        for form in self.forms:
            found |= form.problems()
        found |= {n: p for n, field in self.changes.items() if (p := field.problem())}
        return found

    def point_out(self, problems: Mapping[str, str]) -> dict[str, str]:
        """Show problems under their fields and go to the first; gives back what has no field."""
        rest = dict(problems)
        if any(field.name in rest for field in HISTORY):
            self._show_history(True)
        for name, field in self.changes.items():
            field.point_out(rest.pop(name, ""))
        first = next((n for n in problems if n in self.changes), None)
        if first is not None:
            self.changes[first].editor.setFocus()
        for form in reversed(self.forms):
            rest = form.point_out(rest)
        return rest

    def _the_day(self) -> date:
        return self._today

    def _change(self, period: Any, groups: Sequence[str]) -> ChangeField:
        return ChangeField(
            period,
            self._theme,
            self._today,
            fresh=self._fresh,
            people=_source(groups),
            first_day=lambda name: first_day_of(name, self.values(), self._today),
        )

    @Slot()
    def _on_history(self) -> None:
        values = self.history.values()
        for period in ONE_AT_A_TIME:
            spans = spans_of(values.get(period.spans) or ())
            self.changes[period.field.name].set_base(value_on(spans, self._today))

    @Slot(bool)
    def _show_history(self, shown: bool) -> None:
        self.history.setVisible(shown)
        self.more.setChecked(shown)

    def _compose(self) -> None:
        self.more = button("查看和更正历次变化", self._theme, icon="history", name="member.history")
        self.more.setCheckable(True)
        self.more.toggled.connect(self._show_history)
        self.more.setVisible(not self._fresh)
        self.history.hide()
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        for place, period in enumerate((MEMBER_KIND, GROUP, STATUS)):
            grid.addWidget(self.changes[period.field.name], 0, place)
            grid.setColumnStretch(place, 1)
        column = QVBoxLayout(self)
        space(column, margins=(0, 0, 0, 0), gap=12)
        column.addWidget(_card("基本信息", self.person))
        column.addWidget(_card("入党与转正", self.admission))
        column.addWidget(_card("党内信息", grid, self.posts, self.more, self.history))
        column.addWidget(_card("岗位与联系", self.work))
        column.addWidget(_card("特殊情形", self.special))
        column.addStretch()


def _card(title: str, *parts: QWidget | QGridLayout) -> QWidget:
    card = frame("card")
    column = QVBoxLayout(card)
    space(column, margins=(20, 12, 20, 16), gap=8)
    column.addWidget(label(title, "heading"))
    for part in parts:
        if isinstance(part, QGridLayout):
            column.addLayout(part)
        elif isinstance(part, QPushButton):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(part)
    return card
