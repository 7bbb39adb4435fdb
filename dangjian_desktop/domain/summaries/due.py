"""What is due: milestones, monthly entries, sittings by cadence, steps of projects."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum

from dangjian_desktop.domain.checks import standing
from dangjian_desktop.domain.checks.duties import Duty, cadence_of, duties
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.checks.talk_moments import waiting
from dangjian_desktop.domain.checks.talking import RULE as TALKS
from dangjian_desktop.domain.checks.talking import covered_in
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.items.record import ITEM
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.progress import finished
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.projects.rules import months_without_entry
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.frozen import dataclass

AHEAD = 30
"""Days ahead that milestones and planned sittings are shown."""
ENTRY_DAY = 5
"""The entry of a month is due on this day of the next month."""
_YEARLY_FROM = 10


class DueKind(StrEnum):
    """What is to be done about an item, so that a page knows where to lead."""

    MILESTONE = "milestone"
    ENTRY = "entry"
    CLOSING = "closing"
    SITTING = "sitting"
    PLANNED = "planned"
    ROW = "row"
    ASKED = "asked"
    RECORD = "record"
    TALK = "talk"

    @property
    def action(self) -> str:
        """The verb on its button."""
        return {
            "milestone": "去办理",
            "entry": "去填写",
            "closing": "去办理",
            "sitting": "安排",
            "planned": "去记录",
            "row": "去办理",
            "asked": "去填写",
            "record": "去办理",
            "talk": "记录谈话",
        }[self]


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing to do until ``day``. ``record`` is the id of its project, planned meeting or row;
    ``code`` the kind of meeting, the period of an entry (``YYYY-MM``) or the ledger."""

    kind: DueKind
    day: date
    words: str
    record: str | None = None
    code: str | None = None
    group: str | None = None

    def late(self, today: date) -> bool:
        """Whether its day is past."""
        return self.day < today


def due_items(facts: Facts) -> tuple[DueItem, ...]:
    """Everything due as of ``facts.today``, the earliest first."""
    found = [*_sittings(facts), *_planned(facts), *_talks(facts), *_standing(facts)]
    for project in facts.projects:
        if not project.deleted and project.state.under_way:
            found += [*_milestones(project, facts.today), *_entries(project, facts.today)]
            found += _closing(project, facts.today)
    return tuple(sorted(found, key=lambda item: (item.day, item.kind, item.words)))


def _talks(facts: Facts) -> Iterator[DueItem]:
    """With whom to talk, by the rules of the branch: ``record`` is the name, ``code`` why."""
    rule, year = facts.rules.get(TALKS), facts.today.year
    if rule is not None and rule.enabled and facts.today.month >= _YEARLY_FROM and facts.begun:
        lacking = sum(bool(talked.missing) for talked in covered_in(facts, year).people)
        if lacking:
            words = f"{year}年谈心谈话还有{lacking}名党员没有谈完"
            last = date(year, 12, 31)
            yield DueItem(DueKind.RECORD, last, words, f"coverage/{year}", HEART_TALK.code)
    for moment in waiting(facts):
        words = f"{moment.told}，还没有谈心谈话记录"
        yield DueItem(DueKind.TALK, moment.until, words, moment.member.name, moment.occasion.value)


def _standing(facts: Facts) -> Iterator[DueItem]:
    """Standing duties of which a half-year was not reported, by the rule of the branch."""
    for duty, half in standing.waiting(facts):
        days = (facts.today - half.period.last).days
        behind = f"，已过{days}天" if days > 0 else ""
        words = f"{duty.content}：{half.period.label}落实情况没有登记{behind}"
        yield DueItem(DueKind.RECORD, half.period.last, words, duty.id, ITEM.code)


def _milestones(project: Project, today: date) -> Iterator[DueItem]:
    until = today + timedelta(days=AHEAD)
    for step in project.milestones:
        if not finished(step, today) and step.planned <= until:
            days = (today - step.planned).days
            behind = f"，已逾期{days}天" if days > 0 else ""
            words = f"项目“{project.title}”节点：{step.what}{behind}"
            yield DueItem(DueKind.MILESTONE, step.planned, words, project.id)


def _entries(project: Project, today: date) -> Iterator[DueItem]:
    for month in months_without_entry(project, today):
        day = month.next().first.replace(day=ENTRY_DAY)
        words = f"项目“{project.title}”{month.start}月进展"
        yield DueItem(DueKind.ENTRY, day, words, project.id, str(month))


def _closing(project: Project, today: date) -> Iterator[DueItem]:
    last = project.last_day
    if last is not None and last <= today + timedelta(days=AHEAD):
        words = f"项目“{project.title}”{chinese_date(last)}到期，请提出结项或延期申请"
        yield DueItem(DueKind.CLOSING, last, words, project.id)


def _sittings(facts: Facts) -> Iterator[DueItem]:
    for kind in facts.kinds:
        cadence = cadence_of(facts, kind)
        if cadence is None or (cadence.months == 12 and facts.today.month < _YEARLY_FROM):
            continue
        for duty in duties(facts, kind, Period.around(facts.today, cadence.months)):
            if duty.lacking and duty.certain and duty.judged:
                yield _of_duty(duty)


def _of_duty(duty: Duty) -> DueItem:
    kind, period, group = duty.kind, duty.period, duty.group
    when = {1: f"{period.start}月", 12: f"{period.year}年"}.get(period.length, period.label)
    words = f"{group or ''}{when}{kind.short}还没有召开"
    return DueItem(DueKind.SITTING, period.last, words, None, kind.code, group)


def _planned(facts: Facts) -> Iterator[DueItem]:
    until = facts.today + timedelta(days=AHEAD)
    first = facts.today - timedelta(days=AHEAD)
    for meeting in facts.meetings:
        if not meeting.held and not meeting.deleted and first <= meeting.date <= until:
            yield DueItem(DueKind.PLANNED, meeting.date, _plan(meeting, facts.today), meeting.id)


def _plan(meeting: Meeting, today: date) -> str:
    if meeting.date < today:
        return f"“{meeting.title}”还没有会议记录"
    return f"计划召开“{meeting.title}”"
