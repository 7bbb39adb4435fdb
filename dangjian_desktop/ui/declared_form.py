"""The form of a record out of its declaration, with the people, groups and records it offers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.record import Record
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.fields.choices import ChoiceEditor
from dangjian_desktop.ui.fields.field_editors import FieldEditor
from dangjian_desktop.ui.fields.names import Candidate
from dangjian_desktop.ui.fields.picked import LinkEditor
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.records.editing import Opened
from dangjian_desktop.ui.records.form_body import FormBody

GONE = "（已不存在）"
_DAY_LENGTHS = {FieldType.DATE: 10, FieldType.MONTH: 7, FieldType.YEAR: 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredOpened(Opened):
    """A record as the editor found it; ``members`` are all ever on the roster, ``targets`` by
    field the records that it may name, as the form holds a link."""

    members: tuple[Member, ...]
    targets: Mapping[str, Sequence[Mapping[str, Any]]]


def around(record: Record, desk: Desk) -> dict[str, Any]:
    """What surrounds a record of this kind now, for its ``DeclaredOpened``."""
    return {
        "today": desk.clock().date(),
        "members": desk.meetings.members(),
        "targets": desk.targets(record),
    }


def begun(record: Record, today: date) -> State:
    """What stands in the form of a new record: its day is today."""
    day = None if record.day is None else record.field(record.day)
    length = None if day is None else _DAY_LENGTHS.get(day.type)
    return {} if day is None or length is None else {day.json or day.name: str(today)[:length]}


def declared_form(
    fields: Sequence[Field],
    theme: Theme,
    opened: DeclaredOpened,
    own: Mapping[FieldType, Callable[[Field], FieldEditor]] = MappingProxyType({}),
) -> FormBody:
    """The form over these fields; ``own`` makes the editors that only the subject knows."""

    def now() -> DeclaredOpened:
        shown = body.opened
        return shown if isinstance(shown, DeclaredOpened) else opened

    def people() -> Sequence[Candidate]:
        roll = Roll(now().members, now().today)
        return [
            Candidate(m.name, m.initials, m.id, m.group_on(roll.day) or "") for m in roll.members
        ]

    def link(field: Field) -> FieldEditor:
        return LinkEditor(field, theme, lambda: now().targets.get(field.name, ()))

    def group(field: Field) -> FieldEditor:
        groups = Roll(opened.members, opened.today).groups
        return ChoiceEditor(field, tuple((name, name) for name in groups))

    made = {FieldType.LINK: link, FieldType.GROUP: group, **own}
    body = FormBody(fields, theme, opened, people, own=made)
    return body
