"""The places of the window: the only list of its pages; imported after the frame is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from functools import partial

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.search import Hit as Found
from dangjian_desktop.ui.desk.page import Hit, Page, Place
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.home.home import HomePage
from dangjian_desktop.ui.ledgers.ledgers import LedgersPage
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.members.roster import roster_page
from dangjian_desktop.ui.projects.projects import projects_page
from dangjian_desktop.ui.settings.settings import SettingsPage
from dangjian_desktop.ui.shared_page import PLACES
from dangjian_desktop.ui.summaries.summaries import SummariesPage

Maker = Callable[[Desk, Shell], Page]

# Code, title, icon, page, at the foot.
_LIST: tuple[tuple[str, str, str, Maker, bool], ...] = (
    ("home", "工作台", "house", HomePage, False),
    ("roster", "党员", "users", roster_page, False),
    ("meetings", "组织生活", "calendar-check", meetings_page, False),
    ("projects", "书记项目", "target", projects_page, False),
    ("ledgers", "清单台账", "clipboard-list", LedgersPage, False),
    *((*place, False) for place in PLACES),
    ("summaries", "汇总报送", "file-text", SummariesPage, False),
    ("settings", "设置", "settings", SettingsPage, True),
)
_GROUPS = {
    "member": ("党员", "roster"),
    "meeting": ("会议", "meetings"),
    "project": ("项目", "projects"),
    **{code: (title, code) for code, title, *_ in PLACES},
}
LEDGER = "ledger:"
"""What the kind of a row of a ledger begins with."""
HITS = 30
LOG = logging.getLogger(__name__)
Show = Callable[[Sequence[Hit], bool], None]


def places(desk: Desk, shell: Shell) -> tuple[Place, ...]:
    """All places; a page is made when it is first shown."""
    return tuple(
        Place(code, title, icon, partial(make, desk, shell), at_foot)
        for code, title, icon, make, at_foot in _LIST
    )


def search(desk: Desk, shell: Shell, text: str, show: Show) -> None:
    """Search in the library's thread and bring the hits to ``show`` on the UI thread."""

    def find() -> tuple[Sequence[Found], bool]:
        return desk.search.find(text, HITS)[0], desk.search.indexed

    def arrived(found: tuple[Sequence[Found], bool]) -> None:
        show([_hit(each) for each in found[0]], found[1])
        if not found[1]:
            tend(desk, shell)

    shell.jobs.library(find, arrived, title="正在搜索")


def tend(desk: Desk, shell: Shell) -> None:
    """Bring the index of the search up to the records, step by step behind other work."""

    def stepped(more: bool) -> None:
        if more:
            shell.jobs.library(desk.search.tend, stepped, given_up)

    def given_up(error: Exception) -> None:
        # The search reads the records meanwhile; the next opening tries again.
        LOG.warning("the index was not made: %s", type(error).__name__)

    stepped(more=True)


def follow(desk: Desk, shell: Shell) -> None:
    """The same after a change that left much behind; a little waits for the next opening."""
    if desk.search.far_behind:
        tend(desk, shell)


def _hit(found: Found) -> Hit:
    group, place = _GROUPS.get(found.type, ("台账", "ledgers"))
    uid = found.id if found.type in _GROUPS else f"{found.type.removeprefix(LEDGER)}/{found.id}"
    detail = "　".join(filter(None, (found.date, found.snippet)))
    return Hit(group, place, uid, found.title, detail)
