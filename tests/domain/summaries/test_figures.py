from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.summaries.counting import Standing, figures, standing_of
from dangjian_desktop.domain.summaries.of_attendance import absences, rate
from dangjian_desktop.domain.summaries.of_members import joined, left, regularised
from tests.papers.sample import (
    BRANCH,
    MEMBERS,
    everybody_but,
    facts,
    meeting,
    person,
    present,
)

MARCH = Period.parse("2026-03")


def test_members_are_counted_with_their_ids():
    found = figures(facts(), MARCH)
    counts = {n: found[f"members.{n}"].value for n in ("total", "formal", "probationary", "men")}
    assert counts == {"total": 20, "formal": 18, "probationary": 2, "men": 15}
    assert found["members.women"].value == 5
    assert found["members.probationary"].records == ("m18", "m19")
    assert found["members.committee"].records == ("m0", "m1", "m2")
    assert found["groups.total"].value == 2


def test_members_are_counted_as_of_the_end_of_the_period_or_today():
    edge = PartialDate(2026, 3, 20)
    gone = replace(MEMBERS[5], standings=(Span("正常", None, edge), Span("转出", edge)))
    members = (*MEMBERS[:5], gone, *MEMBERS[6:])
    counted = {
        day: figures(facts(members=members, today=day), MARCH)["members.total"].value
        for day in (date(2026, 3, 19), date(2026, 3, 31), date(2026, 8, 1))
    }
    assert counted == {date(2026, 3, 19): 20, date(2026, 3, 31): 19, date(2026, 8, 1): 19}


def test_a_joint_sitting_counts_in_each_kind_and_once_as_a_session():
    known = facts(
        meeting("general_meeting", "party_lecture", "theme_day", id="a"),
        meeting("committee_meeting", id="b", date=date(2026, 3, 2)),
        meeting("committee_meeting", id="c", date=date(2026, 1, 9)),
    )
    found = figures(known, MARCH)
    for kind in ("general_meeting", "party_lecture", "theme_day"):
        assert found[f"{kind}.held"].records == ("a",)
    assert found["sessions.held"].value == 2
    assert found["committee_meeting.held"].records == ("b",)
    assert found["year.committee_meeting.held"].records == ("c", "b")
    assert found["year.sessions.held"].value == 3


def test_group_meetings_count_groups_times_meetings():
    known = facts(
        meeting("group_meeting", id="a", group="第一党小组"),
        meeting("group_meeting", id="b", group="第二党小组"),
    )
    found = figures(known, MARCH)
    assert found["group_meeting.held"].value == 2
    assert found["due.group_meeting"].value == 2
    assert figures(known, Period.parse("2026-Q1"))["due.group_meeting"].value == 6


def test_planned_deleted_and_later_sittings_do_not_count():
    known = facts(
        meeting(id="a", attendance=(), agenda=()),
        meeting(id="b", date=date(2026, 4, 1)),
        meeting(id="c", deleted=True),
    )
    found = figures(known, MARCH)
    assert found["sessions.held"].value == 0
    assert found["attendance.rate"].value == "无法计算"


def test_the_rate_is_sum_over_sum_without_the_committees_own():
    known = facts(
        meeting("general_meeting", "party_lecture", id="a", attendance=everybody_but(1, 2, 3)),
        meeting("group_meeting", id="b", attendance=present(*range(10, 15))),
        meeting("committee_meeting", id="c", attendance=present(0)),
    )
    found = figures(known, MARCH)
    assert found["attendance.expected"].value == 30
    assert found["attendance.present"].value == 22
    assert found["attendance.rate"].value == "73.3"
    assert found["attendance.rate"].records == ("a", "b")


def test_waived_members_are_left_out_and_the_other_reading_is_given_too():
    waived = replace(MEMBERS[19], waived=(Span("年老体弱"),))
    known = facts(meeting(attendance=everybody_but(19)), members=(*MEMBERS[:19], waived))
    found = figures(known, MARCH)
    assert found["attendance.expected"].value == 19
    assert found["attendance.rate"].value == "100.0"
    assert found["attendance.rate_with_waived"].value == "95.0"
    assert found["attendance.waived"].value == 1


@pytest.mark.parametrize(
    ("there", "due", "text"),
    [
        (0, 0, "无法计算"),
        (0, 7, "0.0"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 8, "12.5"),
        (7, 7, "100.0"),
        (1, 16, "6.3"),
        (3, 16, "18.8"),
    ],
)
def test_rates_are_rounded_half_up_without_floats(there, due, text):
    assert rate(there, due) == text


