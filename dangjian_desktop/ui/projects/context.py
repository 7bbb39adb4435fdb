"""What the editor of a project needs to begin, gathered in the library's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dangjian_desktop.domain.members.member import Member, PostRole
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.projects.form import new_state, state_of

FORM = "project"
"""The name under which drafts of projects are kept."""


@dataclass(frozen=True, slots=True)
class ProjectContext:
    """``state`` is what the form shows first; ``stored`` the project as it was last saved."""

    state: State
    stored: Project | None
    draft: Draft | None
    categories: Categories
    members: tuple[Member, ...]
    today: date


def context_of(desk: Desk, uid: str) -> ProjectContext | None:
    """For a stored project or a draft; nothing where there is neither."""
    stored = desk.projects.get([uid]).get(uid)
    stored = None if stored is None or stored.deleted else stored
    draft = desk.drafts.get(FORM, uid)
    if stored is None and draft is None:
        return None
    state = dict(draft.content) if draft else state_of(stored) if stored else {}
    return _context(desk, state, stored, draft)


def context_for_new(desk: Desk) -> ProjectContext:
    """For a new project, the secretary of today filled in."""
    today = desk.clock().date()
    roll = Roll(desk.meetings.members(), today)
    secretary = next(iter(roll.with_role(PostRole.SECRETARY)), None)
    state = (
        new_state(today)
        if secretary is None
        else new_state(today, secretary.name, secretary.phone or "", secretary.id)
    )
    return _context(desk, state, None, None)


def _context(
    desk: Desk, state: State, stored: Project | None, draft: Draft | None
) -> ProjectContext:
    return ProjectContext(
        state=state,
        stored=stored,
        draft=draft,
        categories=desk.projects.categories(),
        members=desk.meetings.members(),
        today=desk.clock().date(),
    )
