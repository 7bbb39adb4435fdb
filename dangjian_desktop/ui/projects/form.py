"""A project between the form (plain JSON, as typed) and the domain; knows no widget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import amount, number_text, unreadable
from dangjian_desktop.domain.dates import Period, read_day
from dangjian_desktop.domain.members.member import Member, new_id
from dangjian_desktop.domain.projects.project import (
    ClosingReport,
    Counting,
    Direction,
    Fund,
    MidtermReport,
    Milestone,
    Project,
    Target,
    TeamMember,
)
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.texts import clean

State = dict[str, Any]
TEXTS = ("phone", "number")
PARAGRAPHS = ("background", "problem", "expected_effect")
DAYS = {"start": "开始日期", "end": "结束日期", "declared_on": "申报日期"}
MIDTERM = ("done", "deviation", "adjustment")
CLOSING = ("done", "effect", "experience", "shortcomings", "results", "acceptance", "grade")


@dataclass(frozen=True, slots=True)
class Reading:
    """``project`` where everything could be read, else ``problems`` by the place of the field.

    A place is the name of a field, or ``milestones.2.planned`` for the third row.
    """

    project: Project | None
    problems: Mapping[str, str] = field(default_factory=dict)


def new_state(today: date, secretary: str = "", phone: str = "", known: str | None = None) -> State:
    """An empty form; declared today, one year from the next month on."""
    return {
        "id": new_id(),
        "title": "",
        "secretary": secretary,
        "phone": phone,
        "declared_on": today.isoformat(),
        "known": {secretary: known} if secretary and known else {},
    }


def state_of(project: Project) -> State:
    """The form of a stored project."""
    state: State = {"id": project.id, "title": project.title, "category": project.category or None}
    state |= {name: getattr(project, name) or None for name in (*TEXTS, *PARAGRAPHS)}
    for name in DAYS:
        day: date | None = getattr(project, name)
        state[name] = day.isoformat() if day else None
    state["secretary"] = project.secretary.name if project.secretary else None
    state["assistant"] = project.assistant.name if project.assistant else None
    state["known"] = {p.name: p.member_id for p in project.carriers if p.member_id}
    state["measures"] = list(project.measures)
    state["team"] = [{"name": m.person.name, "task": m.task} for m in project.team]
    state["milestones"] = [_milestone_state(milestone) for milestone in project.milestones]
    state["targets"] = [_target_state(target) for target in project.targets]
    state["funds"] = [
        {"item": f.item, "planned": number_text(f.planned), "used": number_text(f.used)}
        for f in project.funds
    ]
    midterm, closing = project.midterm, project.closing
    state["midterm"] = {name: getattr(midterm, name) for name in MIDTERM} if midterm else {}
    state["closing"] = {name: getattr(closing, name) for name in CLOSING} if closing else {}
    if closing is not None:
        state["closing"]["self_score"] = number_text(closing.self_score)
    return state


def months_between(start: date | None, end: date | None) -> tuple[str, ...]:
    """The months of a period as ``YYYY-MM``; at most ten years, none while a border is missing."""
    if start is None or end is None or end < start or end.year - start.year > 10:
        return ()
    return Project(id="", title="", start=start, end=end).months()


def read(state: State, stored: Project | None, members: Sequence[Member], today: date) -> Reading:
    """The project that the form means; what other pages keep (history, links) is taken over."""
    return _Reader(state, members, today).read(stored)


class _Reader:
    """Reads one state; collects a sentence for every place that cannot be read."""

    def __init__(self, state: State, members: Sequence[Member], today: date) -> None:
        self._state, self._today = state, today
        self._members = members
        self._known: Mapping[str, str] = state.get("known") or {}
        self._problems: dict[str, str] = {}

    def read(self, stored: Project | None) -> Reading:
        state = self._state
        title = _line(state.get("title"))
        if not title:
            self._problems["title"] = "请填写项目名称"
        plain: dict[str, Any] = {name: self._day(name, state.get(name)) for name in DAYS}
        plain |= {name: _text(state.get(name)) for name in PARAGRAPHS}
        found = replace(
            stored or Project(id=state["id"], title=title),
            title=title,
            category=state.get("category") or "",
            secretary=self._person(state.get("secretary")),
            assistant=self._person(state.get("assistant")),
            phone=_line(state.get("phone")),
            number=_line(state.get("number")) or None,
            **plain,
            measures=tuple(filter(None, map(_line, state.get("measures") or ()))),
            team=tuple(self._team()),
            milestones=tuple(self._milestones()),
            targets=tuple(self._targets()),
            funds=tuple(self._funds()),
            midterm=self._midterm(),
            closing=self._closing(),
        )
        return Reading(None if self._problems else found, self._problems)

    def _team(self) -> list[TeamMember]:
        found = []
        for place, row in self._rows("team"):
            person = self._person(row.get("name"))
            if person is None:
                self._problems[f"team.{place}.name"] = "请填写成员姓名"
            else:
                found.append(TeamMember(person, _line(row.get("task"))))
        return found

    def _milestones(self) -> list[Milestone]:
        found = []
        for number, row in self._rows("milestones"):
            place = f"milestones.{number}"
            what = _line(row.get("what"))
            if not what:
                self._problems[f"{place}.what"] = "请填写节点内容"
            planned = self._day(f"{place}.planned", row.get("planned"))
            if planned is None and f"{place}.planned" not in self._problems:
                self._problems[f"{place}.planned"] = "请填写计划日期"
            weight = self._amount(f"{place}.weight", row.get("weight"))
            actual = self._day(f"{place}.actual", row.get("actual"))
            found.append(
                Milestone(
                    id=row.get("id") or new_id(),
                    what=what,
                    weight=weight or Decimal(0),
                    planned=planned or self._today,
                    actual=actual,
                    evidence=_line(row.get("evidence")) or None,
                )
            )
        return found

    def _targets(self) -> list[Target]:
        found = []
        for number, row in self._rows("targets"):
            place = f"targets.{number}"
            indicator = _line(row.get("indicator"))
            if not indicator:
                self._problems[f"{place}.indicator"] = "请填写指标名称"
            values = self._values(place, indicator, row.get("values") or {})
            found.append(
                Target(
                    id=row.get("id") or new_id(),
                    indicator=indicator,
                    unit=_line(row.get("unit")),
                    direction=Direction(row.get("direction") or Direction.UP),
                    counting=Counting(row.get("counting") or Counting.LATEST),
                    baseline=self._amount(f"{place}.baseline", row.get("baseline")),
                    target=self._amount(f"{place}.target", row.get("target")),
                    source=_line(row.get("source")),
                    reason=_text(row.get("reason")) or None,
                    values=values,
                )
            )
        return found

    def _values(self, place: str, indicator: str, typed: Mapping[str, str]) -> dict[str, Decimal]:
        found = {}
        for month, text in sorted(typed.items()):
            if unreadable(text):
                self._problems[f"{place}.values.{month}"] = wrong_cell(indicator, month, text)
            elif (value := amount(text)) is not None:
                found[month] = value
        return found

    def _funds(self) -> list[Fund]:
        found = []
        for number, row in self._rows("funds"):
            place = f"funds.{number}"
            item = _line(row.get("item"))
            if not item:
                self._problems[f"{place}.item"] = "请填写经费用途"
            planned = self._amount(f"{place}.planned", row.get("planned"))
            found.append(Fund(item, planned, self._amount(f"{place}.used", row.get("used"))))
        return found

    def _midterm(self) -> MidtermReport | None:
        typed = self._state.get("midterm") or {}
        texts = {name: _text(typed.get(name)) for name in MIDTERM}
        return MidtermReport(**texts) if any(texts.values()) else None

    def _closing(self) -> ClosingReport | None:
        typed = self._state.get("closing") or {}
        texts = {name: _text(typed.get(name)) for name in CLOSING}
        score = self._amount("closing.self_score", typed.get("self_score"))
        if not any(texts.values()) and score is None:
            return None
        return ClosingReport(**texts, self_score=score)

    def _rows(self, name: str) -> list[tuple[int, State]]:
        """The rows in which something was filled in, each with its place."""
        return [(n, r) for n, r in enumerate(self._state.get(name) or []) if filled(r)]

    def _day(self, place: str, typed: Any) -> date | None:
        if not typed:
            return None
        day = read_day(str(typed), self._today)
        if day is None:
            self._problems[place] = f"“{typed}”无法识别为日期，请按年、月、日填写"
        return day

    def _amount(self, place: str, typed: Any) -> Decimal | None:
        if unreadable(typed):
            self._problems[place] = f"“{typed}”不是数字，请填写数字"
            return None
        return amount(typed)

    def _person(self, typed: Any) -> Person | None:
        name = _line(typed)
        if not name:
            return None
        if name in self._known:
            return Person(name, self._known[name])
        fits = [member.id for member in self._members if member.name == name]
        return Person(name, fits[0] if len(fits) == 1 else None)


def filled(row: State) -> bool:
    """Whether something stands in a row beside what a new one begins with."""
    silent = {"id", "direction", "counting", "values"}
    return bool(row.get("values")) or any(row[name] for name in row if name not in silent)


def wrong_cell(indicator: str, month: str, text: str) -> str:
    """The sentence about text among numbers: which target, which month, what stands there."""
    return f"“{indicator}”{month_words(month)}：“{text}”不是数字，请改为数字或清空"


def month_words(month: str) -> str:
    """2026年3月 for ``2026-03``."""
    return Period.parse(month).label


def _milestone_state(milestone: Milestone) -> State:
    return {
        "id": milestone.id,
        "what": milestone.what,
        "weight": number_text(milestone.weight),
        "planned": milestone.planned.isoformat(),
        "actual": milestone.actual.isoformat() if milestone.actual else None,
        "evidence": milestone.evidence,
    }


def _target_state(target: Target) -> State:
    return {
        "id": target.id,
        "indicator": target.indicator,
        "unit": target.unit,
        "direction": target.direction.value,
        "counting": target.counting.value,
        "baseline": number_text(target.baseline),
        "target": number_text(target.target),
        "source": target.source,
        "reason": target.reason,
        "values": {month: number_text(value) for month, value in target.values.items()},
    }


def _line(typed: Any) -> str:
    return clean(str(typed), multiline=False)[0].strip() if typed else ""


def _text(typed: Any) -> str:
    return clean(str(typed), multiline=True)[0].strip() if typed else ""
