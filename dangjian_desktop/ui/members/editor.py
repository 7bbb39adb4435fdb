"""The editor of members."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from dangjian_desktop.domain.dates import read_day
from dangjian_desktop.domain.field_values import removed_from
from dangjian_desktop.domain.members.member import NORMAL, Member, new_id
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.member_form import STATUS, Change, entered, plain
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.members.member_cards import MemberCards
from dangjian_desktop.ui.records.editing import Editing, Opened, found_in
from dangjian_desktop.ui.records.editor import RecordEditor

FORM = "member"
"""The name under which drafts of members are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberContext(Opened):
    """A member as the editor found it; ``groups`` are the party groups of today, ``others`` the
    names of everybody else with what tells them apart."""

    groups: tuple[str, ...]
    others: tuple[tuple[str, str], ...]


def member_editor(desk: Desk, shell: Shell) -> RecordEditor:
    """Edits one member at a time."""

    def save(member: Member, _state: State) -> Member:
        return desk.roster.save(member)

    def new(_which: str) -> MemberContext:
        state = {"values": {}, "changes": {STATUS.field.name: {"value": NORMAL}}}
        return _context(desk, uid=new_id(), state=state)

    editing = Editing(
        form=FORM,
        noun="党员信息",
        load=partial(context_of, desk),
        new=new,
        body=partial(MemberCards, shell.theme, shell.jobs),
        read=read,
        save=save,
        revision=desk.roster.revision,
        title=_title,
        removed=lambda state: removed_from(MEMBER.fields, state["values"]),
    )
    return RecordEditor(desk, shell, editing)


def context_of(desk: Desk, uid: str) -> MemberContext | None:
    """For a stored member or a draft; nothing where there is neither."""
    return found_in(desk.roster, partial(_context, desk), desk.drafts, FORM, uid, state_of)


def state_of(member: Member) -> State:
    """A stored member as the form holds it: no change is pending."""
    return {"name": member.name, "values": plain(member), "changes": {}}


def read(state: State, context: MemberContext) -> tuple[Member | None, Mapping[str, str]]:
    """The member that the form means; sentences by field where it means none."""
    changes = {n: _change(kept, context) for n, kept in state["changes"].items() if kept}
    try:
        made = entered(context.uid, context.stored, state["values"], changes, context.today)
    except InputError as error:
        return None, dict(error.fields)
    return made, {}


def _change(kept: Mapping[str, Any], context: MemberContext) -> Change:
    since = None if kept.get("always") else read_day(kept.get("since") or "", context.today)
    return Change(kept.get("value") or None, since)


def _context(desk: Desk, **opened: Any) -> MemberContext:
    today = desk.today()
    roll = desk.roster.roll(today)
    others = tuple((m.name, _told(m)) for m in roll.known if m.id != opened["uid"])
    return MemberContext(groups=roll.groups, others=others, today=today, **opened)


def _told(member: Member) -> str:
    born = "" if member.birth_date is None else f"{member.birth_date}出生"
    return born or "出生日期待补"


def _title(state: State, context: MemberContext) -> str:
    name = state.get("name") or "未填姓名"
    return "新增党员" if context.stored is None else f"编辑：{name}"
