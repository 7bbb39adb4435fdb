from __future__ import annotations

import pytest

from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.members.member import Member
from tests.domain.make import (
    a_committee,
    a_member,
    a_span,
    day,
    facts,
    found,
    members,
    only,
    partial,
    verdict,
)

OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
PROBATIONER = a_member("预备", formal_since=None, probationary_since="2026-01-08")


@pytest.mark.parametrize(("number", "expected"), [(0, UNKNOWN), (2, VIOLATION), (3, OK)])
def test_a_branch_has_three_formal_members(number: int, expected: Verdict) -> None:
    assert verdict(facts(members(number)), "SZ-3") is expected


def test_probationers_do_not_make_a_branch() -> None:
    assert verdict(facts((*members(2), PROBATIONER)), "SZ-3") is VIOLATION


def test_a_missing_or_a_doubtful_person_may_decide_whether_there_are_three() -> None:
    assert verdict(facts(members(2), total=3), "SZ-3") is UNKNOWN
    assert verdict(facts(members(3), total=4), "SZ-3") is OK
    new = a_member("新", formal_since="2026-07", probationary_since="2025-07")
    assert verdict(facts((*members(2), new), today="2026-07-10"), "SZ-3") is UNKNOWN
    assert verdict(facts((*members(2), new), today="2026-07-31"), "SZ-3") is OK


@pytest.mark.parametrize(
    ("number", "expected"), [(44, OK), (45, NOTICE), (50, NOTICE), (51, NOTICE)]
)
def test_many_members_are_told_from_forty_five_on(number: int, expected: Verdict) -> None:
    finding = only(facts(members(number)), "SZ-50")
    assert finding.verdict is expected
    assert ("一般不超过" in finding.message) is (number > 50)


def test_a_person_missing_from_the_roster_may_be_the_fifty_first() -> None:
    assert verdict(facts(members(50), total=51), "SZ-50") is UNKNOWN
    assert verdict(facts(members(44), total=45), "SZ-50") is OK


@pytest.mark.parametrize(
    ("number", "word"), [(50, None), (51, "党总支"), (99, "党总支"), (100, "基层委员会")]
)
def test_a_large_branch_may_have_to_become_something_else(number: int, word: str | None) -> None:
    findings = found(facts(members(number)), "UP")
    assert [f.verdict for f in findings] == ([] if word is None else [NOTICE])
    assert word is None or word in findings[0].message


def committee_of(size: int, formal: int = 9) -> tuple[Member, ...]:
    posts = ["党支部书记", *(["委员"] * (size - 1))] if size else []
    return tuple(
        a_member(f"党员{i}", post=posts[i] if i < len(posts) else None) for i in range(formal)
    )


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, UNKNOWN), (1, UNKNOWN), (2, VIOLATION), (3, OK), (5, OK), (7, OK), (8, NOTICE)],
)
def test_a_committee_has_three_to_seven_members(size: int, expected: Verdict) -> None:
    assert verdict(facts(committee_of(size)), "SZ-7") is expected


def test_from_seven_formal_members_on_there_is_a_committee() -> None:
    assert found(facts(committee_of(0, 6)), "SZ-7") == ()
    assert verdict(facts(committee_of(0, 7)), "SZ-7") is UNKNOWN
    assert verdict(facts(committee_of(3, 6)), "SZ-7") is NOTICE
    assert verdict(facts(committee_of(0, 6), total=7), "SZ-7") is UNKNOWN
    assert found(facts(()), "SZ-7") == ()


def test_a_group_has_three_members_and_a_formal_one() -> None:
    known = facts(a_committee())
    assert verdict(known, "GRP-3", "第二党小组") is OK
    small = tuple(a_member(name, group="第一党小组") for name in ("甲", "乙"))
    assert verdict(facts(small), "GRP-3") is NOTICE
    assert verdict(facts(small, total=3), "GRP-3") is UNKNOWN
    young = tuple(
        a_member(n, formal_since=None, probationary_since="2026-01-08", group="第一党小组")
        for n in ("甲", "乙", "丙")
    )
    assert verdict(facts(young), "GRP-3") is NOTICE


def test_a_probationer_normally_leads_no_group() -> None:
    young = a_member(
        "预备", formal_since=None, probationary_since="2026-01-08", post="第一党小组组长"
    )
    finding = only(facts((young,)), "GRP-PROB")
    assert (finding.verdict, finding.records) == (NOTICE, ("预备",))
    assert found(facts(a_committee()), "GRP-PROB") == ()


@pytest.mark.parametrize(
    ("full", "since", "expected"),
    [
        ("2022-07-01", None, OK),
        ("2022-07-02", None, NOTICE),
        ("2022-07", None, UNKNOWN),
        ("2022", None, UNKNOWN),
        ("2010", None, OK),
        ("2024", None, NOTICE),
        (None, None, UNKNOWN),
        ("2022-07-02", "2023-07-02", OK),
        ("2022-07-02", "2023-07", UNKNOWN),
    ],
)
def test_the_secretary_has_a_year_of_party_age_on_taking_office(
    full: str | None, since: str | None, expected: Verdict
) -> None:
    secretary = a_member("书记", posts=(a_span("党支部书记", since),), full_date=partial(full))
    known = facts([secretary], term_start=day("2023-07-01"))
    assert verdict(known, "SEC-1Y") is expected


def test_without_a_day_of_taking_office_the_party_age_is_unknown() -> None:
    assert verdict(facts([a_member("书记", post="党支部书记")]), "SEC-1Y") is UNKNOWN
