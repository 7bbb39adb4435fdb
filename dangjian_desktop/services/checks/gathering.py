"""Gathering what the rules and the papers look at from an open library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dangjian_desktop.domain.checks.facts import Facts, StatedRoster
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.checks.rule_table import OWN_RULES, rules_with
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.storage.work import Work

NO_MEETINGS = MeetingFilter(first=date.max)
"""For papers of one sitting, which look at no other."""
_BESIDE = timedelta(days=31)
"""So far outside the year the other sittings of most activities lie: read along with it."""
STATED_ROSTER = "stated_roster"
"""The setting with the total that the last imported sheet gave: {total, day, batch}."""


def of_year(year: int) -> MeetingFilter:
    """The sittings that figures of a year or of a part of it look at."""
    first, last = date(year, 1, 1) - _BESIDE, date(year, 12, 31) + _BESIDE
    return MeetingFilter(first=first, last=last, also_for=year)


def bare(work: Work, today: date) -> Facts:
    """What the rules look at beside sittings, projects and further records."""
    stated = work.settings.get(STATED_ROSTER, None)
    return Facts(
        branch=work.branch.on(today),
        members=work.roster(),
        meetings=(),
        kinds=kinds_of(work),
        rules=rules_with(work.settings.get(OWN_RULES, {})),
        today=today,
        since=work.first_held(today),
        stated_roster=stated
        and StatedRoster(int(stated["total"]), date.fromisoformat(stated["day"])),
    )


def gather(
    work: Work,
    today: date,
    wanted: MeetingFilter | None = None,
    projects: ProjectFilter | None = None,
) -> Facts:
    """Everything the rules look at as of ``today``; ``wanted`` narrows the meetings.

    Of an activity met among them all sittings are there, however far apart.
    Projects are gathered where a filter asks for them: only figures and papers look at them.
    """
    return replace(
        bare(work, today),
        meetings=_whole_activities(work, work.meetings.all(wanted)),
        projects=() if projects is None else work.projects.all(projects),
        records={record.code: work.of(record.code).all() for record in SHARED},
    )


def _whole_activities(work: Work, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    known = {meeting.id for meeting in meetings}
    activities = {meeting.activity for meeting in meetings} - {None}
    if not activities:
        return meetings
    tied = work.meetings.all(MeetingFilter(tied=True))
    far = [one for one in tied if one.activity in activities and one.id not in known]
    return tuple(sorted((*meetings, *far), key=lambda one: one.date)) if far else meetings
