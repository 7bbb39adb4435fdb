"""The business priorities of the sample year, and the indicators that its projects have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.fusion.record import BRAND, INDICATOR, PRIORITY
from dangjian_desktop.domain.meetings.meeting import Meeting, MeetingFilter
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.record_services import service_of
from dangjian_desktop.storage.library import Library


def fill_fusion(library: Library, told: Mapping[str, Any]) -> None:
    """Import what the file tells, its meetings and projects by their words."""
    service = MeetingService(library)
    meetings = tuple(service.get(service.find(MeetingFilter())).values())
    projects = {project.title: project for project in ProjectService(library).all()}
    priorities = [_priority(each, meetings, projects) for each in told["priorities"]]
    service_of(library, PRIORITY.code).import_json(priorities)
    indicators = [_indicator(each, projects) for each in told["indicators"]]
    measures = service_of(library, INDICATOR.code)
    ids = dict(zip((each["name"] for each in indicators), _ids(measures, indicators), strict=True))
    brands = [_brand(each, projects, ids) for each in told["brands"]]
    service_of(library, BRAND.code).import_json(brands)


def _ids(service: Any, told: Sequence[Mapping[str, Any]]) -> list[str]:
    found: list[str] = service.import_json(told)["ids"]
    return found


def _brand(
    told: Mapping[str, Any], projects: Mapping[str, Project], indicators: Mapping[str, str]
) -> dict[str, Any]:
    linked = [{"subject": "project", "id": projects[title].id} for title in told["projects"]]
    shown = [{"subject": INDICATOR.code, "id": indicators[name]} for name in told["indicators"]]
    return {**told, "projects": linked, "indicators": shown}


def _priority(
    told: Mapping[str, Any], meetings: Sequence[Meeting], projects: Mapping[str, Project]
) -> dict[str, Any]:
    agenda = [_item(each["date"], each["topic"], meetings) for each in told["agenda"]]
    linked = [{"subject": "project", "id": projects[title].id} for title in told["projects"]]
    return {**told, "agenda": agenda, "projects": linked}


def _item(day: str, topic: str, meetings: Sequence[Meeting]) -> dict[str, Any]:
    [found] = [
        {"subject": "meeting", "id": meeting.id, "item": item.id}
        for meeting in meetings
        for item in meeting.agenda
        if (str(meeting.date), item.topic) == (day, topic)
    ]
    return found


def _indicator(told: Mapping[str, Any], projects: Mapping[str, Project]) -> dict[str, Any]:
    if "project" not in told:
        return dict(told)
    project = projects[told["project"]]
    [target] = [each for each in project.targets if each.indicator == told["name"]]
    return {**told, "project": [{"subject": "project", "id": project.id, "item": target.id}]}
