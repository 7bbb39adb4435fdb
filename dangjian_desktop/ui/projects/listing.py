"""What the page of projects shows, gathered in the library's thread; makes no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.records.pinyin import initials
from dangjian_desktop.ui.projects.context import FORM
from dangjian_desktop.ui.records.drafts_banner import OpenDraft

PROGRESS_FORM = "progress"
"""The name under which unsaved monthly entries are kept, by ``PROJECT/YYYY-MM``."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the chips narrow the list to; what is empty narrows nothing."""

    year: int = 0
    group: str = ""
    category: str = ""

    def filter(self, categories: Categories) -> ProjectFilter:
        """The same for the service."""
        group = categories.group(self.group)
        return ProjectFilter(
            year=self.year or None,
            category=self.category or None,
            categories=group.categories if group else (),
        )


def of_year(year: int, shown: Narrowing) -> Narrowing:
    """Another year, the rest as it is."""
    return replace(shown, year=year)


def of_group(group: str, shown: Narrowing) -> Narrowing:
    """A group of categories instead of one category."""
    return replace(shown, group=group, category="")


def of_category(category: str, shown: Narrowing) -> Narrowing:
    """One category, whatever its group."""
    return replace(shown, group="" if category else shown.group, category=category)


@dataclass(frozen=True, slots=True)
class Listing:
    """One state of the list; ``years`` newest first."""

    shown: Narrowing
    rows: tuple[ProjectRow, ...]
    years: tuple[int, ...]
    categories: Categories
    drafts: tuple[OpenDraft, ...]
    today: date

    @property
    def keys(self) -> dict[str, str]:
        """Pinyin initials of the titles, for type-ahead."""
        return {row.id: initials(row.title) for row in self.rows}

    @property
    def foot(self) -> str:
        """共 3 个项目，2 个有逾期节点."""
        late = sum(1 for row in self.rows if row.overdue(self.today))
        said = f"，{late} 个有逾期节点" if late else ""
        return f"共 {len(self.rows)} 个项目{said}" if self.rows else ""


@dataclass(frozen=True, slots=True)
class LinkedMeeting:
    """A meeting that dealt with the project; ``item`` names the agenda item, if one is linked."""

    link: MeetingLink
    day: date
    title: str
    item: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """What the card shows of one project; ``lacking`` is by the state that may follow."""

    project: Project
    today: date
    responsible: str
    lacking: Mapping[ProjectState, tuple[Finding, ...]]
    rules: Mapping[str, RuleText]
    meetings: tuple[LinkedMeeting, ...]
    unsaved: Mapping[str, ProgressEntry]


def load_listing(desk: Desk, wanted: Narrowing | None, reveal: str = "") -> Listing:
    """The list as narrowed (the newest year unless told), or so that ``reveal`` is in it."""
    years, categories = desk.projects.years(), desk.projects.categories()
    today = desk.due.day()
    usual = today.year if today.year in years else (years[0] if years else 0)
    shown = wanted or Narrowing(usual)
    if shown.year and shown.year not in years:
        shown = replace(shown, year=usual)
    rows = desk.projects.listed(shown.filter(categories))
    if reveal and all(row.id != reveal for row in rows):
        sought = desk.projects.rows([reveal]).get(reveal)
        if sought is not None:
            shown = Narrowing(sought.year or 0)
            rows = desk.projects.listed(shown.filter(categories))
    return Listing(
        shown=shown,
        rows=tuple(rows),
        years=years,
        categories=categories,
        drafts=_drafts(desk),
        today=today,
    )


def load_detail(desk: Desk, uid: str) -> Detail | None:
    """What the card shows; nothing where the project is gone."""
    project = desk.projects.get([uid]).get(uid)
    if project is None or project.deleted:
        return None
    return Detail(
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


def _unsaved(desk: Desk, uid: str) -> dict[str, ProgressEntry]:
    found = {}
    for draft in desk.drafts.all(PROGRESS_FORM):
        project, _, period = draft.uid.partition("/")
        if project == uid:
            words = {n: str(draft.content.get(n) or "") for n in PROGRESS_FIELDS}
            found[period] = ProgressEntry(period=period, **words)
    return found


PROGRESS_FIELDS = ("done", "problems", "coordination", "next")


def _drafts(desk: Desk) -> tuple[OpenDraft, ...]:
    return tuple(
        OpenDraft(d.uid, str(d.content.get("title") or "新建项目"), d.saved_at, d.content)
        for d in desk.drafts.all(FORM)
    )
