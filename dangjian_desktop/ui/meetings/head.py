"""The head of the form: kinds, title, when, where, who leads and who writes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.meetings.kinds import Expected, Kinds
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.member import PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.cells import Cell, FieldGrid, Section, editor_for
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.inputs import Today
from dangjian_desktop.ui.fields.names import Source
from dangjian_desktop.ui.look.chips import ChipRow
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import column_of
from dangjian_desktop.ui.meetings.form import default_title

_FIELDS = tuple(
    MEETING.field(name)
    for name in ("date", "start", "end", "place", "host", "delegated_by", "recorder")
)
_PERSONS = ("host", "delegated_by", "recorder")


class MeetingHead(QWidget):
    """``changed`` comes with every change, ``kinds_changed`` when the kinds are others."""

    changed = Signal()
    kinds_changed = Signal()

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self._today = today
        self._all = Kinds()
        self._known: Mapping[str, Any] = {}
        self._default = ""
        self._codes: tuple[str, ...] = ()
        self.kinds = ChipRow(theme, exclusive=False)
        self.kinds.chosen.connect(self._on_kinds)
        self.own = Section("", self.kinds, theme)
        self.cells = {
            f.name: Cell(editor_for(f, theme, people, today), span=2 if f.name == "place" else 1)
            for f in _FIELDS
        }
        title = editor_for(MEETING.field("title"), theme, people, None)
        group = ChoiceEditor(MEETING.field("group"), ())
        year = editor_for(MEETING.field("for_year"), theme, people, None)
        self.cells["title"] = Cell(title, span=3)
        self.cells["group"] = Cell(group)
        self.cells["for_year"] = Cell(year)
        self._group = group
        top = FieldGrid(theme, [self.cells[n] for n in ("title", "group", "for_year")])
        rest = FieldGrid(theme, [self.cells[f.name] for f in _FIELDS], column=128)
        self._grids = (top, rest)
        column_of(self.own, top, rest, on=self)
        for name, cell in self.cells.items():
            cell.changed.connect(self._on_named if name in ("date", "group") else self.changed)

    def show_state(self, state: Mapping[str, Any], kinds: Kinds, roll: Roll) -> None:
        """Show these values."""
        self._all, self._known = kinds, state.get("known") or {}
        self.kinds.set_choices([(kind.code, kind.short) for kind in kinds])
        self._codes = tuple(state.get("kinds") or ())
        self.kinds.set_codes(self._codes)
        self._group.offer([(group, group) for group in roll.groups])
        for name, cell in self.cells.items():
            quiet = self.blockSignals(True)
            cell.set_value(state.get(name))
            self.blockSignals(quiet)
        self._default = self._wanted_title()

    @property
    def parts(self) -> dict[str, Any]:
        """Where problems are told, by the name of the field, as they stand."""
        return {"kinds": self.own, **self.cells}

    def values(self) -> State:
        """What stands in the fields."""
        found = {name: cell.value() for name, cell in self.cells.items()}
        return found | {"kinds": list(self.codes())}

    def codes(self) -> tuple[str, ...]:
        """The chosen kinds, in the order in which they were chosen."""
        chosen = self.kinds.codes()
        kept = tuple(code for code in self._codes if code in chosen)
        self._codes = kept + tuple(code for code in chosen if code not in kept)
        return self._codes

    def follow(self, roll: Roll) -> None:
        """Show what belongs to these kinds, and say which names are no member's."""
        codes = self.codes()
        own = self._all.of(codes)
        self._group.offer([(group, group) for group in roll.groups])
        grouped = any(kind.expected is Expected.GROUP for kind in own)
        self.cells["group"].ask_if(grouped)
        self.cells["for_year"].ask_if(any(kind.yearly for kind in own))
        host = self.cells["host"].value()
        chairs = {m.name for m in roll.with_role(PostRole.SECRETARY)}
        only_group = bool(own) and all(kind.expected is Expected.GROUP for kind in own)
        self.cells["delegated_by"].ask_if(bool(host) and host not in chairs and not only_group)
        for grid in self._grids:
            grid.arrange()
        members = {m.name for m in roll.members}
        for name in _PERSONS:
            self._remark(self.cells[name], members)

    def opened(self, name: str) -> QWidget:
        """A field, shown, to put the cursor into."""
        self.cells[name].wanted = True
        for grid in self._grids:
            grid.arrange()
        return self.cells[name].editor

    def day(self) -> date | None:
        """The date, if it can be read."""
        plain = self.cells["date"].value()
        try:
            return date.fromisoformat(plain) if plain else None
        except ValueError:
            return None

    def _remark(self, cell: Cell, members: set[str]) -> None:
        name = cell.value()
        if not cell.editor.focusProxy().hasFocus() and name and not cell.note.text():
            known = name in members or name in self._known
            cell.say("" if known else "不在当日党员名册中，按填写的姓名记录", wrong=False)

    @Slot()
    def _on_kinds(self) -> None:
        self._on_named()
        self.own.say("")
        self.kinds_changed.emit()

    @Slot()
    def _on_named(self) -> None:
        """The title follows kinds and date until the user words it."""
        title = self.cells["title"]
        wanted = self._wanted_title()
        if wanted and (title.value() or "") in ("", self._default):
            title.set_value(wanted)
        self._default = wanted or self._default
        self.changed.emit()

    def _wanted_title(self) -> str:
        own = self._all.of(self.codes())
        group, when = self._group.value(), self.cells["date"].value()
        return default_title(own, when, group, self._today())
