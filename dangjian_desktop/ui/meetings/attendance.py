"""Attendance by list: everybody expected on the day as chips, by click, key or initials."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.meetings.meeting import Presence
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.names import Candidate, NameField, candidates
from dangjian_desktop.ui.fields.telling import Problems
from dangjian_desktop.ui.look.spoken import Problem
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, column_of, label, row_of
from dangjian_desktop.ui.meetings.chips import UNRECORDED, PersonBar, PersonChip
from dangjian_desktop.ui.meetings.people import Line, PeopleGrid

OTHERS = "其他到会党员"
FEW = 12
"""So many people need no headings of their groups."""


class AttendanceBoard(QWidget):
    """Entries are kept in the order in which they were made; ``changed`` with every change."""

    changed = Signal()
    exclusion_asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._entries: dict[str, State] = {}
        self._excluded: frozenset[str] = frozenset()
        self._expected: list[Member] = []
        self._roll: Roll | None = None
        self._current = ""
        self.people = PeopleGrid()
        self.people.keyed.connect(self.mark)
        self.people.toggled.connect(self._toggle)
        self.people.focused.connect(self._choose)
        self.names = NameField(self._candidates, free=False)
        self.names.setObjectName("attendance.name")
        self.names.setAccessibleName("登记到会的人员")
        theme.fit(self.names, QWidget.setMaximumWidth, 200)
        self.names.taken.connect(self._on_taken)
        self.names.returnPressed.connect(self._on_unknown)
        self.names.textEdited.connect(partial(self.say, ""))
        self.everyone = button("全到", theme, icon="check", name="attendance.all")
        self.everyone.setShortcut(QKeySequence("Ctrl+Shift+A"))
        self.everyone.setToolTip("把未登记的人员全部登记为到会（Ctrl+Shift+A）")
        self.everyone.clicked.connect(self.all_present)
        self.counts = label("", wrap=True, name="attendance.counts")
        self.note = Problem()
        self.bar = PersonBar(theme)
        self.bar.state_chosen.connect(self._on_state)
        self.bar.told.connect(self._on_told)
        self.bar.excluded.connect(self._on_excluded)
        self._compose()

    @property
    def chips(self) -> dict[str, PersonChip]:
        """The chips by member id."""
        return self.people.chips

    def value(self) -> list[State]:
        """Everybody of whom something is recorded."""
        return [dict(entry) for entry in self._entries.values()]

    def set_value(self, entries: Sequence[State] | None) -> None:
        """Show these."""
        self._entries = _by_key(entries or ())
        self._current = ""
        self.bar.hide()
        self.say("")
        self._rebuild()

    def follow(self, expected: Sequence[Member], roll: Roll, excluded: frozenset[str]) -> None:
        """Another day, kind or group: other chips; what was recorded stays."""
        self._expected, self._roll, self._excluded = list(expected), roll, excluded
        self._rebuild()

    def mark(self, key: str, presence: str) -> None:
        """Record where a member stood; an empty text takes the record away."""
        if presence == UNRECORDED:
            self._entries.pop(key, None)
        else:
            entry = self._entries.setdefault(key, self._new_entry(key))
            entry["presence"] = presence
            if presence in (Presence.PRESENT.value, Presence.VIDEO.value):
                entry["reason"] = entry["made_up"] = None
        self.say("")
        self._rebuild()
        self._choose(key)
        if presence == Presence.LEAVE.value:
            self.bar.ask_reason()
        self.changed.emit()

    @Slot()
    def all_present(self) -> None:
        """Everybody expected who is not recorded yet was there."""
        for member in self._expected:
            if member.id not in self._entries and member.id not in self._excluded:
                entry = self._entries.setdefault(member.id, self._new_entry(member.id))
                entry["presence"] = Presence.PRESENT.value
        self._rebuild()
        self._choose("")
        self.changed.emit()

    def tell(self, problems: Problems) -> QWidget | None:
        """Say what is wrong under the list; the first member of whom it is said is looked at."""
        self.say("；".join(problems.values()))
        numbers = [place.partition(".")[0] for place in problems]
        keys = [k for n, k in enumerate(self._entries) if str(n) in numbers and k in self.chips]
        return self.chips[keys[0]] if keys else self.names if problems else None

    def say(self, problem: str, *_typed: str) -> None:
        """Put a problem under the list."""
        self.note.say(problem)

    def _new_entry(self, key: str) -> State:
        member = self._roll.by_id.get(key) if self._roll else None
        return {
            "member_id": member.id if member else None,
            "name": member.name if member else key,
            "presence": Presence.PRESENT.value,
            "reason": None,
            "made_up": None,
        }

    def _candidates(self) -> Sequence[Candidate]:
        expected = {member.id for member in self._expected}
        others = [m for m in self._roll.members if m.id not in expected] if self._roll else []
        day = self._roll.day if self._roll else None
        found = candidates(self._expected, lambda m: (day and m.group_on(day)) or "")
        return found + candidates(others, lambda _other: "不在应到名单")

    @Slot(Person)
    def _on_taken(self, person: Person) -> None:
        self.names.clear()
        if person.member_id:
            self.mark(person.member_id, Presence.PRESENT.value)
            self.names.setFocus()

    @Slot()
    def _on_unknown(self) -> None:
        typed = self.names.text().strip()
        fits = [c for c in self._candidates() if c.name == typed]
        if len(fits) == 1 and fits[0].member_id:
            self._on_taken(Person(typed, fits[0].member_id))
        elif len(fits) > 1:
            self.say(f"有{len(fits)}名党员叫“{typed}”，请在下面的名单中选择")
        elif typed:
            self.say(f"“{typed}”不是当日的在册党员，请核对姓名；非党员可登记为列席人员")

    @Slot(str)
    def _toggle(self, key: str) -> None:
        entry = self._entries.get(key)
        presence = entry["presence"] if entry else UNRECORDED
        if presence == UNRECORDED and key not in self._excluded:
            self.mark(key, Presence.PRESENT.value)
        elif presence == Presence.PRESENT.value:
            self.mark(key, UNRECORDED)
        else:
            self._choose(key)
            self._dress(key)

    @Slot(str)
    def _on_state(self, presence: str) -> None:
        if self._current:
            self.mark(self._current, presence)

    @Slot(str, str)
    def _on_told(self, reason: str, made_up: str) -> None:
        entry = self._entries.get(self._current)
        if entry is not None:
            entry["reason"], entry["made_up"] = reason.strip() or None, made_up.strip() or None
            self._dress(self._current)
            self.changed.emit()

    @Slot()
    def _on_excluded(self) -> None:
        if self._current in self.chips:
            self.exclusion_asked.emit(self.chips[self._current].name)

    @Slot(str)
    def _choose(self, key: str) -> None:
        self._current = key if key in self.chips else ""
        if not self._current:
            self.bar.hide()
            return
        self.bar.show_person(self.chips[key].name, self._entries.get(key))

    def _dress(self, key: str) -> None:
        self.people.dress(key, self._entries.get(key), excluded=key in self._excluded)

    def _rebuild(self) -> None:
        lines = _lines(self._expected, self._roll, self._entries)
        self.people.show_people(lines, self._entries, self._excluded)

    def _compose(self) -> None:
        head = row_of(label("到会", "heading"), self.names, self.everyone, (self.counts, 1), gap=10)
        column_of(head, self.note, self.people, self.bar, on=self, gap=6)


def _by_key(entries: Sequence[State]) -> dict[str, State]:
    told: list[State] = [{"name": "", **entry} for entry in entries]
    return {entry.get("member_id") or entry["name"]: entry for entry in told}


def _lines(
    members: Sequence[Member], roll: Roll | None, entries: Mapping[str, State]
) -> list[Line]:
    """Chips by party group; last those recorded who are not expected."""
    day = roll.day if roll else None
    groups: dict[str, list[tuple[str, str]]] = {g: [] for g in (roll.groups if roll else ())}
    for member in members:
        group = (member.group_on(day) if day else None) or "未编组"
        groups.setdefault(group, []).append((member.id, member.name))
    lines = [(title, tuple(people)) for title, people in groups.items() if people]
    if len(members) <= FEW and lines:
        lines = [("", tuple(person for _title, people in lines for person in people))]
    expected = {member.id for member in members}
    rest = tuple((k, e["name"]) for k, e in entries.items() if k not in expected)
    return [*lines, (OTHERS, rest)] if rest else lines
