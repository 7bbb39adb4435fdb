"""The columns of the roster's table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.members.identity import masked, masked_phone
from dangjian_desktop.domain.members.member import NORMAL, Member
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.record import value_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.members.listing import age_on, missing_facts
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.records.declared import columns_of
from dangjian_desktop.ui.records.tables import Column


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A member as of the day that is shown."""

    member: Member
    day: date

    @property
    def kind(self) -> str:
        """人员类别 with what is not usual about it, or why the person is no member on the day."""
        if self.member.undecided_on(self.day):
            return "身份未定"
        kind = self.member.kind_on(self.day)
        status = self.member.status_on(self.day)
        if status in (None, NORMAL):
            return "" if kind is None else kind.label
        counted = kind is not None and self.member.belongs_on(self.day)
        return f"{kind.label}（{status}）" if kind and counted else str(status)

    @property
    def age(self) -> str:
        """（41岁）, or empty while it is not known."""
        age = age_on(self.member, self.day)
        return "" if age is None else f"（{age}岁）"

    @property
    def missing(self) -> tuple[str, ...]:
        """What is still wanted."""
        return tuple(missing_facts(self.member, self.day).values())


def rows_of(members: Sequence[Member], day: date) -> dict[str, MemberRow]:
    """Rows by id."""
    return {member.id: MemberRow(member, day) for member in members}


def _value(row: MemberRow, field: Field) -> Any:
    """As of the day of the row, and words at once: the spans of a field know no day."""
    value = value_of(row.member, field)
    return text_of(field, value, row.day) if field.as_of else value


def _text(field: Field, value: Any) -> str:
    return value if field.as_of else text_of(field, value)


def _born(row: MemberRow) -> str:
    return str(row.member.birth_date or "")[:7] + row.age


_MISSING: Column[MemberRow] = Column(
    code="missing",
    title="待补",
    text=lambda r: "待补" if r.missing else "",
    tooltip=lambda r: "待补：" + "、".join(r.missing) if r.missing else "",
    width=50,
)
_LOOKS: dict[str, dict[str, Any]] = {
    "name": {"width": 78, "key": lambda r: r.member.sort_key or None},
    "sex": {"width": 50},
    "birth_date": {"title": "出生年月（年龄）", "text": _born, "tooltip": _born, "width": 142},
    "kinds": {"text": lambda r: r.kind, "width": 78},
    "groups": {"width": 92},
    "posts": {"width": 120},
    "phone": {"text": lambda r: masked_phone(r.member.phone), "tooltip": None},
    "id_number": {"text": lambda r: masked(r.member.id_number), "tooltip": None, "width": 170},
}
# What is looked for most comes first and fits beside the card; the rest is a right-click away.
COLUMNS = columns_of(*(MEMBER, _text, _value), of=Member, looks=_LOOKS, after={"name": (_MISSING,)})
