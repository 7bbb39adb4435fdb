"""The secretary's words and the values of one month: a form of two minutes, and what it saves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from dangjian_desktop.domain.amounts import amount, number_text, unreadable
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.projects.progress import latest_value
from dangjian_desktop.domain.projects.project import ProgressEntry, Project, Target
from dangjian_desktop.domain.projects.record import PROGRESS
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.unsaved import Door
from dangjian_desktop.ui.desk.keeper import Keeper
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.unkept import Unkept
from dangjian_desktop.ui.fields.cells import heading_of
from dangjian_desktop.ui.fields.field_editors import NumberEditor
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.widgets import button, column_of, empty, frame, label, row_of
from dangjian_desktop.ui.projects.listing import PROGRESS_FIELDS, PROGRESS_FORM, UnsavedEntry

FIELDS = PROGRESS.columns[1:]
Values = dict[str, dict[str, Decimal | None]]


@dataclass(frozen=True, slots=True)
class Entered:
    """What is to be saved: the words, and the values that were changed, by target and month."""

    entry: ProgressEntry
    values: Values


def save_entry(desk: Desk, uid: str, entered: Entered) -> Project:
    """Store values and words; the draft of the month is dropped."""
    project = desk.projects.write_month(uid, entered.entry, entered.values)
    desk.drafts.drop(PROGRESS_FORM, f"{uid}/{entered.entry.period}")
    return project


class EntryForm(QWidget):
    """One month. ``saved`` brings what was entered; ``door`` keeps what is unsaved as a draft."""

    saved = Signal(object)

    def __init__(self, shell: Shell, door: Door) -> None:
        super().__init__()
        self._theme = theme = shell.theme
        self._project: Project | None = None
        self.period = ""
        self._filling = False
        self.title = label("", "heading")
        self.state = label("", "soft")
        self.form = Form(FIELDS, theme, columns=1)
        self.values: dict[str, NumberEditor] = {}
        self._asked: list[tuple[str, str, str, str]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self.note = Problem()
        self.save = button("保存本月进展", theme, icon="save", name="entry.save", then=self._save)
        self.keeper = Keeper(shell.jobs, door, self._unsaved, self)
        self.unkept = Unkept(shell, self.keeper, self.title.text)
        self.form.changed.connect(self._on_typed)
        self._compose()

    def show_entry(self, project: Project, period: str, unsaved: UnsavedEntry | None) -> None:
        """Show what is written of this month; what is unsaved stands before what is saved."""
        self.keeper.flush()
        self._filling = True
        self._project, self.period = project, period
        self.title.setText(f"{Period.parse(period).label}进展")
        stored = project.entry(period) or ProgressEntry(period=period)
        entry = unsaved.entry if unsaved else stored
        self.form.fill({name: getattr(entry, name) for name in PROGRESS_FIELDS})
        self._show_values(project, period)
        for target, typed in (unsaved.values if unsaved else {}).items():
            if target in self.values:
                self.values[target].set_value(typed)
        self.state.setText("已恢复草稿" if unsaved else "")
        self._say("")
        self._filling = False

    def refuse(self, text: str) -> None:
        """Say why it could not be saved; an empty text says that it was."""
        self._say(text)
        if text:
            self.keeper.touch()
        else:
            self.keeper.forget(self._key)

    def _say(self, text: str) -> None:
        self.note.say(text)

    @property
    def waiting(self) -> bool:
        """Whether words wait to be kept."""
        return not self.keeper.safe

    @property
    def _key(self) -> str:
        return f"{self._project.id}/{self.period}" if self._project else ""

    def _unsaved(self) -> tuple[str, dict[str, Any]]:
        typed = {uid: str(editor.value() or "") for uid, editor in self.values.items()}
        values = {uid: typed[uid] for uid in typed if typed[uid] != self._stored(uid)}
        return self._key, {**self._words(), "values": values}

    def _stored(self, target: str) -> str:
        targets = self._project.targets if self._project else ()
        stored = {each.id: each.values.get(self.period) for each in targets}
        return number_text(stored.get(target))

    def _compose(self) -> None:
        head = row_of(self.title, (self.state, 1), self.save, gap=10)
        card = frame("card")
        column_of(
            head, self.unkept, self.note, self._grid, self.form, on=card, margins=(12, 8, 12, 10)
        )
        column_of(card, on=self, gap=0)

    def _show_values(self, project: Project, period: str) -> None:
        asked = [(t.id, t.indicator, t.unit, _before(t, period)) for t in project.targets]
        if asked != self._asked:
            self._asked = asked
            self._ask_values()
        for target in project.targets:
            self.values[target.id].set_value(number_text(target.values.get(period)))

    def _ask_values(self) -> None:
        empty(self._grid)
        self.values = {}
        for row, (uid, title, unit, before) in enumerate(self._asked):
            editor = NumberEditor(Field(f"value.{uid}", title, FieldType.DECIMAL))
            self._theme.fit(editor, QWidget.setFixedWidth, 110)
            editor.changed.connect(partial(self._on_value, editor))
            name = heading_of(editor, f"{title}（{unit}）" if unit else title)
            name.setWordWrap(True)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(label(before, "soft"), row, 1)
            self._grid.addWidget(editor, row, 2)
            self.values[uid] = editor

    def _words(self) -> dict[str, Any]:
        return {name: value or "" for name, value in self.form.values().items()}

    @Slot()
    def _on_typed(self) -> None:
        if not self._filling and self._project is not None:
            self.state.setText("草稿")
            self.keeper.touch()

    def _on_value(self, editor: NumberEditor) -> None:
        editor.mark(editor.problem())
        self._on_typed()

    @Slot()
    def _save(self) -> None:
        project = self._project
        if project is None:
            return
        wrong = [e for e in self.values.values() if e.problem()]
        if wrong:
            self._say("；".join(f"“{e.field.label}”：{e.problem()}" for e in wrong))
            wrong[0].setFocus()
            return
        self.keeper.flush()
        entry = ProgressEntry(period=self.period, **self._words())
        self.saved.emit(Entered(entry, self._changed_values(project)))

    def _changed_values(self, project: Project) -> Values:
        found: Values = {}
        for target in project.targets:
            typed = self.values[target.id].value()
            value = None if unreadable(typed) else amount(typed)
            if value != target.values.get(self.period):
                found[target.id] = {self.period: value}
        return found


def _before(target: Target, period: str) -> str:
    value = latest_value(target, Period.parse(period).previous())
    return f"上期 {number_text(value)}" if value is not None else ""


def months_to_write(project: Project, today: date) -> tuple[str, ...]:
    """The months of the project up to this one, newest first; this month where it has none."""
    now = str(Period.around(today, 1))
    return tuple(m for m in reversed(project.months()) if m <= now)


def entry_lines(entry: ProgressEntry) -> Mapping[str, str]:
    """What was written, by the word for it; empty parts are left out."""
    return {f.label: text for f in FIELDS if (text := getattr(entry, f.name))}
