"""Unsaved forms of every kind in the sample year, as a version keeps them."""

from __future__ import annotations

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.member_form import plain
from dangjian_desktop.ui.meetings import form as meeting_form
from dangjian_desktop.ui.projects import form as project_form


def put_sample_drafts(desk: Desk) -> None:
    """In the sample year: a stored meeting, a stored project, its month, a stored member."""
    uid = desk.meetings.find(MeetingFilter())[0]
    state = meeting_form.state_of(desk.meetings.one(uid))
    desk.drafts.put("meeting", uid, state | {"title": f"{state['title']}（草稿）"})
    project = desk.projects.all(ProjectFilter())[0]
    desk.drafts.put("project", project.id, project_form.state_of(project) | {"phone": "0000"})
    desk.drafts.put("progress", f"{project.id}/2025-11", {"done": "草稿的十一月"})
    uid = desk.roster.find()[0]
    values = plain(desk.roster.get([uid])[uid]) | {"note": "草稿的备注"}
    desk.drafts.put("member", uid, {"name": values["name"], "values": values, "changes": {}})
