"""Whatever cannot be judged names what is missing, where it is entered, and of whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.checks.rules import examine
from dangjian_desktop.domain.declared import RECORDS
from dangjian_desktop.domain.findings import Cause, Finding, Verdict
from dangjian_desktop.domain.meetings.kinds import BUILT_IN, Kinds
from dangjian_desktop.domain.meetings.meeting import Candidate, Matter, Meeting, VoteMethod
from dangjian_desktop.domain.members.member import Member
from tests.domain.make import (
    a_meeting,
    a_member,
    a_span,
    a_vote,
    an_election,
    an_exclusion,
    an_item,
    attending,
    facts,
    partial,
    person,
    stated,
)

_DATES = st.sampled_from(["2026-06-18", "2026-06", "2026", "2025-06-01", None])
_COUNT = st.none() | st.integers(0, 9)
_KINDS = st.lists(st.sampled_from([k.code for k in BUILT_IN]), min_size=1, max_size=3, unique=True)
_POSTS = (None, "党支部书记", "组织委员", "纪检委员", "第一党小组组长")
_RECORDS = {record.code: record for record in RECORDS}


@st.composite
def people(draw: st.DrawFn) -> tuple[Member, ...]:
    found = []
    for n in range(draw(st.integers(0, 9))):
        joined, full = draw(_DATES), draw(_DATES)
        post, since = draw(st.sampled_from(_POSTS)), draw(_DATES)
        found.append(
            a_member(
                f"党员{n}",
                formal_since=full,
                probationary_since=joined,
                full_approved=partial(draw(_DATES)),
                join_date=partial(joined),
                posts=(a_span(post, since),) if post else (),
                group=draw(st.sampled_from([None, "第一党小组", "第二党小组"])),
            )
        )
    return tuple(found)


@st.composite
def sittings(draw: st.DrawFn, members: tuple[Member, ...]) -> Meeting:
    stands = draw(
        st.lists(st.sampled_from("上假缺外无"), min_size=len(members), max_size=len(members))
    )
    of = {
        how: [m for m, h in zip(members, stands, strict=True) if h == how] for how in "上假缺外无"
    }
    elected = st.sampled_from([True, False, None])
    item = an_item(
        matter=draw(st.sampled_from(Matter)),
        person=draw(st.sampled_from([None, "党员0", "外人"])),
        resolution=draw(st.sampled_from([None, "全票通过"])),
        vote=draw(st.none() | st.builds(a_vote, _COUNT, issued=_COUNT, returned=_COUNT, no=_COUNT)),
        seats=draw(st.none() | st.integers(1, 3)),
        candidates=tuple(
            Candidate(name=f"党员{n}", yes=draw(_COUNT), elected=draw(elected))
            for n in range(draw(st.integers(0, 3)))
        ),
    )
    if item.vote is not None and draw(st.booleans()):
        item = replace(item, vote=replace(item.vote, method=draw(st.sampled_from(VoteMethod))))
    excluded = tuple(
        an_exclusion(
            m, consent=draw(st.none() | st.just("批复")), reason=draw(st.sampled_from(["", "卧床"]))
        )
        for m in of["外"]
    )
    return a_meeting(
        draw(st.sampled_from(["2026-06-18", "2025-11-03"])),
        *draw(_KINDS),
        attendance=attending(of["上"], leave=of["假"], absent=of["缺"]),
        excluded=excluded,
        host=draw(st.none() | st.sampled_from(["党员0", "外人"]).map(person)),
        stated=draw(st.none() | st.builds(stated, _COUNT, _COUNT)),
        group=draw(st.sampled_from([None, "第一党小组"])),
        agenda=(item,),
    )


@st.composite
def branches(draw: st.DrawFn) -> Facts:
    roster = draw(people())
    meetings = draw(st.lists(sittings(roster), max_size=2, unique_by=lambda m: m.id))
    total = draw(st.none() | st.integers(0, 12))
    return facts(roster, meetings, today="2026-07-01", total=total)


def declared(cause: Cause) -> bool:
    """Whether the place of a cause is a field of its record."""
    path = [part for part in cause.field.split(".") if not part.isdigit()]
    if path[0] == "details":
        return any(f.name == path[1] for kind in Kinds() for f in kind.fields)
    try:
        _RECORDS[cause.subject].field(".".join(path))
    except KeyError:
        return False
    return True


@settings(max_examples=400, deadline=None)
@given(branches())
def test_every_uncertainty_carries_its_own_cause(known: Facts) -> None:
    ids = {member.id for member in known.members}
    for finding in examine(known):
        if finding.verdict is Verdict.UNKNOWN:
            assert finding.causes, finding
            for cause in finding.causes:
                _well_said(finding, cause)
                assert set(cause.people) <= ids
        else:
            assert not finding.causes, finding


def _well_said(finding: Finding, cause: Cause) -> None:
    assert cause.words
    assert cause.words.rstrip("。") in finding.message, finding
    assert declared(cause), cause
    if cause.subject == "meeting":
        assert finding.records, finding


def test_everybody_recorded_and_a_missing_date_of_approval_is_told_as_that() -> None:
    new = a_member(
        "新", formal_since="2026-05-20", probationary_since="2025-05-20", full_approved=None
    )
    roster = (*(a_member(f"老{n}") for n in range(35)), new)
    counts: dict[str, Any] = {"issued": 36, "returned": 36, "void": 0, "no": 0, "abstain": 0}
    item = an_item(vote=a_vote(36, **counts))
    meeting = a_meeting("2026-06-18", attendance=attending(roster), agenda=(item,))
    (finding,) = examine(facts(roster, [meeting]), "Q-SUM")
    assert finding.verdict is Verdict.UNKNOWN
    assert "到会" not in finding.message
    assert [(c.subject, c.field, c.people) for c in finding.causes] == [
        ("member", "full_approved", ("新",))
    ]


def test_votes_beyond_half_of_those_present_alone_are_told_with_their_own_cause() -> None:
    roster = tuple(a_member(f"党员{n}") for n in range(12))
    here = attending(roster[:4], absent=roster[4:])
    meeting = a_meeting(
        "2026-06-18", attendance=here, agenda=(an_election("甲", elected=1, yes=3),)
    )
    short = [f for f in examine(facts(roster, [meeting]), "Q-ELE-W") if f.subject.endswith("甲")]
    assert [f.verdict for f in short] == [Verdict.UNKNOWN]
    assert [cause.words in short[0].message for cause in short[0].causes] == [True]
