"""Unsaved forms of every kind, whole and half filled in, as that version kept them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.members.member_form import plain
from dangjian_desktop.ui.meetings import form as meeting_form
from dangjian_desktop.ui.projects import form as project_form
from tests.golden.shown import clock

HALF_MEETING: dict[str, Any] = {
    "title": "",
    "date": "11.31",
    "start": "25点",
    "place": "新会议室",
    "host": "赵",
    "group": None,
    "attendance": [],
    "stated": {"eligible": "十几", "present": ""},
    "observers": [{"name": "", "role": "群众"}],
    "agenda": [
        {
            "topic": "半个议题",
            "matter": "important",
            "content": "写到一半\n",
            "speeches": [{"speaker": "钱副", "text": ""}],
            "vote": {"method": None, "yes": "八票", "no": 0, "abstain": ""},
            "candidates": [{"name": "", "yes": "5", "elected": None}],
            "actions": [{"what": "", "responsible": "孙组织", "due": "下周"}],
        }
    ],
    "details": {"previous_items": "落实到一半"},
    "late_entry": {"entered_on": "2026-11-27", "reason": "", "paper_original": None},
}

HALF_PROJECT: dict[str, Any] = {
    "title": "",
    "secretary": "赵𠮷山",
    "start": "明年",
    "category": None,
    "measures": ["第一条", ""],
    "team": [{"name": "", "task": "统计"}],
    "milestones": [{"id": "", "what": "半个节点", "weight": "三成", "planned": ""}],
    "targets": [
        {
            "id": "",
            "indicator": "",
            "unit": "米",
            "baseline": "0",
            "target": "约两百",
            "reason": "还没有数",
            "values": {"2026-01": "约190", "2026-02": "0"},
        }
    ],
    "funds": [{"item": "", "planned": "一千", "used": "0"}],
    "midterm": {"done": "半句"},
    "closing": {"self_score": "九十"},
}

HALF_MEMBER: dict[str, Any] = {
    "name": "未完",
    "values": {
        "name": "未完",
        "id_number": "1101011980",
        "birth_date": "80.1",
        "phone": "138",
        "note": "打到一半\n",
        "posts": [{"value": "组织委员", "start": "去年"}, {"value": ""}],
        "waived": [{"value": "长期患病"}],
    },
    "changes": {
        "member_kind": {"value": "probationary", "since": "2026-1", "always": False},
        "status": {"value": "正常", "since": "", "always": True},
    },
}


def put_drafts(desk: Desk) -> None:
    """A stored record and a new one of every form; one record was saved again meanwhile."""
    _meetings(desk)
    _projects(desk)
    _members(desk)


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


def _meetings(desk: Desk) -> None:
    kept = desk.meetings.find(MeetingFilter())
    for kind in ("general_meeting", "org_life_meeting"):
        uid = desk.meetings.find(MeetingFilter(kind=kind, last=clock().date()))[-1]
        state = meeting_form.state_of(desk.meetings.one(uid))
        desk.drafts.put("meeting", uid, state | {"closing": "草稿里的小结", "place": "改在食堂"})
    new = {"id": new_id(), "kinds": ["committee_meeting"], "known": {}}
    state = deepcopy(HALF_MEETING)
    state["agenda"][0]["id"] = new_id()
    desk.drafts.put("meeting", new["id"], state | new)
    begun = meeting_form.new_state(
        desk.meetings.kinds()["own_1"], clock().date(), desk.meetings.one(kept[-1])
    )
    desk.drafts.put("meeting", begun["id"], begun)


def _projects(desk: Desk) -> None:
    found = {project.title: project for project in desk.projects.all(ProjectFilter())}
    full = found["减人提效全字段项目"]
    desk.drafts.put("project", full.id, project_form.state_of(full) | {"problem": "草稿的问题"})
    words = {"done": "四月做到一半", "problems": "", "coordination": "", "next": "五月"}
    desk.drafts.put("progress", f"{full.id}/2026-04", words)
    desk.drafts.put("progress", f"{full.id}/2026-03", words | {"done": "三月改写"})
    state = deepcopy(HALF_PROJECT)
    for row in (*state["milestones"], *state["targets"]):
        row["id"] = new_id()
    new = {"id": new_id(), "known": {}}
    desk.drafts.put("project", new["id"], state | new)


def _members(desk: Desk) -> None:
    [uid] = desk.roster.find("周换组")
    values = plain(desk.roster.get([uid])[uid]) | {"work_post": "草稿岗位"}
    change = {"value": "第一党小组", "since": "2026-11-01", "always": False}
    stale = {"name": "周换组", "values": values, "changes": {"group": change}}
    desk.drafts.put("member", uid, stale)
    desk.drafts.put("member", new_id(), HALF_MEMBER)
