from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Matter, Meeting
from dangjian_desktop.domain.members.member import Member
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_span,
    an_exclusion,
    an_item,
    attending,
    facts,
    found,
    members,
    only,
    partial,
    person,
    stated,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
ON = "2026-06-18"


def chaired(
    host: str | None,
    *kinds: str,
    by: str | None = None,
    people: tuple[Member, ...] | None = None,
    group: str | None = None,
) -> Verdict:
    meeting = a_meeting(
        ON,
        *kinds,
        host=None if host is None else person(host),
        delegated_by=None if by is None else person(by),
        group=group,
    )
    return verdict(facts(a_committee() if people is None else people, [meeting]), "CAD-CHAIR")


@pytest.mark.parametrize("kind", ["general_meeting", "committee_meeting"])
@pytest.mark.parametrize(
    ("host", "by", "expected"),
    [
        ("党员1", None, OK),
        ("党员2", "党员1", OK),
        ("党员2", None, UNKNOWN),
        ("党员2", "党员3", VIOLATION),
        ("党员2", "上级领导", VIOLATION),
        ("党员5", None, VIOLATION),
        ("党员5", "党员1", VIOLATION),
        ("上级领导", None, UNKNOWN),
        (None, None, UNKNOWN),
    ],
)
def test_the_secretary_chairs_or_asks_the_deputy_or_a_committee_member(
    host: str | None, by: str | None, expected: Verdict, kind: str
) -> None:
    assert chaired(host, kind, by=by) is expected


def test_a_joint_sitting_is_chaired_as_the_general_meeting() -> None:
    assert chaired("党员4", "general_meeting", "group_meeting", group="第一党小组") is VIOLATION


def test_without_any_post_on_the_roster_the_chair_is_unknown() -> None:
    assert chaired("党员1", people=members(7)) is UNKNOWN


def test_in_a_branch_without_a_committee_the_secretary_may_ask_any_member() -> None:
    people = (a_member("书记", post="党支部书记"), *members(4))
    assert chaired("党员1", by="书记", people=people) is OK
    assert chaired("党员1", people=people) is VIOLATION


@pytest.mark.parametrize(
    ("on", "expected"), [("2026-05-31", VIOLATION), ("2026-06-15", UNKNOWN), ("2026-06-30", OK)]
)
def test_a_post_known_to_the_month_leaves_the_chair_open(on: str, expected: Verdict) -> None:
    people = (
        a_member("旧", posts=(a_span("党支部书记", None, "2026-06"),)),
        a_member("新", posts=(a_span("党支部书记", "2026-06"),)),
        *members(5),
    )
    meeting = a_meeting(on, host=person("新"))
    assert verdict(facts(people, [meeting]), "CAD-CHAIR") is expected


@pytest.mark.parametrize(
    ("host", "by", "group", "expected"),
    [
        ("党员4", None, "第一党小组", OK),
        ("党员4", None, "第二党小组", VIOLATION),
        ("党员3", "党员4", "第一党小组", OK),
        ("党员3", "党员6", "第一党小组", VIOLATION),
        ("党员3", None, "第一党小组", VIOLATION),
        ("党员3", None, "第三党小组", UNKNOWN),
    ],
)
def test_a_group_is_chaired_by_its_leader(
    host: str, by: str | None, group: str, expected: Verdict
) -> None:
    assert chaired(host, "group_meeting", by=by, group=group) is expected
    assert chaired(host, "group_meeting", "org_life_meeting", by=by, group=group) is expected


def test_the_chair_of_study_is_nobodys_business() -> None:
    assert found(facts(members(3), [a_meeting(ON, "theme_day")]), "CAD-CHAIR") == ()


def important(*before: Meeting, people: tuple[Member, ...] | None = None) -> Verdict | None:
    item = an_item("2026年度党建经费预算", Matter.IMPORTANT)
    meetings = [*before, a_meeting(ON, agenda=(item,), start="15:00")]
    findings = found(facts(a_committee() if people is None else people, meetings), "CAD-PRE")
    return findings[0].verdict if findings else None


