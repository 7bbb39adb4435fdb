from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.cadence import judged_periods
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Attendance, Presence
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.summaries.due import due_items
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_span,
    an_item,
    day,
    facts,
    found,
    members,
    only,
    person,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN


def verdicts(known: Facts, rule: str) -> dict[str, Verdict]:
    """The verdict on each period, by the first word of its subject."""
    return {f.subject.split()[0]: f.verdict for f in found(known, rule)}


def test_a_general_meeting_is_due_each_quarter() -> None:
    meetings = [a_meeting("2025-03-31"), a_meeting("2025-10-01")]
    known = facts(members(3), meetings, today="2026-03-30")
    assert verdicts(known, "CAD-GM") == {
        "2025年第一季度": OK,
        "2025年第二季度": NOTICE,
        "2025年第三季度": NOTICE,
        "2025年第四季度": OK,
        "2026年第一季度": NOTICE,
    }
    running = only(known, "CAD-GM", "2026年第一季度 党员大会")
    assert "本季度应召开党员大会1次，已召开0次，还有1天。" in running.message
    assert "未见" not in running.message


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2024-02-01", "还有28天"),
        ("2025-02-01", "还有27天"),
        ("2024-02-28", "还有1天"),
        ("2024-02-29", "今天是最后一天"),
        ("2025-02-28", "今天是最后一天"),
        ("2025-12-31", "今天是最后一天"),
    ],
)
def test_a_running_period_is_told_with_the_days_left(today: str, words: str) -> None:
    begun = [a_meeting(today, "committee_meeting")]
    finding = only(facts(members(3), begun, today=today), "CAD-DAY")
    assert finding.verdict is NOTICE
    assert words in finding.message
    assert finding.owed == ("theme_day", "")


def test_nothing_is_owed_before_the_first_record() -> None:
    for today in ("2026-01-01", "2026-12-31"):
        known = facts(members(9), today=today, founded=date(2020, 1, 1))
        for rule in ("CAD-GM", "CAD-BC", "CAD-GR", "CAD-LEC", "CAD-DAY", "CAD-OLM", "CAD-APP"):
            assert found(known, rule) == ()
        assert due_items(known) == ()


def test_after_its_end_a_period_without_a_theme_day_is_a_violation() -> None:
    meetings = [a_meeting("2026-01-05", "theme_day"), a_meeting("2026-03-31", "theme_day")]
    known = facts(members(3), meetings, today="2026-04-01")
    assert verdicts(known, "CAD-DAY") == {
        "2026年1月": OK,
        "2026年2月": VIOLATION,
        "2026年3月": OK,
        "2026年4月": NOTICE,
    }


def test_lectures_are_only_due_by_the_rule_of_the_unit() -> None:
    known = facts(members(3), [a_meeting("2026-01-05")], today="2026-04-01")
    missed = only(known, "CAD-LEC", "2026年第一季度 党课")
    assert (missed.verdict, "本单位规定" in missed.basis) == (NOTICE, True)
    monthly = facts(
        members(3),
        [a_meeting("2026-04-01")],
        today="2026-04-01",
        values={"CAD-LEC": {"months": 1, "times": 2}},
    )
    assert "本月应召开党课2次" in only(monthly, "CAD-LEC").message


def test_one_sitting_serves_each_of_its_kinds() -> None:
    joint = a_meeting("2026-06-10", "general_meeting", "party_lecture", "theme_day")
    known = facts(members(3), [joint], today="2026-06-30")
    for rule in ("CAD-GM", "CAD-LEC", "CAD-DAY"):
        finding = only(known, rule)
        assert (finding.verdict, finding.records) == (OK, (joint.id,))


def test_only_what_was_held_by_today_counts() -> None:
    planned = a_meeting("2026-06-10", attendance=())
    later = a_meeting("2026-06-21")
    deleted = a_meeting("2026-06-11", deleted=True)
    begun = a_meeting("2026-06-01", "committee_meeting")
    known = facts(members(3), [begun, planned, later, deleted], today="2026-06-20")
    assert verdict(known, "CAD-GM") is NOTICE
    spoken = replace(planned, agenda=(an_item(vote=None),))
    assert not spoken.held