def test_absences_carry_reason_and_what_made_up_for_them():
    noted = (*present(*range(17)), Attendance(person(17), Presence.ABSENT))
    leave = Attendance(person(18), Presence.LEAVE, "出差", "3月20日自学")
    known = facts(meeting(attendance=(*noted, leave)))
    found = list(absences(known, known.meetings))
    assert [(a.member_id, a.state, a.reason, a.made_up) for a in found] == [
        ("m17", "缺席", "", ""),
        ("m18", "请假", "出差", "3月20日自学"),
        ("m19", "未登记", "", ""),
    ]
    assert figures(known, MARCH)["attendance.absent"].value == 3


def test_coming_leaving_and_regularisation_are_told_by_their_days():
    edge = PartialDate(2026, 3, 20)
    new = replace(MEMBERS[19], kinds=(Span("probationary", edge),))
    full = replace(MEMBERS[18], kinds=(Span("probationary", None, edge), Span("formal", edge)))
    gone = replace(MEMBERS[5], standings=(Span("正常", None, edge), Span("转出", edge)))
    moved_in = replace(MEMBERS[6], standings=(Span("正常", edge),))
    known = facts(members=(new, full, gone, moved_in))
    days = date(2026, 3, 1), date(2026, 3, 31)
    assert [(c.member.id, c.words) for c in joined(known, *days)] == [
        ("m19", "新发展预备党员"),
        ("m6", "转入或恢复"),
    ]
    assert [(c.member.id, c.words) for c in left(known, *days)] == [("m5", "转出")]
    assert [c.member.id for c in regularised(known, *days)] == ["m18"]
    assert joined(known, date(2026, 3, 21), date(2026, 3, 31)) == ()
    found = figures(known, MARCH)
    assert found["members.joined"].records == ("m19", "m6")
    assert found["members.left"].value == 1


def test_what_is_due_follows_the_cadence_of_the_rule_table():
    known = facts()
    month = figures(known, MARCH)
    assert month["due.general_meeting"].value == "每季度1次"
    assert month["due.committee_meeting"].value == 1
    assert month["due.org_life_meeting"].value == "每年1次"
    assert month["due.election"].value == "—"
    year = figures(known, Period.parse("2026"))
    assert [year[f"due.{k}"].value for k in ("general_meeting", "theme_day")] == [4, 12]
    assert year["due.org_life_meeting"].value == 1


def test_nothing_is_due_from_a_branch_before_its_first_full_period():
    young = replace(BRANCH, founded=date(2026, 2, 10))
    found = figures(facts(branch=young, today=date(2026, 12, 31)), Period.parse("2026"))
    assert found["due.theme_day"].value == 10
    assert found["due.general_meeting"].value == 3


def test_a_branch_without_committee_owes_no_committee_meeting():
    alone = tuple(replace(m, posts=()) for m in MEMBERS)
    found = figures(facts(members=alone), MARCH)
    assert found["due.committee_meeting"].value == "不设支委会"


def test_a_duty_is_short_only_when_its_time_has_run_out():
    held = meeting("general_meeting", date=date(2026, 1, 20))
    running = facts(today=date(2026, 3, 15))
    over = facts(today=date(2026, 3, 31))
    assert standing_of(running, MARCH, "theme_day") is Standing.OPEN
    assert standing_of(over, MARCH, "theme_day") is Standing.SHORT
    assert standing_of(over, Period.parse("2026-02"), "general_meeting") is Standing.OPEN
    assert standing_of(over, MARCH, "general_meeting") is Standing.SHORT
    assert standing_of(facts(held), MARCH, "general_meeting") is Standing.MET
    assert standing_of(over, MARCH, "org_life_meeting") is Standing.OPEN
    assert standing_of(over, MARCH, "election") is Standing.MET


def test_the_year_of_an_org_life_meeting_is_the_one_it_is_for():
    december = Period.parse("2026-12")
    late = meeting("org_life_meeting", date=date(2027, 2, 3), for_year=2026)
    today = date(2027, 3, 1)
    assert standing_of(facts(today=today), december, "org_life_meeting") is Standing.SHORT
    assert standing_of(facts(late, today=today), december, "org_life_meeting") is Standing.MET
