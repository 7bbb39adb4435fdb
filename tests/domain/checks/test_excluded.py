from __future__ import annotations

import pytest

from dangjian_desktop.domain.checks.votes import at_least_half, more_than_half
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.exclusions import reason_known
from dangjian_desktop.domain.meetings.meeting import Exclusion, Matter, Meeting
from dangjian_desktop.domain.members.member import Member
from tests.domain.checks.test_quorum import ON, counted, sitting, why
from tests.domain.make import (
    a_meeting,
    a_member,
    an_exclusion,
    an_item,
    attending,
    facts,
    found,
    members,
    of_them,
    only,
    verdict,
)

REASONS = {
    "患有精神病，不能表达本人意志": True,
    "因病无法表达意愿": True,
    "患有精神病": False,
    "自费出国半年以上": True,
    "自费出国8个月": True,
    "自费出国三个月": False,
    "因公出国一年": False,
    "正在服刑，未受留党察看以上处分": True,
    "年老体弱卧床不起": True,
    "长期患病、生活不能自理": True,
    "长期患病": False,
    "住院": False,
    "借调外地半年以上，组织关系应转未转出": True,
    "外出务工一年，没有转移组织关系": True,
    "借调半年以上": False,
    "外出务工五个月，未转组织关系": False,
    "退休后长期居住原籍，组织关系未转出": True,
    "退休": False,
    "退休后长期居住原籍": False,
    "出差": False,
    "请假": False,
    "": False,
}


@pytest.mark.parametrize(("reason", "known"), REASONS.items())
def test_only_the_words_of_the_six_reasons_count(reason: str, known: bool) -> None:
    assert reason_known(reason) is known


def decisive(*excluded: Exclusion) -> tuple[tuple[Member, ...], Meeting]:
    """26 voters, 13 of them there: enough only if the excluded one does not count."""
    people = members(26)
    attendance = attending(people[:13], absent=people[13:25])
    return people, sitting(attendance=attendance, excluded=excluded)


def test_an_exclusion_in_order_takes_the_member_off() -> None:
    votes = counted(*decisive(an_exclusion("党员26", consent="上级党委2026年6月2日批复")))
    assert (votes.eligible, votes.present) == (25, 13)
    assert votes.verdict(more_than_half) is Verdict.OK


MISSING = [
    ({"reason": ""}, "未记录不计入应到的原因"),
    ({"consent": None}, "未见上级同意"),
    ({"consent": ""}, "未见上级同意"),
    ({"consent": "已请示，上级党委尚未批复"}, "未见上级同意"),
    ({"consent": "待批复"}, "未见上级同意"),
    ({"consent": "上级党委2024年6月2日批复"}, "是否为本次会议待核对"),
    ({"approved_on": None}, "未见党员大会通过"),
    ({"on": "2025-06-18"}, "是否为本次会议待核对"),
]
REFUTED = [
    ({"reason": "长期患病"}, "不属于可以不计入应到的情形"),
    ({"reason": "出差"}, "不属于可以不计入应到的情形"),
    ({"reason": "长期患病", "consent": None}, "不属于可以不计入应到的情形"),
    ({"consent": "上级党委2026年6月19日批复"}, "上级同意的日期在表决之后"),
    ({"consent": "2026-06-19批复"}, "上级同意的日期在表决之后"),
    ({"consent": "2026.7.1同意", "approved_on": None}, "上级同意的日期在表决之后"),
    ({"on": "2026-06-19"}, "党员大会通过的日期在表决之后"),
]


@pytest.mark.parametrize(("wrong", "words"), MISSING)
def test_an_exclusion_of_which_a_fact_is_missing_is_unknown_where_it_decides(
    wrong: dict[str, object], words: str
) -> None:
    people, meeting = decisive(an_exclusion("党员26", **wrong))  # type: ignore[arg-type]
    votes = counted(people, meeting)
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN
    (cause,) = votes.reasons(more_than_half)
    assert (words in cause.words, cause.people, cause.field) == (True, ("党员26",), "excluded")
    own = only(facts(people, [meeting]), "ATT-EXCL")
    assert (own.verdict, words in own.message) == (Verdict.UNKNOWN, True)
    assert [c.field.split(".")[:2] for c in own.causes] == [["excluded", "0"]]


@pytest.mark.parametrize(("wrong", "words"), REFUTED)
def test_a_refuted_exclusion_counts_and_is_a_finding_of_its_own(
    wrong: dict[str, object], words: str
) -> None:
    people, meeting = decisive(an_exclusion("党员26", **wrong))  # type: ignore[arg-type]
    votes = counted(people, meeting)
    assert (votes.eligible, votes.present) == (26, 13)
    assert votes.verdict(more_than_half) is Verdict.VIOLATION
    assert votes.verdict(at_least_half) is Verdict.OK
    own = only(facts(people, [meeting]), "ATT-EXCL")
    assert own.verdict is Verdict.VIOLATION
    assert "党员26不计入应到不成立" in own.message
    assert words in own.message
    assert own.records == (meeting.id, "党员26")


def test_an_exclusion_in_order_is_said_to_be_so() -> None:
    people, meeting = decisive(an_exclusion("党员26"))
    assert verdict(facts(people, [meeting]), "ATT-EXCL") is Verdict.OK


def test_an_exclusion_without_its_facts_says_nothing_where_it_does_not_decide() -> None:
    people = members(26)
    meeting = sitting(
        attendance=attending(people[:20], absent=people[20:25]),
        excluded=(an_exclusion("党员26", consent=None),),
    )
    assert counted(people, meeting).verdict(more_than_half) is Verdict.OK


def test_an_exclusion_claimed_for_another_vote_cannot_be_judged() -> None:
    people = members(26)
    meeting = sitting(
        Matter.GENERAL,
        attendance=attending(people[:25]),
        excluded=(an_exclusion("党员26"),),
    )
    votes = counted(people, meeting, Matter.GENERAL)
    assert votes.verdict(at_least_half) is Verdict.UNKNOWN
    assert "不适用不计入应到" in why(votes, at_least_half)


def test_beside_an_admission_an_exclusion_is_open_for_the_other_items_where_it_decides() -> None:
    people = members(26)
    both = (an_item(matter=Matter.ADMISSION), an_item(matter=Matter.GENERAL))
    meeting = a_meeting(
        ON,
        attendance=attending(people[:13], absent=people[13:25]),
        excluded=(an_exclusion("党员26"),),
        agenda=both,
    )
    votes = counted(people, meeting, Matter.GENERAL)
    assert votes.verdict(at_least_half) is Verdict.OK
    assert votes.verdict(more_than_half) is Verdict.UNKNOWN
    assert counted(people, meeting, Matter.ADMISSION).verdict(more_than_half) is Verdict.OK


def test_excluding_somebody_without_a_vote_changes_nothing() -> None:
    people = (*members(3), a_member("预备", formal_since=None, probationary_since="2026-01-01"))
    meeting = sitting(
        attendance=of_them(people[:3], 2), excluded=(an_exclusion("预备", reason=""),)
    )
    votes = counted(people, meeting)
    assert (votes.eligible, votes.openings) == (3, ())
    assert found(facts(people, [meeting]), "ATT-EXCL") == ()