def committee_on(on: str, topic: str = "2026年度党建经费预算", start: str | None = None) -> Meeting:
    return a_meeting(on, "committee_meeting", agenda=(an_item(topic),), start=start)


@pytest.mark.parametrize(
    ("on", "start", "expected"),
    [
        ("2026-06-17", None, OK),
        ("2026-03-18", None, OK),
        ("2026-03-17", None, NOTICE),
        ("2026-06-18", "09:00", OK),
        ("2026-06-18", "15:30", NOTICE),
        ("2026-06-18", None, NOTICE),
        ("2026-06-19", None, NOTICE),
    ],
)
def test_important_matters_come_before_the_committee_first(
    on: str, start: str | None, expected: Verdict
) -> None:
    assert important(committee_on(on, start=start)) is expected


@pytest.mark.parametrize(
    ("topic", "same"),
    [
        ("研究2026年度党建经费预算", True),
        ("党建经费预算", True),
        ("关于2026年度支部党建经费预算的讨论", True),
        ("讨论", False),
        ("预算", False),
        ("2026年度评优推荐", False),
        ("", False),
    ],
)
def test_the_same_matter_is_known_by_its_heading(topic: str, same: bool) -> None:
    assert important(committee_on("2026-06-17", topic)) is (OK if same else NOTICE)


def test_where_there_is_no_committee_nothing_comes_before_it() -> None:
    assert important(people=members(6)) is None
    assert important(people=members(7)) is UNKNOWN


PROBATIONER = a_member("预备", formal_since=None, probationary_since="2026-01-08")


def on_paper(eligible: int | None, present: int | None, **more: object) -> Verdict | None:
    people = (*members(5), PROBATIONER)
    meeting = a_meeting(
        ON,
        *("general_meeting", "party_lecture"),
        attendance=attending(["党员1", "党员2", "党员3", "预备"], absent=["党员4", "党员5"]),
        stated=stated(eligible, present),
        **more,
    )
    findings = found(facts(people, [meeting]), "ATT-STATED")
    return findings[0].verdict if findings else None


@pytest.mark.parametrize(
    ("eligible", "present", "expected"),
    [
        (6, 4, OK),
        (5, 3, OK),
        (6, None, OK),
        (None, 3, OK),
        (6, 3, NOTICE),
        (5, 4, NOTICE),
        (7, 4, NOTICE),
        (None, None, None),
    ],
)
def test_the_counts_of_the_paper_may_be_those_of_all_or_of_the_voters(
    eligible: int | None, present: int | None, expected: Verdict | None
) -> None:
    assert on_paper(eligible, present) is expected


def test_excluded_members_are_off_the_count_of_voters() -> None:
    assert on_paper(4, 3, excluded=(an_exclusion("党员5"),)) is OK


def test_a_difference_names_both_numbers() -> None:
    meeting = a_meeting(ON, "theme_day", stated=stated(4, 1), attendance=attending(["党员1"]))
    meeting_all = attending(["党员1"], absent=["党员2", "党员3"])
    known = facts(members(3), [a_meeting(ON, attendance=meeting_all, stated=stated(4, 1))])
    assert "应到记录4人、计算3人" in only(known, "ATT-STATED").message
    assert verdict(facts(members(3), [meeting]), "ATT-STATED") is NOTICE


@pytest.mark.parametrize(("present", "expected"), [(1, UNKNOWN), (3, UNKNOWN), (4, NOTICE)])
def test_while_members_are_not_recorded_a_possible_count_is_unknown(
    present: int, expected: Verdict
) -> None:
    meeting = a_meeting(ON, attendance=attending(["党员1"]), stated=stated(3, present))
    assert verdict(facts(members(3), [meeting]), "ATT-STATED") is expected


