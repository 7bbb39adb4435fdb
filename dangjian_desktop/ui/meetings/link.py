"""Which projects an agenda item dealt with: a small widget for the editor of meetings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.writing import State
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, row_of

NONE = "关联项目"


@dataclass(frozen=True, slots=True)
class LinkChoices:
    """Projects that can be linked, and those that are, by agenda item."""

    projects: tuple[tuple[str, str], ...]
    linked: Mapping[str | None, frozenset[str]]


NO_LINKS = LinkChoices((), {})
"""For a library without projects."""


def load_links(desk: Desk, meeting_id: str) -> LinkChoices:
    """For a meeting, in the library's thread: open projects and those linked already."""
    linked: dict[str | None, set[str]] = {}
    known: dict[str, str] = {}
    for project in desk.project_links.of_meeting(meeting_id):
        known[project.id] = project.title
        for link in project.meetings:
            if link.meeting_id == meeting_id:
                linked.setdefault(link.item_id, set()).add(project.id)
    for row in desk.projects.listed(ProjectFilter()):
        if not row.state.over:
            known.setdefault(row.id, row.title)
    found = {item: frozenset(ids) for item, ids in linked.items()}
    return LinkChoices(tuple(known.items()), found)


def linked_items(agenda: Iterable[State], links: LinkChoices) -> list[State]:
    """The items of a form with the projects linked to each, unless a draft knows better."""
    return [{"projects": sorted(links.linked.get(i.get("id"), ())), **i} for i in agenda]


def save_with_links(desk: Desk, meeting: Meeting, state: State) -> Meeting:
    """Store the meeting, then what its items say of projects; in the library's thread."""
    stored = desk.meetings.save(meeting)
    linked = load_links(desk, stored.id).linked
    kept = {item.id for item in stored.agenda}
    for item in state.get("agenda") or ():
        wanted = frozenset(item.get("projects") or ())
        if item["id"] in kept and wanted != linked.get(item["id"], frozenset()):
            desk.project_links.set_links(stored.id, item["id"], wanted)
    for item_id, projects in linked.items():
        if item_id is not None and item_id not in kept:
            for project in projects:
                desk.project_links.unlink(project, stored.id, item_id)
    return stored


class ProjectLink(QWidget):
    """One button with a menu of projects, each on or off; ``changed`` comes with each switch."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._projects: tuple[tuple[str, str], ...] = ()
        self._chosen: set[str] = set()
        self.open = button(NONE, theme, icon="target", look="quiet", name="item.projects")
        self.open.setProperty("menu", True)
        self._menu = QMenu(self)
        self.open.setMenu(self._menu)
        row_of(self.open, on=self, gap=0)
        self.offer(())

    def offer(self, projects: Sequence[tuple[str, str]]) -> None:
        """Offer these projects (id, title); hidden where there is none."""
        self._projects = tuple(projects)
        self.choose(self._chosen)

    def choose(self, chosen: Collection[str]) -> None:
        """Switch these on and the others off, without a signal."""
        self._chosen = set(chosen)
        self._menu.clear()
        for uid, title in self._projects:
            act = self._menu.addAction(title)
            act.setCheckable(True)
            act.setChecked(uid in self._chosen)
            act.toggled.connect(partial(self._switch, uid))
        self.setVisible(bool(self._projects))
        self._say()

    def value(self) -> list[str]:
        """Ids of the projects that are on, sorted."""
        return sorted(self._chosen)

    def menu(self) -> QMenu:
        """The menu of projects."""
        return self._menu

    def _switch(self, uid: str, on: bool) -> None:
        (self._chosen.add if on else self._chosen.discard)(uid)
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        titles = [title for uid, title in self._projects if uid in self._chosen]
        words = f"项目：{'、'.join(titles)}" if titles else NONE
        self.open.setText(f" {words}")
        self.open.setAccessibleName(words)
