from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import (
    STATUSES,
    MemberKind,
    PostRole,
    Span,
    Spans,
    changed_from,
    kinds_by_dates,
    post_role,
    post_roles,
    value_on,
    values_possible,
)
from tests.domain.make import a_member, a_span, day, partial

FIRST = date(2025, 1, 1)
DAYS = st.dates(FIRST, date(2026, 12, 31))
ALL_DAYS = [FIRST + timedelta(days=n) for n in range(-30, 800)]
CHANGES = st.lists(st.tuples(DAYS, st.sampled_from(["甲", "乙", "丙", None])), max_size=5)


def history(changes: list[tuple[date, str | None]]) -> Spans:
    spans: Spans = (Span("甲"),)
    for when, value in sorted(changes, key=lambda change: change[0]):
        spans = changed_from(spans, value, when)
    return spans


@given(CHANGES, DAYS, st.sampled_from(["甲", "丁", None]))
def test_a_change_keeps_the_past_and_holds_until_the_next_one(
    changes: list[tuple[date, str | None]], when: date, value: str | None
) -> None:
    before = history(changes)
    after = changed_from(before, value, when)
    for d in ALL_DAYS:
        if d < when:
            assert value_on(after, d) == value_on(before, d)
    was = value_on(before, when)
    later = next((d for d in ALL_DAYS if d > when and value_on(before, d) != was), date.max)
    for d in ALL_DAYS:
        if when <= d:
            assert value_on(after, d) == (value if d < later else value_on(before, d))


def test_a_change_before_a_recorded_end_does_not_outlive_it() -> None:
    spans = changed_from(
        (a_span("第一党小组", None, "2026-06-01"),), "第二党小组", day("2026-03-01")
    )
    assert value_on(spans, day("2026-02-28")) == "第一党小组"
    assert value_on(spans, day("2026-05-31")) == "第二党小组"
    assert value_on(spans, day("2026-06-01")) is None


def test_a_change_on_the_same_day_replaces_the_former_one() -> None:
    spans = changed_from((Span("甲"),), "乙", day("2026-03-01"))
    spans = changed_from(spans, "丙", day("2026-03-01"))
    assert [s.value for s in spans] == ["甲", "丙"]


def test_the_value_begun_last_holds_whatever_the_order_of_the_spans() -> None:
    spans = (a_span("乙", "2026-03-01"), Span("甲"))
    assert value_on(spans, day("2026-02-28")) == "甲"
    assert value_on(spans, day("2026-03-01")) == "乙"


def test_a_date_known_to_the_month_counts_from_its_first_day() -> None:
    member = a_member("张三", formal_since="2026-03", probationary_since="2025-03")
    assert member.kind_on(day("2026-02-28")) is MemberKind.PROBATIONARY
    assert member.kind_on(day("2026-03-01")) is MemberKind.FORMAL
    assert member.voting_possible(day("2026-02-28")) == {False}
    assert member.voting_possible(day("2026-03-01")) == {True, False}
    assert member.voting_possible(day("2026-03-30")) == {True, False}
    assert member.voting_possible(day("2026-03-31")) == {True}


def test_both_values_around_an_unknown_border_are_possible() -> None:
    spans = (a_span("甲", None, "2026-03"), a_span("乙", "2026-03"))
    assert values_possible(spans, day("2026-02-28")) == {"甲"}
    assert values_possible(spans, day("2026-03-10")) == {"甲", "乙"}
    assert values_possible(spans, day("2026-03-31")) == {"乙"}


def test_no_vote_under_probation_in_the_party_nor_outside_the_branch() -> None:
    suspended = a_member("张三", voting_suspended=(a_span("留党察看", "2026-01-10", "2027-01-10"),))
    assert suspended.may_vote_on(day("2026-01-09"))
    assert not suspended.may_vote_on(day("2026-01-10"))
    assert suspended.may_vote_on(day("2027-01-10"))
    gone = a_member(
        "李四", standings=(a_span("正常", None, "2026-03-01"), a_span("转出", "2026-03-01"))
    )
    assert gone.may_vote_on(day("2026-02-28"))
    assert not gone.belongs_on(day("2026-03-01"))