@pytest.mark.parametrize(
    ("founded", "quarters", "months"),
    [
        ("2026-01-01", ["2026-Q1", "2026-Q2"], "2026-01"),
        ("2026-01-02", ["2026-Q2"], "2026-02"),
        ("2026-03-15", ["2026-Q2"], "2026-04"),
        ("2026-04-01", ["2026-Q2"], "2026-04"),
        ("2026-05-01", [], "2026-05"),
        ("2015-05-01", ["2026-Q1", "2026-Q2"], "2026-03"),
        (None, ["2026-Q1", "2026-Q2"], "2026-03"),
    ],
)
def test_rules_start_in_the_first_full_period_after_the_founding(
    founded: str | None, quarters: list[str], months: str
) -> None:
    known = facts(
        members(3),
        [a_meeting("2026-03-20")],
        today="2026-06-30",
        founded=None if founded is None else day(founded),
    )
    assert [str(p) for p in judged_periods(known, 3)] == quarters
    assert str(next(judged_periods(known, 1))) == months


@given(
    st.dates(date(2023, 1, 1), date(2026, 6, 1)),
    st.dates(date(2023, 1, 1), date(2026, 6, 1)),
    st.sampled_from([1, 3, 12]),
)
def test_no_period_before_the_founding_or_after_today_is_judged(
    founded: date, first: date, length: int
) -> None:
    known = facts(members(3), [a_meeting(first.isoformat())], today="2026-06-30", founded=founded)
    periods = list(judged_periods(known, length))
    assert all(founded <= p.first <= known.today for p in periods)
    assert all(a.next() == b for a, b in pairwise(periods))
    if periods:
        assert known.today in periods[-1]


def test_the_committee_is_due_each_month_while_there_is_one() -> None:
    meetings = [a_meeting("2026-04-07", "committee_meeting")]
    known = facts(a_committee(), meetings, today="2026-06-30")
    assert verdicts(known, "CAD-BC") == {"2026年4月": OK, "2026年5月": NOTICE, "2026年6月": NOTICE}


def test_a_branch_without_a_committee_owes_no_committee_meeting() -> None:
    people = [a_member("书记", post="党支部书记"), *members(5)]
    known = facts(people, [a_meeting("2026-04-07")], today="2026-06-30")
    assert found(known, "CAD-BC") == ()


def test_where_no_post_is_entered_a_missing_committee_meeting_is_unknown() -> None:
    meetings = [a_meeting("2026-05-07", "committee_meeting")]
    known = facts(members(7), meetings, today="2026-06-30")
    assert verdicts(known, "CAD-BC") == {"2026年5月": OK, "2026年6月": UNKNOWN}


def test_a_committee_elected_in_the_month_owes_its_first_meeting_in_the_next() -> None:
    people = [a_member("委员", posts=(a_span("组织委员", "2026-05-12"),)), *members(5)]
    known = facts(people, [a_meeting("2026-04-07")], today="2026-07-01")
    assert list(verdicts(known, "CAD-BC")) == ["2026年6月", "2026年7月"]


def in_groups(*names: str) -> tuple[Member, ...]:
    return tuple(a_member(f"党员{i}", group=name) for i, name in enumerate(names, 1))


def test_each_group_meets_each_month() -> None:
    people = in_groups("第一党小组", "第二党小组")
    meetings = [
        a_meeting("2026-05-07", "group_meeting", group="第一党小组"),
        a_meeting("2026-06-07", "group_meeting", group="第一党小组"),
        a_meeting("2026-05-08", "group_meeting", group="第二党小组"),
    ]
    known = facts(people, meetings, today="2026-07-01")
    assert verdict(known, "CAD-GR", "2026年5月 党小组会（第二党小组）") is OK
    assert verdict(known, "CAD-GR", "2026年6月 党小组会（第一党小组）") is OK
    assert verdict(known, "CAD-GR", "2026年6月 党小组会（第二党小组）") is NOTICE


def test_groups_are_those_of_the_month() -> None:
    moved = a_member(
        "党员1", groups=(a_span("老小组", None, "2026-06-01"), a_span("新小组", "2026-06-01"))
    )
    joined = a_member("党员2", groups=(a_span("后来小组", "2026-05-20"),))
    known = facts([moved, joined], [a_meeting("2026-05-07")], today="2026-06-30")
    subjects = {f.subject for f in found(known, "CAD-GR")}
    assert subjects == {
        "2026年5月 党小组会（老小组）",
        "2026年6月 党小组会（新小组）",
        "2026年6月 党小组会（后来小组）",
    }


