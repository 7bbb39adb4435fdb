"""The places of the window: the only list of its pages; imported after the frame is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.search import Hit as Found
from dangjian_desktop.ui.page import Hit, Page, Place
from dangjian_desktop.ui.shell import Shell

_PAGES = "dangjian_desktop.ui.pages"
# Code, title, icon, module, class, at the foot.
_LIST = (
    ("home", "工作台", "house", "home", "HomePage", False),
    ("roster", "党员", "users", "roster", "RosterPage", False),
    ("meetings", "组织生活", "calendar-check", "meetings", "MeetingsPage", False),
    ("projects", "书记项目", "target", "projects", "ProjectsPage", False),
    ("summaries", "汇总报送", "file-text", "summaries", "SummariesPage", False),
    ("settings", "设置", "settings", "settings", "SettingsPage", True),
)
_GROUPS = {
    "member": ("党员", "roster"),
    "meeting": ("会议", "meetings"),
    "project": ("项目", "projects"),
}
HITS = 30


def places(desk: Desk, shell: Shell) -> tuple[Place, ...]:
    """All places that work; a page is made, and its module imported, when it is first shown."""
    return tuple(
        Place(code, title, icon, partial(_make, module, name, desk, shell), at_foot)
        for code, title, icon, module, name, at_foot in _LIST
        if find_spec(f"{_PAGES}.{module}") is not None
    )


def search(desk: Desk, shell: Shell, text: str, show: Callable[[Sequence[Hit]], None]) -> None:
    """Search in the library's thread and bring the hits to ``show`` on the UI thread."""

    def arrived(found: tuple[Sequence[Found], int]) -> None:
        show([_hit(each) for each in found[0] if each.type in _GROUPS])

    shell.jobs.library(partial(desk.search.find, text, HITS), arrived, title="正在搜索")


def _hit(found: Found) -> Hit:
    group, place = _GROUPS[found.type]
    detail = "　".join(filter(None, (found.date, found.snippet)))
    return Hit(group, place, found.id, found.title, detail)


def _make(module: str, name: str, desk: Desk, shell: Shell) -> Page:
    page: Page = getattr(import_module(f"{_PAGES}.{module}"), name)(desk, shell)
    return page