def test_a_suspension_known_to_the_month_leaves_the_vote_open() -> None:
    member = a_member("张三", voting_suspended=(a_span("留党察看", "2026-03"),))
    assert member.voting_possible(day("2026-03-10")) == {True, False}
    assert member.voting_possible(day("2026-03-31")) == {False}


@pytest.mark.parametrize(
    ("join", "full", "declared", "on", "kind"),
    [
        ("2024-05-10", "2025-05-10", None, "2025-05-09", "probationary"),
        ("2024-05-10", "2025-05-10", None, "2025-05-10", "formal"),
        ("2024-05-10", "2025-05-10", None, "2024-05-09", None),
        ("2024-05-10", "2025-05-10", MemberKind.PROBATIONARY, "2026-01-01", "probationary"),
        ("2024-05-10", None, None, "2026-01-01", "probationary"),
        ("1994-05", None, MemberKind.FORMAL, "2026-01-01", "formal"),
        (None, None, MemberKind.FORMAL, "1990-01-01", "formal"),
        (None, "2025-05-10", MemberKind.FORMAL, "2025-05-10", "formal"),
        (None, None, None, "2026-01-01", None),
    ],
)
def test_the_kind_follows_its_own_dates(
    join: str | None, full: str | None, declared: MemberKind | None, on: str, kind: str | None
) -> None:
    assert value_on(kinds_by_dates(partial(join), partial(full), declared), day(on)) == kind


@pytest.mark.parametrize(
    ("post", "roles"),
    [
        ("党支部书记", {PostRole.SECRETARY}),
        ("书记", {PostRole.SECRETARY}),
        ("副书记、纪检委员", {PostRole.DEPUTY_SECRETARY, PostRole.COMMITTEE_MEMBER}),
        ("组织委员兼第一党小组组长", {PostRole.COMMITTEE_MEMBER, PostRole.GROUP_LEADER}),
        ("支部委员会委员", {PostRole.COMMITTEE_MEMBER}),
        ("第二党小组组长", {PostRole.GROUP_LEADER}),
        ("党小组副组长", set()),
        ("党委书记", set()),
        ("党总支书记兼党支部书记", {PostRole.SECRETARY}),
        ("党委委员、党支部副书记", {PostRole.DEPUTY_SECRETARY}),
        ("纪委委员", set()),
        ("团支部书记", set()),
        ("工会委员", set()),
        ("原党支部书记", set()),
        ("普通党员", set()),
        ("", set()),
    ],
)
def test_posts_say_what_somebody_is_in_the_branch(post: str, roles: set[PostRole]) -> None:
    assert set(post_roles(post)) == roles
    assert (post_role(post) in roles) if roles else post_role(post) is None


def test_several_posts_hold_at_once() -> None:
    member = a_member("张三", posts=(Span("组织委员"), a_span("第一党小组组长", "2026-01-01")))
    assert member.roles_on(day("2025-12-31")) == {PostRole.COMMITTEE_MEMBER}
    assert member.roles_on(day("2026-01-01")) == {PostRole.COMMITTEE_MEMBER, PostRole.GROUP_LEADER}


def test_waived_attendance_is_a_span_too() -> None:
    member = a_member("张三", waived=(a_span("年老体弱", "2026-01-01"),))
    assert not member.waived_on(day("2025-12-31"))
    assert member.waived_on(day("2026-01-01"))


def test_the_end_of_a_span_is_the_first_day_without_the_value() -> None:
    span = Span("甲", PartialDate(2026, 1, 1), PartialDate(2026, 2, 1))
    assert span.covers(day("2026-01-31"))
    assert not span.covers(day("2026-02-01"))


def test_one_table_says_who_is_a_member_and_who_votes() -> None:
    words = [word for status in STATUSES for word in (status.word, *status.words)]
    assert len(set(words)) == len(words)
    for status in STATUSES:
        member = a_member("张三", standings=(a_span(status.word),))
        on = day("2026-06-18")
        assert (member.belongs_on(on), member.may_vote_on(on)) == (status.member, status.votes)
    assert [status.word for status in STATUSES if status.member] == ["正常", "留党察看", "失联"]
    assert not any(status.votes and not status.member for status in STATUSES)
