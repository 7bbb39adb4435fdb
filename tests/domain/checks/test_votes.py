from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.votes import at_least_half, four_fifths, more_than_half
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, VoteMethod
from dangjian_desktop.domain.members.member import Span
from tests.domain.make import (
    a_committee,
    a_meeting,
    a_member,
    a_vote,
    an_election,
    an_item,
    attending,
    facts,
    found,
    members,
    of_them,
    only,
    verdict,
)

ON = "2026-06-18"
OK, NOTICE, VIOLATION, UNKNOWN = Verdict.OK, Verdict.NOTICE, Verdict.VIOLATION, Verdict.UNKNOWN
COUNTS = st.tuples(st.integers(1, 60), st.integers(0, 60), st.integers(0, 60)).filter(
    lambda c: c[1] <= c[0] and c[2] <= c[1]
)


def judged(
    eligible: int, present: int, yes: int | None, matter: Matter = Matter.GENERAL, **more: object
) -> tuple[Verdict, Verdict]:
    """The verdicts on 到会 and on the vote of a sitting with these counts."""
    people = members(eligible)
    item = an_item(matter=matter, vote=a_vote(yes, **more))
    meeting = a_meeting(ON, attendance=of_them(people, present), agenda=(item,))
    rule = {Matter.GENERAL: "Q-GEN", Matter.ADMISSION: "Q-ADM"}.get(matter, "Q-REG")
    known = facts(people, [meeting])
    return verdict(known, rule, "到会"), verdict(known, rule, "议题")


@given(COUNTS)
def test_the_tests_are_the_integer_inequalities(counts: tuple[int, int, int]) -> None:
    eligible, present, _yes = counts
    assert at_least_half(eligible, present) == (present / eligible >= 0.5)
    assert more_than_half(eligible, present) == (present > eligible - present)
    assert four_fifths(eligible, present) == (present >= -(-4 * eligible // 5))


@given(COUNTS)
def test_a_general_vote_follows_the_numbers(counts: tuple[int, int, int]) -> None:
    eligible, present, yes = counts
    opened, carried = judged(eligible, present, yes)
    expected = VIOLATION if 2 * present < eligible else OK
    assert opened is (NOTICE if 2 * present == eligible else expected)
    assert carried is (OK if 2 * yes > eligible else VIOLATION)


@given(COUNTS, st.integers(0, 5), st.sampled_from([Matter.ADMISSION, Matter.REGULARISATION]))
def test_an_admission_follows_the_numbers_with_the_written_opinions(
    counts: tuple[int, int, int], written: int, matter: Matter
) -> None:
    eligible, present, yes = counts
    opened, carried = judged(eligible, present, yes, matter, written_yes=written)
    assert opened is (OK if 2 * present > eligible else VIOLATION)
    expected = OK if 2 * (yes + written) > eligible else VIOLATION
    assert carried is (UNKNOWN if yes + written > eligible else expected)


@given(COUNTS, st.integers(1, 9), st.sampled_from([Matter.GENERAL, Matter.ADMISSION]))
def test_more_in_favour_than_were_there_never_reaches_the_number(
    counts: tuple[int, int, int], more: int, matter: Matter
) -> None:
    eligible, present, _yes = counts
    assert judged(eligible, present, present + more, matter)[1] is UNKNOWN


@given(COUNTS, st.sampled_from(list(Matter)))
def test_one_more_vote_in_favour_never_makes_a_verdict_worse(
    counts: tuple[int, int, int], matter: Matter
) -> None:
    if matter is Matter.ELECTION:
        return
    general = matter if matter in (Matter.GENERAL, Matter.ADMISSION) else Matter.EXTENSION
    eligible, present, yes = counts
    if yes == present:
        return
    fewer, more = (
        judged(eligible, present, yes, general),
        judged(eligible, present, yes + 1, general),
    )
    assert not (fewer[1] is OK and more[1] is not OK)


@pytest.mark.parametrize(
    ("eligible", "present", "yes", "opened", "carried"),
    [
        (25, 13, 13, OK, OK),
        (26, 13, 13, VIOLATION, VIOLATION),
        (26, 14, 13, OK, VIOLATION),
        (26, 14, 14, OK, OK),
    ],
)
def test_the_worked_examples_of_an_admission(
    eligible: int, present: int, yes: int, opened: Verdict, carried: Verdict
) -> None:
    assert judged(eligible, present, yes, Matter.ADMISSION) == (opened, carried)


def test_half_opens_a_general_meeting_and_is_said() -> None:
    people = members(26)
    meeting = a_meeting(ON, attendance=of_them(people, 13), agenda=(an_item(),))
    finding = only(facts(people, [meeting]), "Q-GEN")
    assert finding.verdict is NOTICE
    assert "到会人数符合规定" in finding.message
    assert "恰为半数" in finding.message


def test_the_words_never_declare_a_vote_carried() -> None:
    people = members(34)
    item = an_item(vote=a_vote(30))
    meeting = a_meeting(ON, attendance=of_them(people, 31), agenda=(item,))
    messages = [f.message for f in found(facts(people, [meeting]), "Q-GEN")]
    assert "到会人数符合规定：有表决权应到 34，实到 31。" in messages
    assert any("赞成票达到规定人数" in m and "应到 34，赞成 30" in m for m in messages)
    assert not any("通过" in m or "可以" in m for m in messages)


def test_votes_that_are_not_recorded_are_unknown() -> None:
    assert judged(10, 9, None)[1] is UNKNOWN
    people = members(10)
    meeting = a_meeting(
        ON, attendance=of_them(people, 9), agenda=(an_item(matter=Matter.ADMISSION),)
    )
    finding = only(facts(people, [meeting]), "Q-ADM", "议题")
    assert (finding.verdict, "未见表决记录" in finding.message) == (UNKNOWN, True)


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (VoteMethod.SECRET_BALLOT, None),
        (VoteMethod.HANDS, VIOLATION),
        (VoteMethod.OPEN_BALLOT, VIOLATION),
        (None, UNKNOWN),
    ],
)
@pytest.mark.parametrize("matter", [Matter.ADMISSION, Matter.DISQUALIFICATION])
def test_admission_and_the_end_of_probation_are_voted_on_in_secret(
    method: VoteMethod | None, expected: Verdict | None, matter: Matter
) -> None:
    people = members(10)
    item = an_item(matter=matter, vote=a_vote(9, method=method))
    meeting = a_meeting(ON, attendance=of_them(people, 9), agenda=(item,))
    rule = "Q-ADM" if matter is Matter.ADMISSION else "Q-REG"
    verdicts = [f.verdict for f in found(facts(people, [meeting]), rule, "表决方式")]
    assert verdicts == ([] if expected is None else [expected])


