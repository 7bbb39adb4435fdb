from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dangjian_desktop.domain.checks.facts import Facts, subject_of
from dangjian_desktop.domain.checks.rules import CHECKS, examine, findings_of
from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.meeting import Matter
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_vote,
    an_election,
    an_item,
    attending,
    facts,
    members,
    of_them,
    person,
    rule_table,
)

SEVERITIES = {"hard", "soft", "local"}


def a_busy_year() -> Facts:
    """Something for most rules to speak of."""
    people = (*a_committee(), *members(30)[7:])
    meetings = [
        a_meeting("2026-01-05", "theme_day"),
        a_meeting(
            "2026-03-05",
            attendance=of_them(people, 15),
            agenda=(
                an_item("预算", Matter.IMPORTANT, vote=a_vote(16)),
                an_item(matter=Matter.ADMISSION, vote=a_vote(15)),
                an_item(matter=Matter.EXTENSION),
            ),
            host=person("党员9"),
        ),
        a_meeting("2026-04-05", "election", agenda=(an_election("甲", elected=1),)),
        a_meeting("2026-04-06", "committee_meeting", attendance=of_them(people[:3], 1)),
    ]
    return facts(people, meetings, today="2026-07-01")


def test_every_rule_has_its_row_and_every_row_its_rule() -> None:
    assert set(CHECKS) == set(rule_table())


@pytest.mark.parametrize("rule", rule_table().values(), ids=lambda rule: rule.id)
def test_every_row_says_its_source_and_how_binding_it_is(rule: object) -> None:
    row = rule_table()[rule.id]  # type: ignore[attr-defined]
    assert row.title
    assert row.text.endswith("。")
    assert row.severity in SEVERITIES
    assert ("待核对" in row.source) is (not row.confirmed)
    assert row.failed is (Verdict.VIOLATION if row.severity == "hard" else Verdict.NOTICE)


def test_a_finding_carries_its_rule_and_basis_and_ends_its_sentence() -> None:
    for finding in examine(a_busy_year()):
        assert finding.rule in CHECKS
        assert finding.basis
        assert finding.subject
        assert finding.message.endswith("。")
        assert "None" not in finding.message


def test_no_two_findings_share_a_name_that_a_waiver_is_kept_under() -> None:
    keys = [finding.key for finding in examine(a_busy_year())]
    assert len(keys) == len(set(keys))


def test_the_worst_comes_first_and_what_is_waived_last() -> None:
    order = [Verdict.VIOLATION, Verdict.UNKNOWN, Verdict.NOTICE, Verdict.OK]
    findings = examine(a_busy_year())
    ranks = [order.index(finding.verdict) for finding in findings]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == 4
    worst = findings[0]
    again = examine(a_busy_year(), waivers={worst.key: "已说明"})
    assert (again[-1].key, again[-1].waiver) == (worst.key, "已说明")


def test_one_rule_may_be_asked_alone() -> None:
    assert {finding.rule for finding in examine(a_busy_year(), "CAD-GM")} == {"CAD-GM"}
    with pytest.raises(KeyError):
        examine(a_busy_year(), "NO-SUCH")


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    known = a_busy_year()
    off = replace(known.rules["CAD-GM"], enabled=False)
    known = replace(known, rules={**known.rules, "CAD-GM": off})
    assert not any(finding.rule == "CAD-GM" for finding in examine(known))
    assert examine(known, "CAD-GM") == ()


def test_a_table_of_an_older_library_may_lack_a_rule() -> None:
    known = a_busy_year()
    rules = {name: rule for name, rule in known.rules.items() if name != "UP"}
    assert not any(f.rule == "UP" for f in examine(replace(known, rules=rules)))


def test_a_record_finds_what_speaks_of_it() -> None:
    findings = examine(a_busy_year())
    meeting = a_busy_year().meetings[1].id
    assert {f.rule for f in findings_of(findings, meeting)} >= {
        "Q-GEN",
        "Q-ADM",
        "Q-REG",
        "CAD-PRE",
    }
    assert all(f.records[0] == meeting for f in findings_of(findings, meeting))


def test_a_sitting_is_named_by_day_kinds_group_and_item() -> None:
    meeting = a_meeting("2026-03-05", "group_meeting", "party_lecture", group="第一党小组")
    assert subject_of(meeting, Kinds(), 2) == "2026-03-05 党小组会、党课（第一党小组） 第2项议题"


def test_an_empty_library_says_nothing_it_cannot_know() -> None:
    findings: tuple[Finding, ...] = examine(facts())
    assert not any(finding.verdict is Verdict.VIOLATION for finding in findings)


def ten_years() -> Facts:
    """700 sittings of a branch of sixty, with votes, over ten years."""
    posts = ("党支部书记", "组织委员", "宣传委员", "纪检委员", "党支部副书记")
    people = tuple(
        a_member(
            f"党员{i}",
            post=posts[i] if i < 5 else None,
            group=f"第{'一二三'[i % 3]}党小组",
            formal_since="2010-07",
            probationary_since="2009-07",
        )
        for i in range(60)
    )
    kinds = ("general_meeting", "committee_meeting", "group_meeting", "theme_day", "party_lecture")
    first = date(2016, 7, 1)
    meetings = []
    for n in range(700):
        kind = kinds[n % 5]
        called = people[:5] if kind == "committee_meeting" else people
        votes = (an_item(matter=Matter.ADMISSION, vote=a_vote(50)), an_item(vote=a_vote(40)))
        meetings.append(
            a_meeting(
                (first + timedelta(days=n * 5)).isoformat(),
                kind,
                attendance=attending(called[3:], absent=called[:3]),
                agenda=votes if kind == "general_meeting" else (an_item(),),
                host=person("党员0"),
                group=f"第{'一二三'[n % 3]}党小组" if kind == "group_meeting" else None,
            )
        )
    return facts(people, meetings, today="2026-07-01")


def test_ten_years_are_examined_whole() -> None:
    findings = examine(ten_years())
    assert len(findings) > 1500


def test_facts_of_another_day_are_counted_anew() -> None:
    known = a_busy_year()
    assert len(list(known.held())) == 4
    assert len(list(replace(known, today=date(2026, 3, 31)).held())) == 2
