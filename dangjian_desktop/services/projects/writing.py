"""A project in the JSON of the contract; what is read back from it is the same project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from dangjian_desktop.domain.amounts import number_text, shown
from dangjian_desktop.domain.projects.progress import (
    attainment,
    overdue,
    percent_complete,
    reached_value,
    time_gone,
)
from dangjian_desktop.domain.projects.project import Project, StateChange, Target
from dangjian_desktop.domain.references import Person


def project_json(project: Project, tails: Mapping[str, str] | None = None) -> dict[str, Any]:
    """PROJECT of the contract; ``tails`` are last four digits by member id, for namesakes."""
    return {
        "id": project.id,
        "title": project.title,
        "category": project.category or None,
        "state": project.state.value,
        "secretary": _named(project.secretary, tails or {}),
        "assistant": _named(project.assistant, tails or {}),
        "phone": project.phone or None,
        "team": [
            _member(carrier.person, tails or {}) | {"task": carrier.task}
            for carrier in project.team
        ],
        "start": _day(project.start),
        "end": _day(project.end),
        "declared_on": _day(project.declared_on),
        "number": project.number,
        "background": project.background,
        "problem": project.problem,
        "measures": list(project.measures),
        "targets": [_target(target) for target in project.targets],
        "milestones": [
            {
                "id": step.id,
                "what": step.what,
                "weight": _number(step.weight),
                "planned": _day(step.planned),
                "actual": _day(step.actual),
                "evidence": step.evidence,
            }
            for step in project.milestones
        ],
        "funds": [
            {"item": f.item, "planned": _number(f.planned), "used": _number(f.used)}
            for f in project.funds
        ],
        "expected_effect": project.expected_effect,
        "progress": [_texts(entry) for entry in project.progress],
        "meetings": [
            link.meeting_id
            if link.item_id is None
            else {"id": link.meeting_id, "item": link.item_id}
            for link in project.meetings
        ],
        "history": [_change(change) for change in project.history],
        "midterm": project.midterm and _texts(project.midterm),
        "closing": project.closing and _texts(project.closing),
    }


def computed_json(project: Project, today: date) -> dict[str, Any]:
    """What is counted and never typed; ``project list`` shows it beside PROJECT."""
    return {
        "percent": str(percent_complete(project, today)),
        "time_gone": _number(time_gone(project, today)),
        "overdue": [step.what for step in overdue(project, today)],
        "attainment": {
            target.indicator: {
                "value": shown(reached_value(target)) or None,
                "percent": _text(attainment(target)),
            }
            for target in project.targets
        },
        "evidence": [
            {"name": file.name, "size": file.size, "sha256": file.sha256, "note": file.note}
            for file in project.evidence
        ],
    }


def same_content(first: Project, second: Project) -> bool:
    """Whether two projects say the same, ids of their parts and evidence files aside."""
    return _comparable(first) == _comparable(second)


def _comparable(project: Project) -> dict[str, Any]:
    written = project_json(replace(project, id=""))
    for part in (*written["targets"], *written["milestones"]):
        part["id"] = None
    return written | {"people": project.carriers}


def _target(target: Target) -> dict[str, Any]:
    return {
        "id": target.id,
        "indicator": target.indicator,
        "unit": target.unit,
        "direction": target.direction.value,
        "counting": target.counting.value,
        "baseline": _number(target.baseline),
        "target": _number(target.target),
        "source": target.source,
        "values": {month: _number(target.values[month]) for month in sorted(target.values)},
        "reason": target.reason,
    }


def _change(change: StateChange) -> dict[str, Any]:
    written: dict[str, Any] = {
        "state": change.state.value,
        "on": _day(change.on),
        "by": change.by,
        "paper": change.paper,
        "reason": change.reason,
    }
    if change.until is not None:
        written["until"] = _day(change.until)
    if change.taken_back:
        written["taken_back"] = True
        written["taken_back_on"] = _day(change.taken_back_on)
        written["taken_back_because"] = change.taken_back_because
    return written


def _texts(record: Any) -> dict[str, Any]:
    """A record of texts as an object; its one number as text."""
    found = {field.name: getattr(record, field.name) for field in fields(record)}
    return {n: number_text(v) if isinstance(v, Decimal) else v for n, v in found.items()}


def _named(person: Person | None, tails: Mapping[str, str]) -> Any:
    if person is None:
        return None
    written = _member(person, tails)
    return written if len(written) > 1 else person.name


def _member(person: Person, tails: Mapping[str, str]) -> dict[str, Any]:
    tail = tails.get(person.member_id or "")
    return {"name": person.name} | ({"id_number_tail": tail} if tail else {})


def _number(value: Decimal | None) -> str | None:
    return None if value is None else number_text(value)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