def test_a_general_vote_may_be_by_hands() -> None:
    people = members(10)
    item = an_item(vote=a_vote(9, method=VoteMethod.HANDS))
    meeting = a_meeting(ON, attendance=of_them(people, 9), agenda=(item,))
    assert found(facts(people, [meeting]), "Q-GEN", "表决方式") == ()


@pytest.mark.parametrize(("on", "old"), [("2026-05-10", True), ("2026-05-11", False)])
def test_each_step_is_judged_by_the_text_of_its_own_day(on: str, old: bool) -> None:
    people = members(10)
    item = an_item(matter=Matter.ADMISSION, vote=a_vote(9))
    known = facts(people, [a_meeting(on, attendance=of_them(people, 9), agenda=(item,))])
    for finding in found(known, "Q-ADM"):
        assert ("2014年" in finding.basis) is old
        assert ("待核对" in finding.basis) is old


def test_each_person_of_an_admission_is_judged_alone() -> None:
    people = members(10)
    candidates = tuple(Candidate(name=n, yes=y) for n, y in (("甲", 6), ("乙", 5), ("丙", None)))
    item = an_item(matter=Matter.ADMISSION, candidates=candidates)
    known = facts(people, [a_meeting(ON, attendance=of_them(people, 9), agenda=(item,))])
    assert [verdict(known, "Q-ADM", name) for name in "甲乙丙"] == [OK, VIOLATION, UNKNOWN]


@pytest.mark.parametrize(("yes", "expected"), [(8, OK), (7, NOTICE), (6, NOTICE), (5, VIOLATION)])
def test_a_vote_that_hangs_on_video_says_so(yes: int, expected: Verdict) -> None:
    people = members(10)
    attendance = attending(people[2:9], video=people[:2], absent=people[9:])
    meeting = a_meeting(ON, attendance=attendance, agenda=(an_item(vote=a_vote(yes)),))
    finding = only(facts(people, [meeting]), "Q-GEN", "议题")
    assert finding.verdict is expected
    assert ("视频" in finding.message) is (expected is NOTICE)


def test_a_quorum_that_hangs_on_video_says_so() -> None:
    people = members(25)
    attendance = attending(people[:19], video=people[19:20], absent=people[20:])
    meeting = a_meeting(ON, "election", attendance=attendance, agenda=(an_election("甲"),))
    finding = only(facts(people, [meeting]), "Q-ELE")
    assert finding.verdict is NOTICE
    assert "视频" in finding.message


