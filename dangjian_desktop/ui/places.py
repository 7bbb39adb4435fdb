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

DAILY, FUSION, CHECKING, PAPERS, OTHERS = "日常工作", "党建与业务", "检查考评", "材料报送", "其他"
_FOOT = "foot"
# One to a line: code, group (the heading that it stands under), title, icon, module and function of
# the page. Named, so that the first page does not wait for the others. A shared record that is not
# named here has the page of all, under OTHERS.
_NAMED: tuple[tuple[str, str, str, str, str], ...] = (
    ("home", "", "工作台", "house", "home.home:HomePage"),
    ("roster", DAILY, "党员", "users", "members.roster:roster_page"),
    ("meetings", DAILY, "组织生活", "calendar-check", "meetings.meetings:meetings_page"),
    ("item", DAILY, "问题与任务", "list-checks", "items.page:items_page"),
    ("duty_agreement", DAILY, "责任状", "file-pen-line", "agreements.page:agreements_page"),
    ("ledgers", DAILY, "清单台账", "clipboard-list", "ledgers.ledgers:LedgersPage"),
    ("heart_talk", DAILY, "谈心谈话", "message-circle", "talks.page:talks_page"),
    ("plan", FUSION, "工作计划", "calendar-range", "plans.page:plans_page"),
    ("priority", FUSION, "业务重点", "flag", "fusion.priorities:priorities_page"),
    ("indicator", FUSION, "指标", "chart-line", "fusion.indicators:indicators_page"),
    ("projects", FUSION, "书记项目", "target", "projects.projects:projects_page"),
    ("brand", FUSION, "支部品牌", "award", "fusion.brands:brands_page"),
    ("checks", CHECKING, "支部体检", "stethoscope", "checks.checks:ChecksPage"),
    ("assessment", CHECKING, "对标自评", "ruler", "assessments.page:assessments_page"),
    ("fusion_appraisal", CHECKING, "融合成效测评", "vote", "appraisals.page:appraisals_page"),
    ("summaries", PAPERS, "汇总报送", "file-text", "summaries.summaries:SummariesPage"),
    ("package", PAPERS, "报送包", "package", "submissions.page:packages_page"),
    ("blank_forms", PAPERS, "上级空表", "file-spreadsheet", "blank_forms.page:BlankFormsPage"),
    ("template", PAPERS, "Word 模板", "layout-template", "templates.page:templates_page"),
    (SEARCH, "", "搜索结果", "", "results_page:ResultsPage"),
    ("settings", _FOOT, "设置", "settings", "settings.settings:SettingsPage"),
)
_RECORDS = {r.code: (r,) for r in SHARED if r.code not in {code for code, *_ in _NAMED}}
_LIST = (
    *_NAMED,
    *(
        (r.code, OTHERS, r.title, "folder-open", "shared_page:shared_page")
        for (r,) in _RECORDS.values()
    ),
)
FIRST = _LIST[0][0]
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
    desk: Desk, shell: Shell, code: str, group: str, title: str, icon: str, of: str
) -> Place:
    page, given = Late(f"ui.{of}"), (*_RECORDS.get(code, ()), desk, shell)
    # The first page asks little, and what it asks is there once the library is open.
    parts = (page,) if code == FIRST else (page, *SERVICES)
    foot = group == _FOOT
    return Place(code, title, icon, lambda: page.read()(*given), foot, parts, "" if foot else group)


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
