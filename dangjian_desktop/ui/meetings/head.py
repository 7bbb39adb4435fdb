"""The head of the form: kinds, title, when, where, who leads and who writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.meetings.kinds import Expected, Kinds
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.member import PostRole
from dangjian_desktop.domain.members.roll import Roll
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


class KindsPart(Section):
    """The kinds as chips; they are held in the order in which they were chosen."""

    turned = Signal()

    def __init__(self, theme: Theme) -> None:
        self.chips = ChipRow(theme, exclusive=False)
        super().__init__("", self.chips, theme)
        self._codes: tuple[str, ...] = ()
        self.chips.chosen.connect(self._on_chosen)

    @property
    def changed(self) -> Any:
        """Comes when the user chose others."""
        return self.turned

    def value(self) -> list[str]:
        """The codes of the chosen kinds."""
        chosen = self.chips.codes()
        kept = tuple(code for code in self._codes if code in chosen)
        self._codes = kept + tuple(code for code in chosen if code not in kept)
        return list(self._codes)

    def set_value(self, codes: Sequence[str] | None) -> None:
        """Switch these on and the others off."""
        self._codes = tuple(codes or ())
        self.chips.set_codes(self._codes)
        self.say("")

    @Slot()
    def _on_chosen(self) -> None:
        self.say("")
        self.turned.emit()


class MeetingHead(QWidget):
    """``parts`` are its fields with the kinds, by name."""

    def __init__(self, theme: Theme, people: Source, today: Today) -> None:
        super().__init__()
        self._today = today
        self._all = Kinds()
        self._default = ""
        self.own = KindsPart(theme)
        self.kinds = self.own.chips
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
        self.parts: dict[str, Any] = {"kinds": self.own, **self.cells}
        for part in (self.own, self.cells["date"], self.cells["group"]):
            part.changed.connect(self._on_named)

    def offer(self, kinds: Kinds) -> None:
        """Offer these kinds."""
        self._all = kinds
        self.kinds.set_choices([(kind.code, kind.short) for kind in kinds])

    def settle(self) -> None:
        """A state is shown: its title is that of the user where it is not the usual one."""
        self._default = self._wanted_title()

    def follow(self, roll: Roll, known: Mapping[str, Any]) -> None:
        """Show what belongs to these kinds, and say which names are nobody's whom the roster or
        the record (``known``) tells of."""
        own = self._all.of(self.own.value())
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
        members = {m.name for m in roll.members} | known.keys()
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
            cell.say("" if name in members else "不在当日党员名册中，按填写的姓名记录", wrong=False)

    @Slot()
    def _on_named(self) -> None:
        """The title follows kinds and date until the user words it."""
        title = self.cells["title"]
        wanted = self._wanted_title()
        if wanted and (title.value() or "") in ("", self._default):
            title.set_value(wanted)
        self._default = wanted or self._default

    def _wanted_title(self) -> str:
        own = self._all.of(self.own.value())
        group, when = self._group.value(), self.cells["date"].value()
        return default_title(own, when, group, self._today())
