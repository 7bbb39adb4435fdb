"""What the page of projects shows, gathered in the library's thread; makes no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.checks.facts import RuleText
from dangjian_desktop.domain.findings import Finding
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import (
    MeetingLink,
    ProgressEntry,
    Project,
    ProjectFilter,
    ProjectState,
)
from dangjian_desktop.domain.projects.states import next_states
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import Draft
from dangjian_desktop.services.records.pinyin import Initials
from dangjian_desktop.ui.projects.context import FORM
from dangjian_desktop.ui.records.subject import Listing, Narrowing, open_drafts, settled

NEW = "新建项目"
EMPTY = "这里管理书记项目、党员项目和党建+项目：从申报到结项，一次录入，各种表格都可打印。"
EMPTY_HERE = "没有符合条件的项目。"
PROGRESS_FORM = "progress"
"""The name under which unsaved monthly entries are kept, by ``PROJECT/YYYY-MM``."""


@dataclass(frozen=True, slots=True)
class ListedToday:
    """What the board and the menu of categories want beside the rows."""

    categories: Categories
    today: date


@dataclass(frozen=True, slots=True)
class LinkedMeeting:
    """A meeting that dealt with the project; ``item`` names the agenda item, if one is linked."""

    link: MeetingLink
    day: date
    title: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class UnsavedEntry:
    """What was typed of a month and not saved; ``values`` by target, as typed."""

    entry: ProgressEntry
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """What the card shows of one project; ``lacking`` is by the state that may follow."""

    project: Project
    today: date
    responsible: str
    lacking: Mapping[ProjectState, tuple[Finding, ...]]
    rules: Mapping[str, RuleText]
    meetings: tuple[LinkedMeeting, ...]
    unsaved: Mapping[str, UnsavedEntry]


def load_listing(desk: Desk, wanted: Narrowing, reveal: str = "") -> Listing:
    """The list as narrowed (this year unless told), or so that ``reveal`` is in it.

    ``part`` is a group of categories, ``more`` one category (of the group, where both are set).
    """
    years, categories = desk.projects.years(), desk.projects.categories()
    group = categories.group(wanted.part)
    if group is not None and wanted.more not in group.categories:
        wanted = replace(wanted, more=None)
    today = desk.due.day()
    usual = today.year if today.year in years else (years[0] if years else 0)
    found: dict[str, ProjectRow] = {}

    def find(shown: Narrowing) -> tuple[str, ...]:
        rows = desk.projects.listed(_filter(shown, categories))
        found.update((row.id, row) for row in rows)
        return tuple(row.id for row in rows)

    def place_of(uid: str) -> Narrowing | None:
        sought = desk.projects.rows([uid]).get(uid)
        return None if sought is None else Narrowing(sought.year or 0)

    shown, ids = settled(wanted, reveal, find, place_of, years=years, usual=usual)
    rows = {uid: found[uid] for uid in ids}
    late = sum(1 for row in rows.values() if row.overdue(today))
    foot = f"共 {len(ids)} 个项目" + (f"，{late} 个有逾期节点" if late else "")
    narrowed = bool(years or shown.part)
    return Listing(
        shown=shown,
        ids=ids,
        rows=rows,
        keys=Initials({uid: row.title for uid, row in rows.items()}),
        years=years,
        parts=(("", "全部"), *((group.name, group.name) for group in categories.groups)),
        foot=foot if ids else "",
        empty=EMPTY_HERE if narrowed else EMPTY,
        step="" if narrowed else NEW,
        drafts=open_drafts(desk, FORM, _draft_words),
        more=ListedToday(categories, today),
    )


def _filter(shown: Narrowing, categories: Categories) -> ProjectFilter:
    group = categories.group(shown.part)
    return ProjectFilter(
        year=shown.year or None,
        category=shown.more or None,
        categories=group.categories if group else (),
    )


def _draft_words(draft: Draft) -> str:
    return str(draft.content.get("title") or NEW)


def load_detail(desk: Desk, uid: str) -> ProjectSheet | None:
    """What the card shows; nothing where the project is gone."""
    project = desk.projects.get([uid]).get(uid)
    if project is None or project.deleted:
        return None
    return ProjectSheet(
        project=project,
        today=desk.due.day(),
        responsible=desk.projects.categories().group_of(project.category).responsible_label,
        lacking={s: desk.projects.missing(project, s) for s in next_states(project.state)},
        rules=desk.check.rules(),
        meetings=_linked(desk, project),
        unsaved=_unsaved(desk, uid),
    )


def load_meetings(desk: Desk, project: Project) -> tuple[LinkedMeeting, ...]:
    """Meetings and agenda items that can be linked, of the project's period, newest first."""
    wanted = MeetingFilter(first=project.start, last=project.last_day)
    found = desk.meetings.get(desk.meetings.find(wanted))
    choices = []
    for meeting in found.values():
        choices.append(LinkedMeeting(MeetingLink(meeting.id), meeting.date, meeting.title))
        choices += [
            LinkedMeeting(MeetingLink(meeting.id, item.id), meeting.date, meeting.title, item.topic)
            for item in meeting.agenda
        ]
    return tuple(choices)


def percent_text(value: Decimal | None) -> str:
    """40% or 40.5%; a dash where it is unknown."""
    return "—" if value is None else f"{number_text(value)}%"


def _linked(desk: Desk, project: Project) -> tuple[LinkedMeeting, ...]:
    found = desk.meetings.get([link.meeting_id for link in project.meetings])
    linked = []
    for link in project.meetings:
        meeting = found.get(link.meeting_id)
        if meeting is not None and not meeting.deleted:
            topics = {item.id: item.topic for item in meeting.agenda}
            item = topics.get(link.item_id or "", "")
            linked.append(LinkedMeeting(link, meeting.date, meeting.title, item))
    return tuple(sorted(linked, key=lambda each: each.day, reverse=True))


def _unsaved(desk: Desk, uid: str) -> dict[str, UnsavedEntry]:
    found = {}
    for draft in desk.drafts.all(PROGRESS_FORM):
        project, _, period = draft.uid.partition("/")
        if project == uid:
            words = {n: str(draft.content.get(n) or "") for n in PROGRESS_FIELDS}
            entry = ProgressEntry(period=period, **words)
            found[period] = UnsavedEntry(entry, draft.content.get("values") or {})
    return found


PROGRESS_FIELDS = ("done", "problems", "coordination", "next")
