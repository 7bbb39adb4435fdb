"""Which projects an agenda item dealt with: a small widget for the editor of meetings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from dangjian_desktop.domain.projects import ProjectFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.theme import Theme
from dangjian_desktop.ui.widgets import button, space

NONE = "关联项目"


@dataclass(frozen=True, slots=True)
class LinkChoices:
    """Projects that can be linked, and those that are, by agenda item."""

    projects: tuple[tuple[str, str], ...]
    linked: Mapping[str | None, frozenset[str]]


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


def save_links(desk: Desk, meeting_id: str, chosen: Mapping[str | None, Collection[str]]) -> None:
    """After the meeting is saved, in the library's thread: make these the linked projects."""
    for item_id, projects in chosen.items():
        desk.project_links.set_links(meeting_id, item_id, projects)


class ProjectLink(QWidget):
    """One button with a menu of projects, each on or off; ``changed`` comes with each switch."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._projects: tuple[tuple[str, str], ...] = ()
        self._chosen: set[str] = set()
        self.open = button(NONE, theme, icon="target", look="quiet", name="item.projects")
        self._menu = QMenu(self)
        self.open.setMenu(self._menu)
        row = QHBoxLayout(self)
        space(row, margins=(0, 0, 0, 0), gap=0)
        row.addWidget(self.open)
        self.offer((), ())

    def offer(self, projects: Sequence[tuple[str, str]], chosen: Collection[str]) -> None:
        """Offer these projects (id, title); hidden where there is none."""
        self._projects, self._chosen = tuple(projects), set(chosen)
        self._menu.clear()
        for uid, title in self._projects:
            act = self._menu.addAction(title)
            act.setCheckable(True)
            act.setChecked(uid in self._chosen)
            act.toggled.connect(partial(self._switch, uid))
        self.setVisible(bool(self._projects))
        self._say()

    def value(self) -> tuple[str, ...]:
        """Ids of the projects that are on, in the order offered."""
        return tuple(uid for uid, _title in self._projects if uid in self._chosen)

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
