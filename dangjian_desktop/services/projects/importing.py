"""What projects have of their own where they are read, compared and judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from dangjian_desktop.domain.fields import Field
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.projects.checks import days_of_people
from dangjian_desktop.domain.projects.project import MeetingLink, Project, ProjectState
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.projects.states import history_problems
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.projects.categories import categories_of
from dangjian_desktop.services.records.declaring import facts_of
from dangjian_desktop.services.records.importing import Subject
from dangjian_desktop.services.records.names import NameFinder


class MeetingLinks:
    """Finds the meeting that a project names: by id, or by date and title, the item by topic."""

    def __init__(self, meetings: Iterable[Meeting]) -> None:
        self._meetings = {meeting.id: meeting for meeting in meetings}

    def find(self, _field: Field, plain: Any) -> MeetingLink:
        """The link; raises ``ValueError`` with what is wrong."""
        told = {"id": plain} if isinstance(plain, str) else plain
        if not isinstance(told, Mapping) or not all(_is_text(part) for part in told.values()):
            raise ValueError("应为会议的编号，或一个对象（{…}）")
        strange = set(told) - {"id", "item", "date", "title", "topic"}
        if strange:
            raise ValueError(f"中“{'、'.join(sorted(strange))}”不是可识别的名称，请核对拼写")
        uid = told.get("id") or self._by_date(told.get("date"), told.get("title"))
        meeting = self._meetings.get(uid)
        if meeting is None:
            raise ValueError(f"“{uid}”不在资料库中，请核对会议的编号")
        item = told.get("item") or self._by_topic(meeting, told.get("topic"))
        if item is not None and item not in {each.id for each in meeting.agenda}:
            raise ValueError(f"没有议题“{item}”，请核对")
        return MeetingLink(uid, item)

    def _by_date(self, day: str | None, title: str | None) -> str:
        """The only meeting of this date and title; the words given where there is none."""
        fits = [m.id for m in self._meetings.values() if (f"{m.date}", m.title) == (day, title)]
        return fits[0] if len(fits) == 1 else f"{day or ''} {title or ''}".strip()

    def _by_topic(self, meeting: Meeting, topic: str | None) -> str | None:
        """The only agenda item of this topic; the topic itself where there is none."""
        fits = [item.id for item in meeting.agenda if item.topic == topic]
        return fits[0] if len(fits) == 1 else topic


def _is_text(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _names(facts: Facts, values: Mapping[str, Any]) -> NameFinder:
    """People are found on the rosters of the days that count, else by a name borne by one only."""
    asked = Project(
        id="",
        title="",
        start=values.get("start"),
        declared_on=values.get("declared_on"),
        history=values.get("history") or (),
    )
    rolls = [facts.roll(day) for day in days_of_people(asked, facts.today)]
    return NameFinder(rolls, facts.members)


def _settled(project: Project, facts: Facts) -> tuple[Project, list[Problem]]:
    """The category in its own spelling; the state that is told must be the one decided last."""
    category = facts.categories.named(project.category) or project.category
    told, decided = project.stated_state, replace(project, stated_state=None)
    problems = [
        Problem("history", issue.message.rstrip("。"), issue.code)
        for issue in history_problems(project.history, facts.today)
    ]
    if decided.standing and told not in (None, decided.state):
        said, last = told.label if told else "", decided.state.label
        words = f"状态是“{said}”，而状态记录的最后一条是“{last}”，请核对"
        problems.append(Problem("state", words))
    kept = None if decided.standing or told is ProjectState.DRAFT else told
    return replace(project, category=category, stated_state=kept), problems


def _merged(project: Project, stored: Project) -> Project:
    """With what no JSON carries, and the decisions recorded so far where it brings none."""
    return replace(
        project,
        history=project.history or stored.history,
        stated_state=None if project.history else (project.stated_state or stored.stated_state),
        evidence=stored.evidence,
    )


def _lost(stored: Project, project: Project) -> list[Problem]:
    if project.history[: len(stored.history)] == stored.history:
        return []
    words = "已有的状态记录不能改动或删去，请保留原有记录，在其后补充"
    return [Problem("history", words, "history")]


PROJECTS = Subject(
    record=PROJECT,
    topic=Topic.PROJECTS,
    facts=lambda work, now: facts_of(work, now, categories_of(work)),
    names=_names,
    links=lambda work, _entries: MeetingLinks(work.meetings.all()),
    settled=_settled,
    merged=_merged,
    lost=_lost,
    reason="导入",
)
