"""What each paper is about, gathered from the library: one function for each subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import GridPrint, Ledger, Level, TablePrint
from dangjian_desktop.domain.ledgers.rows import LedgerRow
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.projects.project import Project, ProjectFilter, ProjectState
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.papers.catalogue import (
    CHECKS,
    LEDGER,
    MEETING,
    MEMBERS,
    PERIOD,
    PROJECT,
    PROJECTS,
    ROW,
    Paper,
    Wanted,
)
from dangjian_desktop.papers.checks.compose import CheckSheet
from dangjian_desktop.papers.ledgers.sheet import LedgerSheet
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from dangjian_desktop.papers.members.roster import RosterSheet
from dangjian_desktop.papers.projects.lists import ProjectsSheet
from dangjian_desktop.papers.projects.sheet import ProjectSheet
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.services.checks.checks import found_in, rules_of
from dangjian_desktop.services.checks.gathering import NO_MEETINGS, gather
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.counting import grid_in, in_period
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.members.strokes import stroke_key, strokes_of
from dangjian_desktop.services.papers.holidays import shipped_workdays
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.stamping import stamped
from dangjian_desktop.services.summaries.counted import counted
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True)
class Asked:
    """One print that is asked for: of ``record`` where the paper is about one.

    ``today`` is the day as of which is told, ``now`` the moment that the foot shows.
    """

    paper: Paper
    record: Any
    wanted: Wanted
    today: date
    now: datetime

    def stamp(self, work: Work, version: int | None = None) -> Stamp:
        """What the foot says."""
        return stamped(work, version, self.now)


ABOUT_ONE = (MEETING, PROJECT, ROW)
"""Papers that are about one record."""


def stored(work: Work, paper: Paper, uid: str) -> Any:
    """The record that the paper is about; raises ``InputError`` where there is none."""
    if paper.ledger is not None:
        return keeping.one(work, paper.ledger, uid)
    of, called = paper.of, {MEETING: "会议", PROJECT: "项目"}[paper.of]
    found: Any = work.of(of).one(uid)
    if found is None or found.deleted:
        raise InputError(f"没有编号为 {uid} 的{called}。", f"请用 {of} list 查看{called}编号。")
    return found


def sheet_of(work: Work, asked: Asked) -> Any:
    """All that the composer of the paper wants to know."""
    return SHEETS[asked.paper.of](work, asked)


def next_number(work: Work, meeting: Meeting) -> int | None:
    """第×次 among the year's sittings of its first counted kind, past numbers already fixed."""
    kinds = [kind for kind in kinds_of(work).of(meeting.kinds) if kind.ordinal]
    if not kinds or not meeting.held:
        return None
    year = MeetingFilter(
        first=date(meeting.date.year, 1, 1),
        last=date(meeting.date.year, 12, 31),
        kind=kinds[0].code,
        group=meeting.group,
    )
    others = [m for m in work.meetings.listed(year) if m.held and m.id != meeting.id]
    place = 1 + sum(_moment(m) < _moment(meeting) for m in others)
    taken = {m.number for m in others if m.number is not None}
    while place in taken:
        place += 1
    return place


def _moment(meeting: Meeting | SittingRow) -> tuple[date, str, str]:
    return meeting.date, f"{meeting.start or ''}", meeting.id


def _of_meeting(work: Work, asked: Asked) -> MeetingSheet:
    meeting: Meeting = asked.record
    if asked.paper.numbered and meeting.number is None:
        meeting = replace(meeting, number=next_number(work, meeting))
    others = MeetingFilter(text=meeting.activity) if meeting.activity else NO_MEETINGS
    facts = gather(work, meeting.date, others)
    version = work.meetings.revision_number(meeting.id) or None
    return MeetingSheet(meeting, facts, asked.stamp(work, version), _strokes(meeting))


def _strokes(meeting: Meeting) -> Callable[[Sequence[str]], Sequence[str]] | None:
    """The order of strokes; nothing while a candidate's name has a character without a count."""
    names = (candidate.name for item in meeting.agenda for candidate in item.candidates)
    unknown = any(strokes_of(character) is None for name in names for character in name)
    return None if unknown else partial(sorted, key=stroke_key)


def _of_project(work: Work, asked: Asked) -> ProjectSheet:
    project: Project = asked.record
    meetings = work.meetings.get(link.meeting_id for link in project.meetings)
    day = _day_of_project(project, asked)
    return ProjectSheet(
        project=project,
        branch=work.branch.on(day),
        stamp=asked.stamp(work, work.projects.revision_number(project.id) or None),
        today=day,
        group=categories_of(work).group_of(project.category).name,
        meetings=tuple(m for m in meetings.values() if not m.deleted),
        kinds=kinds_of(work),
    )


def _day_of_project(project: Project, asked: Asked) -> date:
    """The day that is asked for, else that of the stage, or of the end of the period, or today."""
    stage, period, day = asked.paper.stage, asked.wanted.period, asked.wanted.day
    if period is not None:
        return min(period.last, day or asked.today)
    if day is not None:
        return day
    if stage == ProjectState.DECLARED and project.declared_on is not None:
        return project.declared_on
    decided = [change.on for change in project.standing if change.state == stage]
    return decided[-1] if decided else asked.today


