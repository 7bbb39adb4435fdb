"""The sample branch and its members are consistent in themselves."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from tests.demo.year import BRANCH, MEMBERS, ROSTER, WEIGHTS, a_year_later, on_roll, voters


def test_the_roster_names_36_persons_each_once():
    assert len(ROSTER) == 36
    for field in ("name", "id_number", "phone"):
        assert len({member[field] for member in ROSTER}) == 36


def test_every_member_has_the_same_fields_and_no_id_yet():
    needed = {
        "id", "name", "sex", "ethnicity", "id_number", "birth_date", "education", "join_date",
        "join_approved", "full_date", "full_approved", "member_kind", "status", "party_post",
        "group", "work_post", "phone", "note",
    }  # fmt: skip
    for member in ROSTER:
        assert needed <= set(member) <= needed | {"member_since", "member_until"}
        assert member["id"] is None
        assert member["status"] == "正常"


@pytest.mark.parametrize("member", ROSTER, ids=list(MEMBERS))
def test_the_id_number_fits_the_person(member):
    number = member["id_number"]
    assert re.fullmatch(r"\d{17}[\dX]", number)
    total = sum(int(sign) * weight for sign, weight in zip(number[:17], WEIGHTS, strict=True))
    assert number[17] == "10X98765432"[total % 11]
    assert number[6:14] == member["birth_date"].replace("-", "")
    assert ("男" if int(number[16]) % 2 else "女") == member["sex"]
    assert re.fullmatch(r"1540000\d{4}", member["phone"])


@pytest.mark.parametrize("member", ROSTER, ids=list(MEMBERS))
def test_the_dates_of_a_member_follow_each_other(member):
    born, joined = (date.fromisoformat(member[key]) for key in ("birth_date", "join_date"))
    approved = date.fromisoformat(member["join_approved"])
    assert born.replace(year=born.year + 18) <= joined < approved <= joined + timedelta(days=92)
    if member["full_date"] is None:
        assert member["member_kind"] == "probationary"
        assert member["full_approved"] is None
    else:
        assert member["member_kind"] == "formal"
        full = date.fromisoformat(member["full_date"])
        assert full == a_year_later(joined)
        assert full < date.fromisoformat(member["full_approved"]) <= full + timedelta(days=92)


def test_three_groups_with_a_leader_each_and_a_committee_of_five():
    assert len({member["group"] for member in ROSTER}) == 3
    posts = Counter(member["party_post"] for member in ROSTER if member["party_post"])
    assert posts == Counter(
        ("党支部书记", "党支部副书记", "组织委员", "宣传委员", "纪检委员",
         "第一党小组组长", "第二党小组组长", "第三党小组组长")
    )  # fmt: skip
    for member in ROSTER:
        if "组长" in (member["party_post"] or ""):
            assert member["party_post"].removesuffix("组长") == member["group"]


def test_the_year_begins_with_34_members_and_ends_with_36():
    assert (len(on_roll("2025-01-01")), len(voters("2025-01-01"))) == (34, 33)
    assert (len(on_roll("2025-12-31")), len(voters("2025-12-31"))) == (36, 34)


def test_rare_characters_are_among_the_names():
    assert set("堃喆犇珺玥昇䶮𬭎𫖯") <= set("".join(MEMBERS))


def test_the_branch_says_that_it_is_a_sample():
    assert set(BRANCH) == {
        "name", "short_name", "superior", "founded", "term_start", "fixed_theme_day", "note",
    }  # fmt: skip
    assert "示例" in BRANCH["note"]
    assert "虚构" in BRANCH["note"]
