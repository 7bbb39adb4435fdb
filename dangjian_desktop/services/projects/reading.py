"""A project as the contract writes it in JSON, read and checked; every problem with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import read_number
from dangjian_desktop.domain.meetings.meeting import Meeting
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.projects.categories import Categories
from dangjian_desktop.domain.projects.checks import days_of_people, project_problems
from dangjian_desktop.domain.projects.project import (
    STATE_LABELS,
    ClosingReport,
    Counting,
    Direction,
    Fund,
    MeetingLink,
    MidtermReport,
    Milestone,
    ProgressEntry,
    Project,
    ProjectState,
    StateChange,
    Target,
    TeamMember,
)
from dangjian_desktop.domain.projects.states import history_problems
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import normal_name
from dangjian_desktop.errors import Issue
from dangjian_desktop.services.records.json_reader import JsonReader
from dangjian_desktop.services.records.names import NameFinder

COMPUTED = ("percent", "time_gone", "overdue", "attainment", "evidence")
"""Names that ``project list`` writes and an import passes over: they are counted, never read."""
_STATES = {label: state for state, label in STATE_LABELS.items()}


class ProjectReader:
    """Reads projects for one library.

    ``members`` are all ever on its roster, ``meetings`` its meetings by id.
    """

    def __init__(
        self,
        members: tuple[Member, ...],
        categories: Categories,
        meetings: Mapping[str, Meeting],
        today: date,
    ) -> None:
        self._members = members
        self._categories = categories
        self._meetings = meetings
        self._today = today

    def read(self, data: Any, place: str) -> tuple[Project | None, list[Issue]]:
        """The project, or nothing when something is wrong; then every problem is listed."""
        issues: list[Issue] = []
        source = JsonReader(data, place, issues)
        project = self._peopled(source, self._project(source), place)
        for name in COMPUTED:
            source.raw(name)
        source.done()
        issues += project_problems(project, self._categories, self._members, self._today, place)
        history = history_problems(project.history, self._today)
        issues += (replace(issue, message=f"{place}：{issue.message}") for issue in history)
        return (None, issues) if issues else (project, [])

    def _project(self, source: JsonReader) -> Project:
        history = tuple(_history(source))
        project = Project(
            id=source.text("id") or new_id(),
            title=source.text("title") or "",
            category=self._category(source),
            phone=source.text("phone") or "",
            start=source.day("start"),
            end=source.day("end"),
            declared_on=source.day("declared_on"),
            number=source.text("number"),
            background=source.text("background", lines=True) or "",
            problem=source.text("problem", lines=True) or "",
            measures=source.texts("measures"),
            targets=tuple(_targets(source)),
            milestones=tuple(_milestones(source)),
            funds=tuple(_funds(source)),
            expected_effect=source.text("expected_effect", lines=True) or "",
            progress=tuple(_progress(source)),
            meetings=tuple(self._links(source)),
            history=history,
            midterm=_midterm(source),
            closing=_closing(source),
        )
        return _with_state(source, project)

    def _category(self, source: JsonReader) -> str:
        text = source.text("category") or ""
        return self._categories.named(text) or text

    def _peopled(self, source: JsonReader, project: Project, place: str) -> Project:
        """With its people, each found on the roster of the days that count."""
        rolls = [Roll(self._members, day) for day in days_of_people(project, self._today)]
        team = []
        for part in source.objects("team", "的成员"):
            named = {"name": part.raw("name"), "id_number_tail": part.raw("id_number_tail")}
            person = self._member(named, rolls, source.issues, f"{place}的成员")
            task = part.text("task", lines=True) or ""
            part.done()
            if person is not None:
                team.append(TeamMember(person, task))
        anyone = NameFinder(rolls[0], source.issues, place).anyone
        responsible, where = source.raw("secretary"), f"{place}的负责人"
        return replace(
            project,
            secretary=None
            if responsible in (None, "")
            else self._member(responsible, rolls, source.issues, where),
            assistant=anyone(source.raw("assistant"), "assistant"),
            team=tuple(team),
        )

    def _member(
        self, value: Any, rolls: Sequence[Roll], issues: list[Issue], place: str
    ) -> Person | None:
        """A member of one of the days, else the only one ever of this name, else an issue."""
        tried: list[Issue] = []
        for roll in rolls:
            if found := NameFinder(roll, tried, place).member(value, "secretary"):
                return found
        fits = self._ever_named(tried[0].name or "")
        if len(fits) == 1:
            return Person(fits[0].name, fits[0].id)
        issues.append(tried[0])
        return None

    def _ever_named(self, name: str) -> list[Member]:
        wanted = normal_name(name)
        return [m for m in self._members if not m.deleted and normal_name(m.name) == wanted]

    def _links(self, source: JsonReader) -> Iterator[MeetingLink]:
        for number, value in enumerate(source.items("meetings"), 1):
            place = f"第{number}个关联会议"
            if isinstance(value, str):
                uid, item = value, None
            else:
                part = JsonReader(value, place, source.issues)
                uid = part.text("id") or self._by_date(part)
                item = part.text("item") or self._by_topic(uid, part)
                part.done()
            meeting = self._meetings.get(uid)
            if meeting is None:
                source.complain("meetings", f"中{place}“{uid}”不在资料库中，请核对编号")
            elif item is not None and item not in {i.id for i in meeting.agenda}:
                source.complain("meetings", f"中{place}没有议题“{item}”，请核对")
            else:
                yield MeetingLink(uid, item)

    def _by_date(self, part: JsonReader) -> str:
        """The only meeting of this date and title; the words given where there is none."""
        day, title = part.day("date"), part.text("title")
        fits = [m.id for m in self._meetings.values() if (m.date, m.title) == (day, title)]
        return fits[0] if len(fits) == 1 else f"{day or ''} {title or ''}".strip()

    def _by_topic(self, uid: str, part: JsonReader) -> str | None:
        """The only agenda item of this topic; the topic itself where there is none."""
        topic = part.text("topic")
        meeting = self._meetings.get(uid)
        if topic is None or meeting is None:
            return topic
        fits = [item.id for item in meeting.agenda if item.topic == topic]
        return fits[0] if len(fits) == 1 else topic


def _with_state(source: JsonReader, project: Project) -> Project:
    """The state that is told must be the one that the decisions lead to."""
    told = source.choice("state", read_state)
    if told is None:
        return project
    if not project.standing:
        return replace(project, stated_state=None if told is ProjectState.DRAFT else told)
    if told is not project.state:
        source.complain(
            "state",
            f"是“{told.label}”，而状态记录的最后一条是“{project.state.label}”，请核对",
        )
    return project


def read_state(text: Any) -> ProjectState:
    """A state by its name or its Chinese word; raises ``ValueError``."""
    return _STATES[text] if text in _STATES else ProjectState(text)


def _history(source: JsonReader) -> Iterator[StateChange]:
    for part in source.objects("history", "的状态记录"):
        state = part.choice("state", read_state)
        day = part.day("on", required=True)
        change = StateChange(
            state=state or ProjectState.DRAFT,
            on=day or date.min,
            by=part.text("by") or "",
            paper=part.text("paper") or "",
            reason=part.text("reason", lines=True),
            taken_back=bool(part.flag("taken_back")),
            taken_back_on=part.day("taken_back_on"),
            taken_back_because=part.text("taken_back_because", lines=True),
            until=part.day("until"),
        )
        if not part.has("state"):
            part.complain("state", "没有填写")
        if change.taken_back and not (change.taken_back_because or "").strip():
            part.complain("taken_back_because", "没有填写，撤回须写明原因")
        part.done()
        if state is not None and day is not None:
            yield change


def _targets(source: JsonReader) -> Iterator[Target]:
    for part in source.objects("targets", "的目标"):
        target = Target(
            id=part.text("id") or new_id(),
            indicator=part.text("indicator") or "",
            unit=part.text("unit") or "",
            direction=part.choice("direction", Direction) or Direction.UP,
            baseline=_number(part, "baseline"),
            target=_number(part, "target"),
            source=part.text("source") or "",
            values=_values(part),
            reason=part.text("reason", lines=True),
            counting=part.choice("counting", Counting) or Counting.LATEST,
        )
        part.done()
        yield target


def _values(part: JsonReader) -> dict[str, Decimal]:
    source = part.object("values", "的数值")
    if source is None:
        return {}
    found = {month: _number(source, month) for month in sorted(source.names())}
    return {month: value for month, value in found.items() if value is not None}


def _number(part: JsonReader, name: str) -> Decimal | None:
    value = part.raw(name)
    if value is None:
        return None
    try:
        # A JSON number keeps its digits through its text; true and false are no numbers.
        read = read_number("是否" if isinstance(value, bool) else str(value))
    except ValueError:
        part.complain(name, f"的值“{value}”不是数字，请改为数字，例如 1,200.5 或 85%")
        return None
    return None if read is None else read.value


def _milestones(source: JsonReader) -> Iterator[Milestone]:
    for part in source.objects("milestones", "的节点"):
        planned = part.day("planned", required=True)
        step = Milestone(
            id=part.text("id") or new_id(),
            what=part.text("what", lines=True) or "",
            weight=_number(part, "weight") or Decimal(0),
            planned=planned or date.min,
            actual=part.day("actual"),
            evidence=part.text("evidence", lines=True),
        )
        part.done()
        if planned is not None:
            yield step


def _funds(source: JsonReader) -> Iterator[Fund]:
    for part in source.objects("funds", "的经费"):
        line = Fund(
            part.text("item", required=True) or "", _number(part, "planned"), _number(part, "used")
        )
        part.done()
        yield line


def _progress(source: JsonReader) -> Iterator[ProgressEntry]:
    for part in source.objects("progress", "的进展记录"):
        texts = {
            name: part.text(name, lines=True) or ""
            for name in ("done", "problems", "coordination", "next")
        }
        period = part.text("period", required=True) or ""
        part.done()
        if period:
            yield ProgressEntry(period=period, **texts)


def _midterm(source: JsonReader) -> MidtermReport | None:
    part = source.object("midterm", "的中期报告")
    if part is None:
        return None
    names = ("done", "deviation", "adjustment")
    report = MidtermReport(**{name: part.text(name, lines=True) or "" for name in names})
    part.done()
    return report


def _closing(source: JsonReader) -> ClosingReport | None:
    part = source.object("closing", "的结项报告")
    if part is None:
        return None
    names = ("done", "effect", "experience", "shortcomings", "results", "acceptance", "grade")
    texts = {name: part.text(name, lines=True) or "" for name in names}
    report = ClosingReport(self_score=_number(part, "self_score"), **texts)
    part.done()
    return report
