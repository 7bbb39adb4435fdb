"""Gathering what the rules and the papers look at from an open library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import chain

from dangjian_desktop.domain.checks.facts import Facts, StatedRoster
from dangjian_desktop.domain.checks.standing import RULE as DUTIES
from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.talks.record import HEART_TALK
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
    rules = rules_with(work.settings.get(OWN_RULES, {}))
    # A rule that is switched off does not make every item be read.
    asked = [HEART_TALK.code, *([ITEM.code] if rules[DUTIES].enabled else ())]
    return Facts(
        branch=work.branch.on(today),
        members=work.roster(),
        meetings=(),
        kinds=kinds_of(work),
        rules=rules,
        today=today,
        records={code: work.every(code) for code in asked},
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
    facts = _with(work, today, work.meetings.all(wanted))
    return facts if projects is None else replace(facts, projects=work.projects.all(projects))


def gather_recent(work: Work, today: date) -> Facts:
    """The same with the sittings from the year before on, without projects; after a save only
    the year that it changed is read."""
    years = (sittings_of(work, year, today) for year in (today.year - 1, today.year))
    later = work.meetings.all(MeetingFilter(first=date(today.year + 1, 1, 1)))
    return _with(work, today, (*chain.from_iterable(years), *later))


def sittings_of(work: Work, year: int, today: date) -> tuple[Meeting, ...]:
    """All sittings of the year, oldest first. Those of this year and the last, which all that
    is asked every day looks at, are kept until one changes; more would fill the memory."""
    wanted = MeetingFilter(first=date(year, 1, 1), last=date(year, 12, 31))
    if year < today.year - 1:
        return work.meetings.all(wanted)
    return work.of_sittings(("whole", year), [year], lambda: work.meetings.all(wanted))


def _with(work: Work, today: date, meetings: tuple[Meeting, ...]) -> Facts:
    return replace(
        bare(work, today),
        meetings=_whole_activities(work, meetings),
        records={record.code: work.every(record.code) for record in SHARED},
    )


def _whole_activities(work: Work, meetings: tuple[Meeting, ...]) -> tuple[Meeting, ...]:
    known = {meeting.id for meeting in meetings}
    activities = {meeting.activity for meeting in meetings} - {None}
    if not activities:
        return meetings
    tied = work.meetings.all(MeetingFilter(tied=True))
    far = [one for one in tied if one.activity in activities and one.id not in known]
    return tuple(sorted((*meetings, *far), key=lambda one: one.date)) if far else meetings
