from __future__ import annotations

from dataclasses import replace

import pytest

from dangjian_desktop.domain.checks.facts import Facts, FurtherHours
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Meeting
from tests.domain.make import (
    a_committee,
    a_meeting,
    an_item,
    attending,
    day,
    facts,
    found,
    members,
    only,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN


def verdicts(known: Facts, rule: str) -> dict[str, Verdict]:
    """The verdict on each period, by the first word of its subject."""
    return {f.subject.split()[0]: f.verdict for f in found(known, rule)}


def test_the_year_of_a_yearly_meeting_is_its_own_and_not_that_of_its_date() -> None:
    meeting = a_meeting("2026-03-07", "org_life_meeting", for_year=2025)
    known = facts(members(3), [meeting, a_meeting("2025-01-05")], today="2026-06-30")
    assert verdicts(known, "CAD-OLM") == {"2025年度": OK, "2026年度": NOTICE}


@pytest.mark.parametrize(
    ("today", "expected", "words"),
    [
        ("2025-10-01", NOTICE, "还有91天"),
        ("2025-12-31", NOTICE, "今天截止"),
        ("2026-01-01", NOTICE, "2026-03-31前"),
        ("2026-03-31", NOTICE, "2026-03-31前"),
        ("2026-04-01", VIOLATION, "2025年度未见组织生活会记录"),
    ],
)
def test_a_missing_org_life_meeting_may_still_be_held_until_the_end_of_march(
    today: str, expected: Verdict, words: str
) -> None:
    known = facts(members(3), [a_meeting("2025-01-05")], today=today)
    finding = only(known, "CAD-OLM", "2025年度 组织生活会")
    assert finding.verdict is expected
    assert words in finding.message


def test_a_missing_appraisal_stays_a_notice_since_its_rule_is_soft() -> None:
    known = facts(members(3), [a_meeting("2025-01-05")], today="2026-04-01")
    assert verdict(known, "CAD-APP", "2025年度 民主评议党员") is NOTICE


@pytest.mark.parametrize(
    ("founded", "years"),
    [
        ("2025-01-01", ["2025年度", "2026年度"]),
        ("2025-01-02", ["2026年度"]),
        ("2010-05-01", ["2025年度", "2026年度"]),
        ("2026-05-01", []),
    ],
)
def test_yearly_duties_begin_with_the_first_full_year(founded: str, years: list[str]) -> None:
    known = facts(members(3), [a_meeting("2025-06-05")], today="2026-06-30", founded=day(founded))
    assert sorted(verdicts(known, "CAD-OLM")) == years


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2025-10-01", OK), ("2026-03-31", OK), ("2025-09-30", NOTICE), ("2026-05-01", NOTICE)],
)
def test_the_season_of_the_org_life_meeting_is_the_fourth_quarter(
    on: str, expected: Verdict
) -> None:
    known = facts(
        members(3), [a_meeting(on, "org_life_meeting", for_year=2025)], today="2026-06-30"
    )
    assert verdict(known, "CAD-OLM", "2025年度 组织生活会") is expected


def test_a_meeting_early_in_the_year_that_names_no_year_leaves_the_last_one_open() -> None:
    meetings = [a_meeting("2025-05-05"), a_meeting("2026-02-10", "org_life_meeting")]
    known = facts(members(3), meetings, today="2026-06-30")
    last = only(known, "CAD-OLM", "2025年度 组织生活会")
    assert (last.verdict, last.records) == (UNKNOWN, (meetings[1].id,))


def appraisal(*topics: str, **details: object) -> Facts:
    agenda = tuple(an_item(topic) for topic in topics)
    meeting = a_meeting("2026-06-10", "democratic_appraisal", agenda=agenda, details=details)
    return facts(members(3), [meeting], today="2026-06-30")


def test_the_steps_of_an_appraisal_are_held_in_their_order() -> None:
    ordered = ("个人自评", "党员互评", "民主测评")
    assert verdict(appraisal(*ordered), "CAD-APP", "程序") is OK
    assert verdict(appraisal(*ordered[::-1]), "CAD-APP", "程序") is NOTICE
    told = {"self_review": "逐人", "mutual_review": "逐人", "ballots": {"issued": 3}}
    assert verdict(appraisal("民主评议", **told), "CAD-APP", "程序") is OK
    missing = only(appraisal("个人自评"), "CAD-APP", "程序")
    assert missing.verdict is UNKNOWN
    assert "未见党员互评、民主测评" in missing.message


def lectures(hours: object) -> list[Meeting]:
    return [
        a_meeting(
            f"2025-{month:02}-10",
            "party_lecture",
            details={"hours": hours},
            attendance=attending(["党员1", "党员2"]),
        )
        for month in (3, 6, 9, 12)
    ]


@pytest.mark.parametrize(("hours", "said"), [(8, [OK]), ("8", [OK]), (7.5, []), (None, [])])
def test_hours_below_the_mark_are_not_spoken_of_while_other_training_is_not_recorded(
    hours: object, said: list[Verdict]
) -> None:
    known = facts(members(2), lectures(hours), today="2026-01-01")
    assert [finding.verdict for finding in found(known, "CAD-32H")] == said


def test_hours_are_judged_once_other_training_is_recorded_even_where_there_was_none() -> None:
    known = facts(members(3), lectures(8), today="2026-01-01")
    finding = only(replace(known, further_hours={2025: FurtherHours({})}), "CAD-32H")
    assert (finding.verdict, "1 人未达到" in finding.message) == (NOTICE, True)


def test_hours_of_a_running_year_are_not_judged_and_nobody_is_named() -> None:
    assert found(facts(members(2), lectures(1), today="2025-12-31"), "CAD-32H") == ()
    known = facts(members(3), lectures(8), today="2026-01-01")
    finding = only(replace(known, further_hours={2025: FurtherHours({"党员3": 3.0})}), "CAD-32H")
    assert "2 人达到 32 学时，1 人未达到" in finding.message
    assert not any(member.name in finding.message for member in members(3))


GROUPS = ("第一党小组", "第二党小组")


def in_groups(*held: str | None) -> Facts:
    """An 组织生活会 of each of these groups (None: of the branch) in the year before."""
    meetings = [
        a_meeting(f"2025-11-{n:02}", "org_life_meeting", group=group, for_year=2025)
        for n, group in enumerate(held, 1)
    ]
    return facts(a_committee(), meetings, today="2026-04-01")


@pytest.mark.parametrize(
    ("held", "missing"),
    [
        ((None,), []),
        (GROUPS, []),
        (GROUPS[:1], GROUPS[1:]),
        (GROUPS[1:], GROUPS[:1]),
        ((None, GROUPS[0]), []),
    ],
)
def test_held_by_groups_each_group_is_judged(
    held: tuple[str | None, ...], missing: list[str]
) -> None:
    findings = [f for f in found(in_groups(*held), "CAD-OLM") if f.subject.startswith("2025")]
    lacking = [f for f in findings if f.verdict is VIOLATION]
    assert [f.subject for f in lacking] == [f"2025年度 组织生活会（{g}）" for g in missing]
    assert all(f.verdict in (OK, VIOLATION) for f in findings)
    assert len(findings) == (2 if missing else 1)