@pytest.mark.parametrize(
    ("on", "fixed", "off"),
    [
        ("2026-06-15", 15, None),
        ("2026-06-20", 15, None),
        ("2026-06-21", 15, 6),
        ("2026-06-09", 15, 6),
        ("2026-02-28", 31, None),
        ("2024-02-29", 30, None),
        ("2026-02-20", 31, 8),
    ],
)
def test_the_theme_day_keeps_near_its_fixed_day(on: str, fixed: int, off: int | None) -> None:
    known = facts(members(3), [a_meeting(on, "theme_day")], today="2026-06-30", theme_day=fixed)
    findings = found(known, "CAD-DAY", "固定日")
    assert [f.verdict for f in findings] == ([] if off is None else [NOTICE])
    if off is not None:
        assert f"相差{off}天" in findings[0].message
        assert "第十六条" in findings[0].basis


def test_a_second_theme_day_of_the_month_may_be_on_any_day() -> None:
    meetings = [a_meeting("2026-06-15", "theme_day"), a_meeting("2026-06-28", "theme_day")]
    known = facts(members(3), meetings, today="2026-06-30", theme_day=15)
    assert found(known, "CAD-DAY", "固定日") == ()


def attendance(name: str, how: Presence, made_up: str | None = None) -> tuple[Attendance, ...]:
    return (Attendance(person(name), how, None, made_up),)


def absences(*stood: tuple[str, Presence], today: str, **member: object) -> Facts:
    meetings = [a_meeting(on, "theme_day", attendance=attendance("张三", how)) for on, how in stood]
    return facts([a_member("张三", **member)], meetings, today=today)


def monthly(first: int, last: int) -> list[tuple[str, Presence]]:
    return [(f"2026-{month:02}-10", Presence.ABSENT) for month in range(first, last + 1)]


@pytest.mark.parametrize(
    ("today", "months"),
    [("2026-04-09", None), ("2026-04-10", 3), ("2026-06-10", 5), ("2026-07-10", 6)],
)
def test_months_of_absence_in_a_row_are_told_and_nothing_more(
    today: str, months: int | None
) -> None:
    known = absences(*monthly(1, int(today[5:7])), today=today)
    findings = found(known, "CAD-6M")
    if months is None:
        assert findings == ()
    else:
        assert findings[0].verdict is NOTICE
        assert f"已满{months}个月" in findings[0].message
        assert known.members[0].status_on(known.today) == "正常"


@pytest.mark.parametrize("how", [Presence.PRESENT, Presence.VIDEO, Presence.LEAVE])
def test_taking_part_or_leave_ends_the_row(how: Presence) -> None:
    stood = [*monthly(1, 4), ("2026-05-10", how), *monthly(6, 7)]
    assert found(absences(*stood, today="2026-07-20"), "CAD-6M") == ()


def test_an_absence_made_up_for_ends_the_row() -> None:
    meetings = [
        a_meeting(on, "theme_day", attendance=attendance("张三", how, made_up))
        for on, how, made_up in (
            ("2026-01-10", Presence.ABSENT, None),
            ("2026-04-10", Presence.ABSENT, "已补学"),
        )
    ]
    known = facts([a_member("张三")], meetings, today="2026-04-20")
    assert found(known, "CAD-6M") == ()


def test_one_absence_long_ago_is_no_row_of_months() -> None:
    assert found(absences(*monthly(1, 1), today="2026-07-20"), "CAD-6M") == ()


def test_whoever_is_waived_is_left_alone() -> None:
    known = absences(*monthly(1, 7), today="2026-07-20", waived=(a_span("年老体弱"),))
    assert found(known, "CAD-6M") == ()


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-12-29", OK),
        ("2025-12-30", NOTICE),
        ("2026-06-30", NOTICE),
        ("2026-07-01", NOTICE),
    ],
)
def test_the_end_of_a_term_is_told_half_a_year_before(today: str, expected: Verdict) -> None:
    known = facts(today=today, term_start=day("2023-07-01"))
    finding = only(known, "CAD-TERM")
    assert finding.verdict is expected
    assert ("届满，请核对" in finding.message) is (today == "2026-07-01")


def test_a_term_may_be_of_five_years() -> None:
    known = facts(today="2026-07-01", term_start=day("2023-07-01"), term_years=5)
    assert only(known, "CAD-TERM").subject == "任期 2023-07-01 至 2028-06-30"
    assert found(facts(), "CAD-TERM") == ()