def _of_members(work: Work, asked: Asked) -> RosterSheet:
    day = asked.wanted.day or asked.now.date()
    return RosterSheet(work.roster().on(day), work.branch.on(day), asked.stamp(work))


def _of_projects(work: Work, asked: Asked) -> ProjectsSheet:
    """Of the year asked for, and of one group: the first unless told, all where it is not split."""
    day = asked.wanted.day or asked.today
    year = asked.wanted.period.year if asked.wanted.period else day.year
    projects = work.projects.all(ProjectFilter(year=year))
    groups, group = categories_of(work), ""
    if asked.paper.lengths:
        wanted = groups.group(asked.wanted.group) if asked.wanted.group else groups.groups[0]
        if wanted is None:
            known = "、".join(g.name for g in groups.groups)
            words = f"没有名为“{asked.wanted.group}”的项目种类。"
            raise InputError(words, f"可用的种类：{known}。")
        projects = tuple(p for p in projects if groups.group_of(p.category) is wanted)
        group = wanted.name
    return ProjectsSheet(
        projects=tuple(reversed(projects)),
        branch=work.branch.on(min(day, date(year, 12, 31)) if asked.paper.lengths else day),
        stamp=asked.stamp(work),
        today=day,
        year=year,
        members=work.roster(),
        group=group,
    )


def _of_period(work: Work, asked: Asked) -> Any:
    period = asked.wanted.period or Period.around(asked.now.date(), 1)
    return counted(work, period, asked.now.date(), asked.stamp(work))


def _of_checks(work: Work, asked: Asked) -> CheckSheet:
    period, day = asked.wanted.period, asked.wanted.day or asked.today
    return CheckSheet(
        findings=found_in(work, day, period),
        rules=rules_of(work),
        branch=work.branch.on(min(day, period.last) if period else day),
        stamp=asked.stamp(work),
        today=day,
        period=period,
    )


def _of_row(work: Work, asked: Asked) -> LedgerSheet:
    """Of the row; the newest one, or an empty form, where none was given."""
    ledger = _ledger(asked.paper)
    rows = [asked.record] if asked.record else keeping.oldest_first(work, ledger)[-1:]
    return _ledger_sheet(work, asked, rows)


def _of_ledger(work: Work, asked: Asked) -> LedgerSheet:
    """The rows of the period, those in force on the day, or persons against months of the year."""
    ledger, wanted = _ledger(asked.paper), asked.wanted
    layout = ledger.prints[asked.paper.number]
    day, period = wanted.day or asked.today, wanted.period or Period(asked.today.year, 1, 12)
    rows = keeping.oldest_first(work, ledger)
    if isinstance(layout, TablePrint) and layout.in_force:
        return _ledger_sheet(work, asked, [row for row in rows if row.in_force(ledger, day)])
    sheet = _ledger_sheet(work, asked, in_period(ledger, rows, period), period)
    if isinstance(layout, GridPrint):
        return replace(sheet, grid=grid_in(work, ledger, layout, period.year))
    return sheet


def _ledger(paper: Paper) -> Ledger:
    if paper.ledger is None:
        raise LookupError(paper.code)
    return paper.ledger


def _ledger_sheet(
    work: Work, asked: Asked, rows: Sequence[LedgerRow], period: Period | None = None
) -> LedgerSheet:
    ledger, public = _ledger(asked.paper), asked.wanted.public
    if public and ledger.level is not Level.PUBLIC:
        raise BlockedError(
            f"“{ledger.title}”的知悉范围是“{ledger.level.label}”，不能作为公开材料打印。",
            "只在本支部内使用时，请按内部材料打印。",
        )
    version = None
    if asked.paper.of == ROW and rows:
        version = keeping.store_of(work, ledger.code).revision_number(rows[-1].id) or None
    return LedgerSheet(
        ledger=ledger,
        layout=ledger.prints[asked.paper.number],
        branch=work.branch.on(_day_of_ledger(ledger, asked, rows, period)),
        stamp=asked.stamp(work, version),
        day=asked.wanted.day or asked.today,
        rows=rows,
        period=period,
        titles=link_titles(work, links_in(ledger.all_fields, (r.values for r in rows))),
        public=public,
        workdays=shipped_workdays(),
    )


def _day_of_ledger(
    ledger: Ledger, asked: Asked, rows: Sequence[LedgerRow], period: Period | None
) -> date:
    """The day of the row, or the end of the period, that a print is about, else its own day."""
    day = asked.wanted.day or asked.today
    if asked.paper.of == ROW:
        return min(day, (rows and rows[-1].last_day(ledger)) or day)
    return day if period is None else min(day, period.last)


SHEETS: Mapping[str, Callable[[Work, Asked], Any]] = {
    MEETING: _of_meeting,
    PROJECT: _of_project,
    MEMBERS: _of_members,
    PROJECTS: _of_projects,
    PERIOD: _of_period,
    CHECKS: _of_checks,
    ROW: _of_row,
    LEDGER: _of_ledger,
}
