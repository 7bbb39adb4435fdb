from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.field_values import value_problem
from dangjian_desktop.domain.fields import FieldType
from dangjian_desktop.domain.meetings.kinds import BUILT_IN, Expected, Kinds, MeetingKind, own_kind

CONTRACT = (
    "general_meeting",
    "committee_meeting",
    "group_meeting",
    "party_lecture",
    "theme_day",
    "org_life_meeting",
    "democratic_appraisal",
    "election",
)


def test_the_registry_holds_the_kinds_of_the_contract() -> None:
    assert tuple(kind.code for kind in BUILT_IN) == CONTRACT


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.code)
def test_every_kind_says_what_people_read(kind: MeetingKind) -> None:
    assert kind.title
    assert kind.short
    assert kind.expected.label
    assert len({field.name for field in kind.fields}) == len(kind.fields)
    assert all(field.label for field in kind.fields)


def test_only_those_who_vote_decide() -> None:
    assert {kind.code for kind in BUILT_IN if kind.decides} == {"general_meeting", "election"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("general_meeting", Expected.ALL_MEMBERS),
        ("committee_meeting", Expected.COMMITTEE),
        ("group_meeting", Expected.GROUP),
        ("election", Expected.VOTERS),
        ("theme_day", Expected.ALL_MEMBERS),
    ],
)
def test_each_kind_calls_its_own(code: str, expected: Expected) -> None:
    assert Kinds()[code].expected is expected


def test_kinds_come_in_the_order_of_the_registry_and_unknown_ones_not_at_all() -> None:
    codes = [kind.code for kind in Kinds().of(["theme_day", "general_meeting", "none"])]
    assert codes == ["general_meeting", "theme_day"]


def test_a_field_of_two_kinds_is_asked_once() -> None:
    fields = Kinds().fields_of(["general_meeting", "election"])
    names = [field.name for field in fields]
    assert len(names) == len(set(names))
    assert {"scrutineers", "tellers", "seats"} <= set(names)


def test_no_two_kinds_ask_different_things_under_one_name() -> None:
    known: dict[str, FieldType] = {}
    for kind in BUILT_IN:
        for field in kind.fields:
            assert known.setdefault(field.name, field.type) is field.type


def test_a_branch_may_define_its_own_kind() -> None:
    own = own_kind("reading_club", "读书会", Expected.ALL_MEMBERS)
    kinds = Kinds([own])
    assert "reading_club" in kinds
    assert (own.own, own.decides, own.name_on(date(2026, 5, 1))) == (True, False, "2026年5月读书会")
    assert [kind.code for kind in kinds][-1] == "reading_club"


def test_the_details_of_the_contract_fit() -> None:
    fields = {field.name: field for field in Kinds()["party_lecture"].fields}
    assert value_problem(fields["lecturer"], "张三") is None
    assert value_problem(fields["hours"], 2) is None
    assert value_problem(fields["hours"], "两小时") is not None