def appraised(
    people: tuple[Member, ...], excellent: int, graded: int, base: str = "formal", **more: object
) -> Facts:
    grades = [
        {"name": f"党员{i}", "result": "优秀" if i <= excellent else "合格"}
        for i in range(1, graded + 1)
    ]
    meeting = a_meeting(ON, "democratic_appraisal", details={"grades": grades})
    return facts(people, [meeting], values={"APP-RATE": {"base": base}}, **more)  # type: ignore[arg-type]


@given(st.integers(1, 60), st.integers(0, 30))
def test_at_most_a_third_rounded_down_is_excellent(formal: int, excellent: int) -> None:
    known = appraised(members(formal), excellent, max(1, formal, excellent))
    expected = OK if excellent <= formal // 3 else NOTICE
    assert verdict(known, "APP-RATE") is expected


@pytest.mark.parametrize(
    ("base", "expected", "word"), [("formal", OK, "正式党员 9"), ("graded", NOTICE, "参评党员 6")]
)
def test_the_number_that_the_third_is_of_is_said(base: str, expected: Verdict, word: str) -> None:
    finding = only(appraised(members(9), 3, 6, base), "APP-RATE")
    assert (finding.verdict, word in finding.message) == (expected, True)


def test_a_person_missing_from_the_roster_may_decide_the_third() -> None:
    assert verdict(appraised(members(8), 3, 8, total=9), "APP-RATE") is UNKNOWN
    assert verdict(appraised(members(8), 2, 8, total=9), "APP-RATE") is OK
    assert verdict(appraised(members(8), 4, 8, total=9), "APP-RATE") is NOTICE


def test_probationers_are_given_no_grade() -> None:
    grades = [{"name": "预备", "result": "合格"}, {"name": "党员1", "result": "合格"}]
    meeting = a_meeting(ON, "democratic_appraisal", details={"grades": grades})
    finding = only(facts((*members(3), PROBATIONER), [meeting]), "APP-PROB")
    assert finding.verdict is NOTICE
    assert finding.records == (meeting.id, "预备")
    none = [{"name": "预备", "qualified": 3}, {"name": "党员1", "result": "合格"}]
    other = a_meeting(ON, "democratic_appraisal", details={"grades": none})
    assert found(facts((*members(3), PROBATIONER), [other]), "APP-PROB") == ()


def probation(join: str | None, today: str, *meetings: Meeting) -> tuple[Verdict, str] | None:
    member = a_member(
        "孙八",
        formal_since=None,
        probationary_since=join or "2024-01-01",
        join_date=partial(join),
    )
    findings = found(facts([member], meetings, today=today), "DEV-REG")
    return (findings[0].verdict, findings[0].message) if findings else None


@pytest.mark.parametrize(
    ("join", "today", "expected"),
    [
        ("2025-06-18", "2026-06-17", None),
        ("2025-06-18", "2026-06-18", NOTICE),
        ("2024-02-29", "2025-02-27", None),
        ("2024-02-29", "2025-02-28", NOTICE),
        ("2025-06", "2026-05-31", None),
        ("2025-06", "2026-06-01", UNKNOWN),
        ("2025-06", "2026-06-29", UNKNOWN),
        ("2025-06", "2026-06-30", NOTICE),
        (None, "2026-06-30", UNKNOWN),
    ],
)
def test_a_probation_that_has_run_out_is_told(
    join: str | None, today: str, expected: Verdict | None
) -> None:
    result = probation(join, today)
    assert (result and result[0]) is expected


@pytest.mark.parametrize(
    ("matter", "words"),
    [
        (Matter.REGULARISATION, "已讨论转正"),
        (Matter.EXTENSION, "已讨论延长预备期"),
        (Matter.ADMISSION, "应讨论转正"),
    ],
)
def test_what_the_meeting_already_did_about_it_is_said(matter: Matter, words: str) -> None:
    meeting = a_meeting("2026-06-20", agenda=(an_item(matter=matter, person="孙八"),))
    result = probation("2025-06-18", "2026-06-30", meeting)
    assert result is not None
    assert words in result[1]
