"""What a user does with single members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span, changed_from
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.members.roster import RosterService
from tests.services.make import a_library, a_meeting, a_member, clock


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    yield library
    library.close()


@pytest.fixture
def roster(library):
    return RosterService(library, clock)


def one(roster, name):
    [uid] = roster.find(name)
    return roster.get([uid])[uid]


def test_members_are_found_by_name_pinyin_and_initials(roster):
    for typed in ("张三", "张", "zs", "ZHANGSAN", "zhang"):
        assert [m.name for m in roster.get(roster.find(typed)).values()] == ["张三"]


def test_the_list_of_a_day_shows_what_held_on_that_day(roster):
    member = one(roster, "李四")
    moved = replace(member, groups=changed_from(member.groups, "第二党小组", date(2026, 2, 1)))
    roster.save(moved)
    groups = {
        day: next(m["group"] for m in roster.listed(day) if m["name"] == "李四")
        for day in (date(2026, 1, 31), date(2026, 2, 1))
    }
    assert groups == {date(2026, 1, 31): "第一党小组", date(2026, 2, 1): "第二党小组"}


def test_a_probationary_member_is_none_before_admission(roster):
    assert "钱七" not in {m["name"] for m in roster.listed(date(2026, 1, 7))}
    assert "钱七" in {m["name"] for m in roster.listed(date(2026, 1, 8))}


def test_problems_are_told_by_field_and_never_with_the_number(roster):
    wrong = a_member("", id_number="110101198001010011", join_date=PartialDate(2030))
    with pytest.raises(InputError) as caught:
        roster.save(wrong)
    assert set(caught.value.fields) >= {"name", "id_number", "join_date"}
    assert not any("1101" in issue.message for issue in caught.value.issues)


def test_the_same_id_number_twice_is_refused(roster):
    roster.save(replace(one(roster, "张三"), id_number="110101198001010010"))
    with pytest.raises(InputError) as caught:
        roster.save(replace(one(roster, "李四"), id_number="110101198001010010"))
    assert "与张三的相同" in caught.value.fields["id_number"]


def test_a_member_named_in_minutes_cannot_be_deleted(roster, library):
    MeetingService(library, clock).import_json(a_meeting())
    with pytest.raises(InputError, match="已登记在1次会议中"):
        roster.delete(one(roster, "张三").id)


def test_a_member_entered_by_mistake_goes_to_the_bin_and_comes_back(roster):
    mistaken = roster.save(a_member("误录人"))
    roster.delete(mistaken.id, "误录")
    assert roster.find("误录人") == []
    roster.bring_back(mistaken.id)
    assert roster.find("误录人") == [mistaken.id]


def test_who_has_left_is_found_among_the_former(roster):
    left = (Span("正常", None, PartialDate(2026, 3, 1)), Span("转出", PartialDate(2026, 3, 1)))
    member = roster.save(a_member("卫某", standings=left))
    assert roster.find("卫某") == []
    assert roster.find("卫某", present=False) == [member.id]
