"""Builders for tests of projects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.projects.project import (
    Direction,
    Milestone,
    Project,
    ProjectState,
    StateChange,
    Target,
    TeamMember,
)
from dangjian_desktop.domain.references import Person

STATES = tuple(ProjectState)


def a_step(what: str = "节点", weight: int | str = 25, **fields: Any) -> Milestone:
    given = {"id": new_id(), "planned": date(2026, 6, 30)} | fields
    return Milestone(what=what, weight=Decimal(weight), **given)


def a_target(baseline: Any = "20", target: Any = "10", **fields: Any) -> Target:
    values = {month: Decimal(value) for month, value in fields.pop("values", {}).items()}
    given = {
        "id": new_id(),
        "indicator": "影响时间",
        "unit": "小时",
        "direction": Direction.DOWN,
    } | fields
    return Target(
        baseline=None if baseline is None else Decimal(baseline),
        target=None if target is None else Decimal(target),
        values=values,
        **given,
    )


def a_project(**fields: Any) -> Project:
    given: dict[str, Any] = {
        "id": new_id(),
        "title": "减人提效",
        "category": "党建+业务",
        "start": date(2026, 1, 1),
        "end": date(2026, 12, 31),
    }
    return Project(**(given | fields))


def a_full_project(**fields: Any) -> Project:
    """One that lacks nothing to be declared."""
    person = Person("张三", "1")
    given: dict[str, Any] = {
        "secretary": person,
        "team": (TeamMember(person, "组织"),),
        "background": "背景",
        "problem": "问题",
        "measures": ("措施",),
        "expected_effect": "成效",
        "declared_on": date(2026, 1, 5),
        "targets": (a_target(),),
        "milestones": (a_step("一", 30), a_step("二", 30), a_step("三", 40)),
    }
    return a_project(**(given | fields))


def a_change(state: ProjectState, day: date = date(2026, 1, 10), **fields: Any) -> StateChange:
    given = {"by": "矿党委", "paper": "立项通知", "reason": None} | fields
    return StateChange(state=state, on=day, **given)


def in_state(project: Project, *states: ProjectState) -> Project:
    """The project after these decisions, a day apart."""
    history = tuple(a_change(state, date(2026, 1, 10 + n)) for n, state in enumerate(states))
    return replace(project, history=history)
