"""The places of the window: the only list of its pages; imported after the frame is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.late import Late
from dangjian_desktop.services.desk import SERVICES, Desk
from dangjian_desktop.ui.desk.page import SEARCH, Hit, Place
from dangjian_desktop.ui.desk.shell import Shell

if TYPE_CHECKING:
    from dangjian_desktop.services.library.searched import Hit as Found

# Shared records that have a page of their own: title, icon, module and function.
_OWN = {
    "duty_agreement": ("责任状", "pencil", "agreements.page:agreements_page"),
    "fusion_appraisal": ("融合成效测评", "eye", "appraisals.page:appraisals_page"),
    "assessment": ("对标自评", "target", "assessments.page:assessments_page"),
    "plan": ("工作计划", "calendar", "plans.page:plans_page"),
    "priority": ("业务重点", "target", "fusion.priorities:priorities_page"),
    "indicator": ("指标", "file-spreadsheet", "fusion.indicators:indicators_page"),
    "brand": ("支部品牌", "book-open", "fusion.brands:brands_page"),
    "heart_talk": ("谈心谈话", "message-circle", "talks.page:talks_page"),
    "item": ("问题与任务", "clipboard-list", "items.page:items_page"),
    "package": ("报送包", "upload", "submissions.page:packages_page"),
    "template": ("Word 模板", "copy", "templates.page:templates_page"),
}
# Code, title, icon, module and function of the page, whether at the foot. Named, so that the first
# page does not wait for the others.
_LIST: tuple[tuple[str, str, str, str, bool], ...] = (
    ("home", "工作台", "house", "home.home:HomePage", False),
    ("roster", "党员", "users", "members.roster:roster_page", False),
    ("meetings", "组织生活", "calendar-check", "meetings.meetings:meetings_page", False),
    ("projects", "书记项目", "target", "projects.projects:projects_page", False),
    ("ledgers", "清单台账", "clipboard-list", "ledgers.ledgers:LedgersPage", False),
    *(
        (r.code, *_OWN.get(r.code, (r.title, "file-text", "shared_page:shared_page")), False)
        for r in SHARED
    ),
    ("blank_forms", "上级空表", "file-plus", "blank_forms.page:BlankFormsPage", False),
    ("summaries", "汇总报送", "file-text", "summaries.summaries:SummariesPage", False),
    ("checks", "支部体检", "circle-check", "checks.checks:ChecksPage", False),
    (SEARCH, "搜索结果", "", "results_page:ResultsPage", False),
    ("settings", "设置", "settings", "settings.settings:SettingsPage", True),
)
FIRST = _LIST[0][0]
_RECORDS = {record.code: (record,) for record in SHARED if record.code not in _OWN}
_GROUPS = {
    "member": ("党员", "roster"),
    "meeting": ("会议", "meetings"),
    "project": ("项目", "projects"),
    "summary": ("汇总", "summaries"),
    **{record.code: (record.title, record.code) for record in SHARED},
}
_LEDGERS = ("台账", "ledgers")
LEDGER = "ledger:"
"""What the kind of a row of a ledger begins with."""
HITS = 30
LOG = logging.getLogger(__name__)
Show = Callable[[Sequence[Hit], bool], None]


def places(desk: Desk, shell: Shell) -> tuple[Place, ...]:
    """All places; a page is made when it is first shown."""
    return tuple(_place(desk, shell, *each) for each in _LIST)


def _place(
    desk: Desk, shell: Shell, code: str, title: str, icon: str, of: str, foot: bool
) -> Place:
    page, given = Late(f"ui.{of}"), (*_RECORDS.get(code, ()), desk, shell)
    # The first page asks little, and what it asks is there once the library is open.
    parts = (page,) if code == FIRST else (page, *SERVICES)
    return Place(code, title, icon, lambda: page.read()(*given), foot, parts)


def search(desk: Desk, shell: Shell, text: str, show: Show) -> None:
    """Search in the library's thread and bring the hits to ``show`` on the UI thread."""

    def find() -> tuple[Sequence[Found], bool]:
        return desk.search.find(text, HITS)[0], desk.search.indexed

    def arrived(found: tuple[Sequence[Found], bool]) -> None:
        show([_hit(each) for each in found[0]], found[1])
        if not found[1]:
            tend(desk, shell)

    shell.jobs.library(find, arrived, title="正在搜索")


def tend(desk: Desk, shell: Shell, then: Callable[[], object] = bool) -> None:
    """Bring the index of the search up to the records, step by step behind other work."""

    def stepped(more: bool) -> None:
        if more:
            shell.jobs.library(desk.search.tend, stepped, given_up)
        else:
            then()

    def given_up(error: Exception) -> None:
        # The search reads the records meanwhile; the next opening tries again.
        LOG.warning("the index was not made: %s", type(error).__name__)

    stepped(more=True)


def follow(desk: Desk, shell: Shell) -> None:
    """The same after a change that left much behind; a little waits for the next opening."""
    if desk.search.far_behind:
        tend(desk, shell)


def group_of(kind: str) -> str:
    """The word under which hits of a type stand together."""
    return _GROUPS.get(kind, _LEDGERS)[0]


def where(kind: str, uid: str) -> tuple[str, str]:
    """The place of a hit, and what it is called there."""
    if kind in _GROUPS:
        return _GROUPS[kind][1], uid
    return _LEDGERS[1], f"{kind.removeprefix(LEDGER)}/{uid}"


def _hit(found: Found) -> Hit:
    place, uid = where(found.type, found.id)
    detail = "　".join(filter(None, (found.date, found.snippet)))
    return Hit(group_of(found.type), place, uid, found.title, detail)