def committee_sitting(present: int, yes: int | None = None, *kinds: str) -> tuple[Verdict, ...]:
    people = a_committee()
    item = an_item(vote=None if yes is None else a_vote(yes))
    attendance = of_them(people[:3], present)
    meeting = a_meeting(
        ON, *(kinds or ("committee_meeting",)), attendance=attendance, agenda=(item,)
    )
    return tuple(f.verdict for f in found(facts(people, [meeting]), "Q-BC"))


@pytest.mark.parametrize(("present", "expected"), [(3, OK), (2, OK), (1, VIOLATION)])
def test_half_of_the_committee_must_be_there(present: int, expected: Verdict) -> None:
    assert committee_sitting(present) == (expected,)


def test_half_of_a_committee_of_four_is_enough_and_said() -> None:
    people = [*a_committee(), a_member("党员8", post="宣传委员")]
    four = [p for p in people if p.name in ("党员1", "党员2", "党员3", "党员8")]
    meeting = a_meeting(ON, "committee_meeting", attendance=of_them(four, 2))
    assert verdict(facts(people, [meeting]), "Q-BC") is NOTICE


@pytest.mark.parametrize(("yes", "expected"), [(2, OK), (1, NOTICE)])
def test_how_a_committee_decides_is_only_a_notice(yes: int, expected: Verdict) -> None:
    assert set(committee_sitting(3, yes)) == {OK, expected}


def test_the_committee_that_elects_its_secretary_sits_as_a_committee() -> None:
    assert committee_sitting(2, None, "committee_meeting", "election") == (OK,)


def test_a_branch_without_a_committee_has_no_committee_quorum() -> None:
    people = [a_member("甲", post="党支部书记"), a_member("乙", post="副书记"), *members(4)]
    meeting = a_meeting(ON, "committee_meeting", attendance=attending(["甲"]), agenda=(an_item(),))
    assert found(facts(people, [meeting]), "Q-BC") == ()
    assert verdict(facts([*people, *members(5)[4:]], [meeting]), "Q-BC") is UNKNOWN


def test_seven_formal_members_without_any_post_entered_are_unknown() -> None:
    meeting = a_meeting(ON, "committee_meeting", attendance=attending(["党员1"]))
    finding = only(facts(members(7), [meeting]), "Q-BC")
    assert finding.verdict is UNKNOWN
    assert "未登记支部委员" in finding.message


def test_study_is_held_against_no_quorum() -> None:
    meeting = a_meeting(ON, "theme_day", "party_lecture", agenda=(an_item(),))
    known = facts(members(9), [meeting])
    assert not any(found(known, rule) for rule in ("Q-GEN", "Q-ADM", "Q-REG", "Q-BC", "Q-ELE"))


def test_a_joint_sitting_is_held_against_the_rule_of_each_item() -> None:
    people = a_committee()
    agenda = (an_item(vote=a_vote(4)), an_item(matter=Matter.ADMISSION, vote=a_vote(4)))
    meeting = a_meeting(
        ON, "general_meeting", "party_lecture", attendance=of_them(people, 4), agenda=agenda
    )
    known = facts(people, [meeting])
    assert verdict(known, "Q-GEN", "第1项议题") is OK
    assert verdict(known, "Q-ADM", "第2项议题") is OK
    assert found(known, "Q-BC") == ()


def test_a_person_missing_from_the_roster_leaves_the_vote_unknown() -> None:
    people = members(34)
    meeting = a_meeting(ON, attendance=of_them(people, 34), agenda=(an_item(vote=a_vote(34)),))
    findings = found(facts(people, [meeting], total=35), "Q-GEN")
    assert {f.verdict for f in findings} == {UNKNOWN}
    assert all("少1人" in f.message for f in findings)


def test_the_vote_is_counted_on_the_roster_of_its_day() -> None:
    left = replace(members(1)[0], standings=(Span("正常", None, None),))
    assert left.may_vote_on(a_meeting(ON).date)
    people = (*members(3), a_member("后来", formal_since="2026-06-19"))
    meeting = a_meeting(ON, attendance=of_them(people[:3], 3), agenda=(an_item(),))
    assert "应到 3，实到 3" in only(facts(people, [meeting]), "Q-GEN").message


def test_records_lead_back_to_the_sitting_and_to_who_was_there() -> None:
    people = members(3)
    meeting = a_meeting(ON, attendance=of_them(people, 2), agenda=(an_item(),))
    assert only(facts(people, [meeting]), "Q-GEN").records == (meeting.id, "党员1", "党员2")
