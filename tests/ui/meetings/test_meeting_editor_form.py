"""The form of a meeting without a window: what is typed, and what it means."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Meeting, Presence
from dangjian_desktop.domain.members.roll import Roll
from dangjian_desktop.domain.references import Person
from dangjian_desktop.ui.meetings.context import learned_reasons
from dangjian_desktop.ui.meetings.counts import count_words, nobody_words
from dangjian_desktop.ui.meetings.form import (
    FormReader,
    default_title,
    is_late,
    new_state,
    state_of,
)
from tests.services.make import NAMES, a_member

TODAY = date(2026, 3, 31)
KINDS = Kinds()
MEMBERS = tuple(a_member(name) for name in NAMES)


def reader():
    return FormReader(KINDS, lambda day: Roll(MEMBERS, day), TODAY)


@pytest.fixture
def state():
    made = new_state(KINDS["general_meeting"], TODAY, None)
    return made | {"date": "3.18", "start": "1430", "end": "16:05", "host": "张三"}


def test_the_form_is_read_without_a_window():
    code = (
        "import sys, dangjian_desktop.ui.meetings.form;"
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_what_is_typed_becomes_a_meeting(state):
    item = state["agenda"][0] | {"topic": "学习", "content": "第一段\n\n第二段 "}
    reading = reader().read(state | {"agenda": [item]})

    meeting = reading.meeting
    assert reading.problems == {}
    assert (meeting.date, f"{meeting.start:%H:%M}") == (date(2026, 3, 18), "14:30")
    assert meeting.host == Person("张三", MEMBERS[0].id)
    assert meeting.agenda[0].content == ("第一段", "第二段")


def test_a_state_is_plain_json_and_says_the_same_again(state):
    meeting = reader().read(state).meeting

    again = json.loads(json.dumps(state_of(meeting), ensure_ascii=False))

    assert reader().read(again).meeting == meeting


def test_what_cannot_be_read_is_said_by_field_and_the_rest_is_kept(state):
    item = {"id": "1", "topic": "", "vote": {"yes": "三十"}, "actions": [{"due": "月底"}]}
    reading = reader().read(state | {"start": "下午", "for_year": "去年", "agenda": [item]})

    agenda = {place for place in reading.problems if place.startswith("agenda.")}
    assert set(reading.problems) - agenda == {"start", "for_year"}
    assert reading.problems["agenda.0.topic"] == "请填写议题"
    yes = "赞成“三十”无法识别，应为 0 至 999999 的整数"
    assert reading.problems["agenda.0.vote.yes"] == yes
    assert "agenda.0.actions.0.due" in agenda
    assert reading.meeting.host.name == "张三"


def test_without_a_readable_date_there_is_no_meeting(state):
    reading = reader().read(state | {"date": "三月十八"})
    assert reading.meeting is None
    assert "应为日期，例如 2026-03-18 或 3.18" in reading.problems["date"]
    assert reader().read(state | {"kinds": []}).problems["kinds"] == "请选择会议类型"


def test_a_free_name_stays_free_although_a_member_has_it(state):
    chaired = reader().read(state | {"known": {"张三": None}}).meeting
    assert chaired.host == Person("张三")


def test_an_empty_item_and_an_empty_row_are_nothing(state):
    item = state["agenda"][0]
    meeting = reader().read(state | {"agenda": [item], "closing": "  "}).meeting
    assert meeting.agenda == ()
    assert meeting.closing is None


def test_details_of_a_kind_that_is_not_chosen_are_left_out_but_stay_in_the_form(state):
    values = {"lecturer": "张三", "scrutineers": ["李四"]}
    meeting = reader().read(state | {"details": values}).meeting
    assert meeting.details == {"scrutineers": ["李四"]}


def test_an_excluded_person_has_to_be_a_member(state):
    rows = [{"name": "外人", "reason": "长期患病"}]
    assert (
        "“外人”不是2026-03-18当日的在册党员"
        in reader().read(state | {"excluded": rows}).problems["excluded.0.name"]
    )


@pytest.mark.parametrize(
    ("kinds", "group", "title"),
    [
        (["general_meeting"], None, "2026年第一季度支部党员大会"),
        (["committee_meeting"], None, "2026年3月支部委员会会议"),
        (["group_meeting"], "第一党小组", "第一党小组3月党小组会"),
        (["org_life_meeting", "democratic_appraisal"], None, "2026年度组织生活会暨民主评议"),
    ],
)
def test_a_title_is_made_from_kinds_and_date(kinds, group, title):
    own = [KINDS[code] for code in kinds]
    assert default_title(own, "2026-03-18", group, TODAY) == title


@pytest.mark.parametrize(
    ("day", "stored", "late"),
    [
        ("2026-03-24", False, False),
        ("2026-03-23", False, True),
        ("2026-03-23", True, False),
    ],
)
def test_late_entry_is_offered_after_more_than_seven_days(day, stored, late):
    assert is_late({"date": day}, TODAY, stored=stored) is late


def test_late_entry_needs_its_reason(state):
    late = {"reason": None, "paper_original": True}
    assert (
        reader().read(state | {"late_entry": late}).problems["late_entry.reason"]
        == "请填写补录原因"
    )
    meeting = reader().read(state | {"late_entry": late | {"reason": "停电"}}).meeting
    assert (meeting.late_entry.entered_on, meeting.late_entry.reason) == (TODAY, "停电")


def test_counts_are_said_for_each_kind(state):
    def entry(name, presence):
        member = next(m for m in MEMBERS if m.name == name)
        return {"member_id": member.id, "name": name, "presence": presence.value}

    there = [entry(name, Presence.PRESENT) for name in NAMES[:7]]
    there.append(entry(NAMES[7], Presence.LEAVE))
    meeting = reader().read(state | {"attendance": there}).meeting
    words = count_words(meeting, KINDS, Roll(MEMBERS, meeting.date))
    assert words == "到会 7/9；有表决权 7/9，未登记 1 人"

    joint = replace(meeting, kinds=("general_meeting", "party_lecture"))
    words = count_words(joint, KINDS, Roll(MEMBERS, meeting.date))
    assert words.startswith("党员大会：到会 7/9")
    assert "党课：应到 9 人，到会 7 人" in words


def test_leave_reasons_are_learned_the_most_used_first(state):
    rows = [("出国探亲", 1), ("培训", 2)]
    meetings = [_on_leave(state, reason) for reason, times in rows for _time in range(times)]
    assert learned_reasons(meetings)[:2] == ("培训", "出国探亲")


def _on_leave(state, reason) -> Meeting:
    entry = {"member_id": MEMBERS[0].id, "name": "张三", "presence": "leave", "reason": reason}
    return reader().read(state | {"attendance": [entry]}).meeting


@pytest.mark.parametrize(
    ("kind", "members", "words"),
    [
        ("general_meeting", (), "请先在“党员”中登记"),
        ("group_meeting", (a_member("张三"),), "请先选择党小组"),
        ("committee_meeting", (a_member("张三"),), "核对党员的党内职务"),
    ],
)
def test_an_empty_list_of_attendance_says_what_to_do(kind, members, words):
    meeting = Meeting(id="m", kinds=(kind,), title="会议", date=date(2026, 3, 18))
    assert words in nobody_words(meeting, Kinds(), Roll(members, meeting.date))
