"""Meetings in the JSON of the contract: read, checked, stored, written again."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.meetings.meetings import MeetingService
from tests.services.make import a_library, a_meeting, a_member, clock


@pytest.fixture
def library(tmp_path):
    library = a_library(tmp_path)
    yield library
    library.close()


@pytest.fixture
def service(library):
    return MeetingService(library, clock)


def refused(service, data) -> str:
    with pytest.raises(InputError) as caught:
        service.import_json(data)
    assert service.find(MeetingFilter()) == []
    return "\n".join(issue.message for issue in caught.value.issues)


def test_a_meeting_comes_back_as_it_was_brought(service):
    [uid] = service.import_json(a_meeting())["ids"]
    [listed] = service.listed(MeetingFilter())
    wanted = a_meeting(id=uid)
    item, brought = listed["agenda"][0], wanted["agenda"][0]
    assert {name: item[name] for name in brought} == brought
    del listed["agenda"], wanted["agenda"]
    assert listed == wanted


def test_importing_the_same_again_changes_nothing(service):
    [uid] = service.import_json(a_meeting())["ids"]
    assert service.import_json([a_meeting()]) == {"ids": [], "unchanged": [uid], "warnings": []}


def test_importing_it_changed_is_refused_unless_it_brings_its_id(service):
    [uid] = service.import_json(a_meeting())["ids"]
    changed = a_meeting(closing="另一种小结。")
    with pytest.raises(InputError, match="没有导入"):
        service.import_json(changed)
    assert service.import_json(changed | {"id": uid})["ids"] == [uid]
    assert service.one(uid).closing == "另一种小结。"
    assert len(service.find(MeetingFilter())) == 1


def test_one_wrong_meeting_keeps_all_out_and_every_problem_is_named(service):
    first = a_meeting()
    second = a_meeting(date="2026-03-19", kinds=["general", "general_meeting"], end="14:00")
    second["details"] = {"wrong": 1}
    second["attendance"]["absent"] = ["无名氏"]
    words = refused(service, [first, second])
    for part in ("第2个会议", "“general”", "“wrong”", "“无名氏”"):
        assert part in words


def test_an_end_before_its_start_is_refused(service):
    assert "结束时间14:00早于开始时间14:30" in refused(service, a_meeting(end="14:00"))


def test_a_held_meeting_in_the_future_is_refused_but_a_planned_one_may_lie_ahead(service):
    assert "在将来" in refused(service, a_meeting(date="2026-04-01"))
    planned = a_meeting(date="2026-04-20", attendance=None, stated=None, closing=None)
    planned["agenda"] = [{"topic": "讨论年度计划"}]
    assert len(service.import_json(planned)["ids"]) == 1


def test_who_stands_in_two_lists_is_refused(service):
    data = a_meeting()
    data["attendance"]["absent"] = ["冯二", "张三"]
    assert "张三同时登记为“到会”和“缺席”" in refused(service, data)


def test_more_yes_than_ballots_returned_is_refused(service):
    data = a_meeting()
    data["agenda"][0]["vote"]["yes"] = 9
    assert "多于收回的7张" in refused(service, data)


def test_a_misspelt_name_of_the_contract_is_refused(service):
    assert "titel" in refused(service, a_meeting(titel="x"))


def test_a_name_on_the_roster_of_another_day_only_is_refused(service, library):
    with library.changing(Topic.MEMBERS) as work:
        left = (Span("正常", None, _day(2026, 3, 1)), Span("转出", _day(2026, 3, 1)))
        work.members.save(a_member("卫某", standings=left))
    data = a_meeting()
    data["attendance"]["present"].append("卫某")
    assert "“卫某”不是2026-03-18当日的在册党员" in refused(service, data)


def test_namesakes_are_told_apart_by_the_tail_of_the_id_number(service, library):
    with library.changing(Topic.MEMBERS) as work:
        first = a_member("张伟", id_number="110101198001010010")
        second = a_member("张伟", id_number="650101197602291023")
        work.members.save(first)
        work.members.save(second)
    data = a_meeting()
    data["attendance"]["present"].append("张伟")
    assert "有2名党员叫“张伟”" in refused(service, data)
    data["attendance"]["present"][-1] = {"name": "张伟", "id_number_tail": "0010"}
    data["attendance"]["absent"].append({"name": "张伟", "id_number_tail": "1023"})
    [uid] = service.import_json(data)["ids"]
    assert first.id in service.one(uid).present_ids()
    assert second.id not in service.one(uid).present_ids()
    assert service.import_json(service.listed(MeetingFilter()))["unchanged"] == [uid]


def test_namesakes_who_change_places_are_another_meeting(service, library):
    first = a_member("张伟", id_number="110101198001010010")
    second = a_member("张伟", id_number="650101197602291023")
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(first)
        work.members.save(second)
    one, other = ({"name": "张伟", "id_number_tail": tail} for tail in ("0010", "1023"))
    data = a_meeting(host=one)
    data["attendance"]["present"].append(one)
    [uid] = service.import_json(data)["ids"]
    [listed] = service.listed(MeetingFilter())
    assert listed["attendance"]["present"][-1] == listed["host"] == one
    assert service.import_json(listed)["unchanged"] == [uid]
    with pytest.raises(InputError, match="1处问题"):
        service.import_json(data | {"host": other})
    data["attendance"]["present"][-1] = other
    with pytest.raises(InputError, match="1处问题"):
        service.import_json(data)
    assert service.import_json(data | {"id": uid})["ids"] == [uid]
    assert second.id in service.one(uid).present_ids()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"date": "2026-W11-3"}, "应为日期"),
        ({"date": "0001-01-01", "attendance": None}, "离今天太远"),
        ({"date": "9999-12-31", "attendance": None}, "离今天太远"),
        ({"start": "T1430"}, "应为时间"),
        ({"for_year": 0}, "for_year 应为四位数的年份"),
        ({"for_year": 2032}, "相差太远"),
        ({"number": 0}, "第×次应从 1 起"),
        ({"stated": {"eligible": 10**20}}, "应为 0 至 999999 的整数"),
    ],
)
def test_what_no_paper_can_say_is_refused(service, changes, words):
    assert words in refused(service, a_meeting(**changes))


def test_free_names_stand_where_no_member_is_needed(service):
    [uid] = service.import_json(a_meeting(host="上级某书记"))["ids"]
    host = service.one(uid).host
    assert (host.name, host.member_id) == ("上级某书记", None)


def test_markup_and_control_characters_are_kept_or_cleaned_as_text(service):
    data = a_meeting(title="<b>{{ x }}</b> & %s\x00堃𬭎")
    [uid] = service.import_json(data)["ids"]
    assert service.one(uid).title == "<b>{{ x }}</b> & %s堃𬭎"


def test_what_is_no_meeting_at_all_gets_a_sentence(service):
    assert "应为一个对象" in refused(service, [3])


def test_a_deleted_meeting_is_gone_and_comes_back(service):
    [uid] = service.import_json(a_meeting())["ids"]
    service.delete(uid)
    assert service.find(MeetingFilter()) == []
    service.bring_back(uid)
    assert service.find(MeetingFilter()) == [uid]


def test_saving_twice_makes_one_record(service):
    [uid] = service.import_json(a_meeting())["ids"]
    meeting = service.one(uid)
    assert service.save(meeting) == service.save(meeting)
    assert service.find(MeetingFilter(first=date(2026, 1, 1))) == [uid]


def _day(*parts):
    from dangjian_desktop.domain.dates import PartialDate

    return PartialDate(*parts)


def test_two_items_of_one_id_are_refused(service):
    item = a_meeting()["agenda"][0]
    uid = "0b9f8a52-5d0e-4a57-9d55-0f2f3a4f6f11"
    twice = a_meeting(agenda=[item | {"id": uid}, item | {"id": uid, "topic": "另一项"}])
    assert "与前面另一项的编号相同" in refused(service, twice)
