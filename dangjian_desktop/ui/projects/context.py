"""What the editor of a project needs to begin, gathered in the library's thread."""

from __future__ import annotations

from functools import partial
from typing import Any

from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.projects.form import new_state, state_of
from dangjian_desktop.ui.records.editing import Opened, found_in

FORM = "project"
"""The name under which drafts of projects are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectContext(Opened):
    """A project as the editor found it, with what its form offers."""

    categories: Categories
    members: tuple[Member, ...]


def context_of(desk: Desk, uid: str) -> ProjectContext | None:
    """For a stored project or a draft; nothing where there is neither."""
    return found_in(desk.projects, partial(_context, desk), desk.drafts, FORM, uid, state_of)


def context_for_new(desk: Desk) -> ProjectContext:
    """For a new project, the secretary of today filled in."""
    today = desk.today()
    roll = Roll(desk.meetings.members(), today)
    secretary = next(iter(roll.with_role(PostRole.SECRETARY)), None)
    state = (
        new_state(today)
        if secretary is None
        else new_state(today, secretary.name, secretary.phone or "", secretary.id)
    )
    return _context(desk, uid=state["id"], state=state)


def _context(desk: Desk, **opened: Any) -> ProjectContext:
    return ProjectContext(
        categories=desk.projects.categories(),
        members=desk.meetings.members(),
        today=desk.today(),
        **opened,
    )
