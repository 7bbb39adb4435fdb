from __future__ import annotations

from dataclasses import replace

from dangjian_desktop.documents.model import Layout
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.papers.meetings.compose import compose_minutes
from dangjian_desktop.papers.meetings.sheet import MeetingSheet
from tests.papers.sample import NAMES, STAMP, around, meeting, person, present, said


def test_whoever_came_to_another_sitting_of_the_activity_is_not_told_as_absent():
    first = meeting("theme_day", attendance=present(*range(10)), activity="三月主题党日")
    away = (Attendance(person(4), Presence.ABSENT),)
    second = meeting(
        "theme_day",
        id="k2",
        attendance=(*present(*range(10, 19)), *away),
        activity="三月主题党日",
    )
    both = replace(around(second), meetings=(first, second))
    sheet = MeetingSheet(second, both, STAMP)
    text = said(compose_minutes(sheet, Wanted(layout=Layout.FORM)))
    assert "参加同一活动的其他场次：" in text
    assert f"{NAMES[4]}：缺席" not in text
    assert f"未登记到会情况：{NAMES[19]}" in text
