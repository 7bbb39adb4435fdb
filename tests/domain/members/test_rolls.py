"""The rolls of all days from one sweep are the rolls of each day alone."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import (
    NORMAL,
    STATUSES,
    Member,
    MemberKind,
    PostRole,
    Span,
)
from dangjian_desktop.domain.members.roll import Roll, Rolls, rolls
from tests.domain.make import a_member, a_span, day

_FIRST = date(2024, 1, 1)
_POSTS = ("党支部书记", "组织委员", "纪检委员兼第一党小组组长", "原党支部书记", "团支部书记")
_FIELDS = {
    "kinds": st.sampled_from([kind.value for kind in MemberKind]),
    "standings": st.just(NORMAL)
    | st.sampled_from([*(status.word for status in STATUSES), "不认识的词"]),
    "posts": st.sampled_from(_POSTS),
    "groups": st.sampled_from(("第一党小组", "第二党小组")),
    "voting_suspended": st.just("留党察看"),
    "waived": st.just("病"),
}


@st.composite
def _edge(draw) -> PartialDate:
    """A day of three years, perhaps only its month or year."""
    found = _FIRST + timedelta(days=draw(st.integers(0, 1_095)))
    known = draw(st.sampled_from((1, 2, 3, 3)))
    return PartialDate(*(found.year, found.month, found.day)[:known])


@st.composite
def _spans(draw, value) -> tuple[Span, ...]:
    """None, one or more, overlapping and turned round as a careless import leaves them."""
    edge = st.none() | _edge()
    return tuple(Span(draw(value), draw(edge), draw(edge)) for _ in range(draw(st.integers(0, 3))))


@st.composite
def _members(draw) -> tuple[Member, ...]:
    found = []
    for number in range(draw(st.integers(0, 5))):
        spans = {name: draw(_spans(value)) for name, value in _FIELDS.items()}
        name = draw(st.sampled_from(("甲", "乙", "丙")))
        deleted = draw(st.sampled_from((False, False, False, True)))
        found.append(Member(id=f"{number}", name=name, deleted=deleted, **spans))
    return tuple(found)


def _told(roll: Roll) -> dict[str, object]:
    """Everything that a roll tells of its day."""
    names = [name for name in dir(Roll) if not name.startswith("_")]
    told = {name: getattr(roll, name) for name in names if not callable(getattr(Roll, name, None))}
    told |= {"day": roll.day, "known": roll.known, "members": roll.members}
    told |= {"doubtful": roll.doubtful, "by_id": roll.by_id}
    told |= {group: roll.group_members(group) for group in ("第一党小组", "第二党小组")}
    return told | {role: roll.with_role(role) for role in PostRole}


@given(_members(), st.lists(st.integers(-40, 1_140), min_size=1, max_size=40))
def test_every_day_is_as_it_is_alone(members: tuple[Member, ...], days: list[int]) -> None:
    swept = rolls(members)
    for number in days:
        on = _FIRST + timedelta(days=number)
        assert _told(swept.on(on)) == _told(Roll(members, on))


@given(_members())
def test_the_days_beside_every_border_too(members: tuple[Member, ...]) -> None:
    swept = rolls(members)
    edges = [
        edge
        for member in members
        for name in _FIELDS
        for span in getattr(member, name)
        for edge in (span.start, span.end)
        if edge is not None
    ]
    for border in {border for edge in edges for border in (edge.first, edge.last)}:
        for on in (border - timedelta(days=1), border, border + timedelta(days=1)):
            assert _told(swept.on(on)) == _told(Roll(members, on))


def test_who_is_open_stands_as_on_the_roster_and_others_by_name() -> None:
    known = tuple(a_member(name, kinds=(a_span("formal", "2026-03"),)) for name in ("甲", "乙"))
    for roll in (rolls(known).on(day("2026-03-09")), Roll(known, day("2026-03-09"))):
        assert [m.name for m in roll.members] == ["乙", "甲"]
        assert roll.doubtful == roll.open_formal == roll.open_voters == known


def test_what_was_found_for_a_day_serves_the_days_that_are_alike() -> None:
    moved = a_member(
        "甲", standings=(a_span(NORMAL, None, "2026-03-10"), a_span("转出", "2026-03-10"))
    )
    swept = rolls((moved, a_member("乙")))
    assert swept.on(day("2026-03-01")).voters is swept.on(day("2026-03-09")).voters
    assert swept.on(day("2026-03-09")).day == day("2026-03-09")
    assert len(swept.on(day("2026-03-10")).voters) == 1
    assert rolls(swept) is swept
    assert isinstance(swept, Rolls)
