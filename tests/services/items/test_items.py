"""Items from 挂号 to 销号, on a real library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.items.item import FollowUp, ItemState, Source, gaps, late
from dangjian_desktop.domain.items.listing import PARTS, ItemFilter
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from tests.services.items.items_world import FOUR, a_task, asked, stored
from tests.services.make import a_meeting, a_member
from tests.services.talks.talks_world import a_desk

DONE, REQUESTED = ItemState.CLOSED, ItemState.REQUESTED


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def refused(act, *given):
    with pytest.raises(InputError) as info:
        act(*given)
    return [issue.message for issue in info.value.issues]


def one(desk, uid):
    return desk.shared["item"].one(uid)


def test_an_item_goes_from_registered_to_closed_and_every_step_stays(desk):
    [item] = stored(desk, a_task(**FOUR))
    take = desk.items.take
    desk.items.follow([item.id], FollowUp(date(2026, 3, 1), Person("张三"), "电机到货"))
    assert one(desk, item.id).state is ItemState.DOING
    take([item.id], asked(REQUESTED, evidence="派工单"))
    take([item.id], asked(ItemState.RETURNED, "2026-03-11", note="派工单没有签字"))
    take([item.id], asked(REQUESTED, "2026-03-12"))
    take([item.id], asked(DONE, "2026-03-13"))
    take([item.id], asked(ItemState.OPEN, "2026-03-20", note="又坏了", due=date(2026, 4, 10)))
    again = one(desk, item.id)
    told = [(step.state.label, step.on.isoformat(), step.note) for step in again.history]
    assert told == [
        ("办理中", "2026-03-01", ""),
        ("待核查", "2026-03-10", ""),
        ("退回办理", "2026-03-11", "派工单没有签字"),
        ("待核查", "2026-03-12", ""),
        ("已销号", "2026-03-13", ""),
        ("已挂号", "2026-03-20", "又坏了"),
    ]
    assert (again.due, again.evidence) == (date(2026, 4, 10), "派工单")
    assert len(desk.versions.history(item.id).versions) == 7


def test_what_lacks_is_asked_for_before_it_can_be_closed(desk):
    [item] = stored(desk, a_task(responsible="张三", due="2026-03-20"))
    assert gaps(item) == ("工作标准", "考核部门")
    assert desk.items.rows([item.id])[item.id].gaps == "缺2项"
    assert refused(desk.items.take, [item.id], asked(REQUESTED)) == [
        "销号前请明确工作标准。",
        "销号前请明确考核部门。",
        "销号要有佐证材料；没有书面佐证的，请填写无书面佐证的原因。",
    ]
    assert one(desk, item.id) == item


@pytest.mark.parametrize("name", ["evidence", "no_evidence_because"])
def test_evidence_or_the_reason_why_there_is_none_is_enough(desk, name):
    [item] = stored(desk, a_task(**FOUR))
    desk.items.take([item.id], asked(REQUESTED, **{name: "当场看过"}))
    assert getattr(one(desk, item.id), name) == "当场看过"


def test_what_cannot_be_is_said_in_words_at_once(desk):
    for told, words in (
        ({"due": "2026-02-01"}, "完成时限早于提出日期（2026-02-13）"),
        ({"found_on": "2026-04-01"}, "提出日期在今天以后"),
        ({"state": "closed", **FOUR}, "销号要有佐证材料"),
        ({"kind": "duty", "state": "closed"}, "常态责任只按时报告，不销号"),
        (
            {"follow_ups": [{"on": "2026-01-01", "text": "早"}]},
            "办理情况的日期早于提出日期",
        ),
        (
            {"state": "doing", "history": [{"state": "open", "on": "2026-02-13"}]},
            "与办理过程的最后一步不一致",
        ),
    ):
        [said] = refused(desk.shared["item"].import_json, a_task(**told))
        assert words in said


def test_a_person_who_has_left_is_refused_and_who_leaves_later_is_noticed(desk):
    left = Span("转出", PartialDate.parse("2026-01-15"))
    here = Span("正常", None, PartialDate.parse("2026-01-15"))
    with desk._library.changing(Topic.MEMBERS) as work:
        work.members.save(replace(a_member("许远"), standings=(here, left)))
    [said] = refused(desk.shared["item"].import_json, a_task(responsible="许远"))
    assert "许远在2026-02-13已不是本支部党员" in said
    [item] = stored(desk, a_task(responsible="许远") | {"found_on": "2026-01-05"})
    sheet = desk.items.sheet(item.id)
    assert any("责任人许远已不是本支部党员" in notice for notice in sheet.notices)


def test_who_verifies_himself_is_noticed_until_there_is_a_reason(desk):
    told = a_task(**FOUR, verifier="张三")
    first, second = stored(desk, told, told | {"content": "二", "same_because": "不设委员会"})
    said = [desk.items.sheet(item.id).notices for item in (first, second)]
    assert ["核查人与责任人相同" in "".join(notices) for notices in said] == [True, False]


def test_who_closes_his_own_task_is_noticed_and_the_reason_stands_on_the_paper(desk):
    """张三 carries them; nobody was named to verify them."""
    first, second = stored(
        desk, *(a_task(words, **FOUR, evidence="派工单") for words in ("一", "二"))
    )
    for item in (first, second):
        desk.items.take([item.id], asked(REQUESTED))
    desk.items.take([first.id], replace(asked(DONE), by=Person("李四")))
    desk.items.take([second.id], asked(DONE))
    assert desk.items.sheet(first.id).notices == ()
    [said] = desk.items.sheet(second.id).notices
    assert "核查销号的人就是责任人" in said
    why = "核查人与责任人相同的原因"

    def paper(item):
        return [*desk.printing.document("item_closing", item.id).texts()]

    assert why not in paper(first)
    assert why in paper(second)
    desk.items.put_back([replace(one(desk, second.id), same_because="支部不设委员会")])
    assert desk.items.sheet(second.id).notices == ()
    found = paper(second)
    assert found[found.index(why) + 1].strip() == "支部不设委员会"


def test_the_reason_is_told_with_the_step(desk):
    [item] = stored(desk, a_task(**FOUR, evidence="派工单", same_because="只有他"))
    desk.items.take([item.id], asked(REQUESTED))
    desk.items.take([item.id], asked(DONE))
    assert one(desk, item.id).same_because == "只有他"
    desk.items.put_back([item])
    desk.items.take([item.id], asked(REQUESTED))
    desk.items.take([item.id], asked(DONE, same_because=" 支部不设委员会 "))
    assert one(desk, item.id).same_because == "支部不设委员会"
    assert desk.items.sheet(item.id).notices == ()


def test_a_problem_is_closed_by_its_tasks(desk):
    problem = a_task("吹干机没人修", kind="problem", id="11111111-1111-4111-8111-111111111111")
    task = a_task(**FOUR, problem=problem["id"], evidence="派工单")
    item, _task = stored(desk, problem, task)
    take = desk.items.take
    with_evidence = asked(REQUESTED, evidence="照片")
    assert refused(take, [item.id], with_evidence) == ["这个问题还有1项任务没有销号，请先办结。"]
    [work] = [i for i in desk.shared["item"].all() if i.problem]
    take([work.id], asked(REQUESTED))
    take([work.id], asked(DONE))
    assert "任务已全部销号，这个问题可以申请销号。" in desk.items.sheet(item.id).notices
    take([item.id], with_evidence)
    take([item.id], asked(DONE))
    assert one(desk, item.id).closed


def test_a_problem_without_tasks_needs_the_four_itself(desk):
    bare, whole = stored(
        desk,
        a_task("甲", kind="problem", evidence="照片"),
        a_task("乙", kind="problem", evidence="照片", **FOUR),
    )
    [said] = refused(desk.items.take, [bare.id], asked(REQUESTED))
    assert "还没有任务，也没有四个明确" in said
    desk.items.take([whole.id], asked(REQUESTED))


def test_steps_of_several_are_taken_all_or_none(desk):
    first, second = stored(desk, a_task(**FOUR, evidence="照片"), a_task("二"))
    said = refused(desk.items.take, [first.id, second.id], asked(REQUESTED))
    assert all(line.startswith("“二”：") for line in said)
    assert one(desk, first.id).state is ItemState.OPEN
    told = FollowUp(date(2026, 3, 1), None, "一并布置")
    before = desk.items.follow([first.id, second.id], told)
    assert [one(desk, item.id).follow_ups for item in before] == [(told,), (told,)]
    desk.items.put_back(before)
    assert one(desk, first.id).follow_ups == ()


def test_a_step_that_does_not_follow_is_refused(desk):
    [item] = stored(desk, a_task())
    assert refused(desk.items.take, [item.id], asked(DONE)) == ["“已挂号”的事项不能核查销号。"]
    [closed] = stored(
        desk,
        a_task("二", **FOUR, evidence="照片", state="closed")
        | {"history": [{"state": "closed", "on": "2026-03-12"}]},
    )
    reopened = asked(ItemState.OPEN)
    assert refused(desk.items.take, [closed.id], reopened) == [
        "日期早于上一步（2026-03-12）。",
        "请填写重新挂号的原因。",
    ]


def test_the_sentence_of_a_decision_becomes_a_task_once(desk):
    action = {"what": "修好更衣室吹干机", "responsible": "李四", "due": "2026-03-20"}
    told = a_meeting()
    told["agenda"] = [{"topic": "服务职工", "actions": [action, {"what": "公布名单"}]}]
    [uid] = desk.meetings.import_json([told])["ids"]
    first, second = desk.item_making.from_meeting(uid)
    assert (first.content, first.responsible.name, first.due) == (
        "修好更衣室吹干机",
        "李四",
        date(2026, 3, 20),
    )
    assert (first.source, first.source_ref[0].uid) == (Source.MEETING, uid)
    assert gaps(second) == ("完成时限", "责任主体", "工作标准", "考核部门")
    assert [first.number, second.number] == ["2026-01", "2026-02"]
    assert desk.item_making.from_meeting(uid) == ()
    desk.item_making.take_back([second])
    assert [task.content for task in desk.item_making.from_meeting(uid)] == ["公布名单"]


def test_what_an_org_life_meeting_found_becomes_a_problem_with_its_task(desk):
    row = {"problem": "党小组会漏开", "measure": "每月25日核对", "responsible": "李四"}
    told = a_meeting(kinds=["org_life_meeting"])
    rows = [row | {"due": "2026-03-31"}, {"problem": "报修没有登记"}]
    told |= {"agenda": [{"topic": "整改"}], "details": {"rectification": rows}}
    [uid] = desk.meetings.import_json([told])["ids"]
    problem, task, other = desk.item_making.from_meeting(uid)
    assert [item.kind.label for item in (problem, task, other)] == ["问题", "任务", "问题"]
    assert (task.content, task.problem[0].uid) == ("每月25日核对", problem.id)
    assert (task.responsible.member_id is not None, task.due) == (True, date(2026, 3, 31))
    assert {item.source for item in (problem, task, other)} == {Source.ORG_LIFE}
    assert desk.item_making.from_meeting(uid) == ()


def test_a_task_may_belong_to_problems_alone(desk):
    stored(desk, a_task("吹干机没人修", kind="problem"), a_task("修好"))
    [target] = desk.links.targets(desk.shared["item"].record)["problem"]
    assert "吹干机没人修" in target["title"]


def test_a_task_of_a_binned_meeting_is_told_so(desk):
    [uid] = desk.meetings.import_json([a_meeting()])["ids"]
    desk.meetings.delete(uid)
    ref = {"subject": "meeting", "id": uid}
    [said] = refused(desk.shared["item"].import_json, a_task(source_ref=ref))
    assert "来源记录在回收站中，请先到“设置→回收站”恢复" in said


def test_two_items_do_not_share_a_number(desk):
    stored(desk, a_task(number="2026-01"))
    [said] = refused(desk.shared["item"].import_json, a_task("二", number="2026-01"))
    assert "登记号2026-01已用于“修好更衣室吹干机”" in said
    assert desk.items.next_number(2026) == "2026-02"


def test_the_list_narrows_by_state_person_source_and_words(desk):
    stored(
        desk,
        a_task("逾期的", **FOUR | {"due": "2026-03-20"}),
        a_task("本周的", **FOUR | {"due": "2026-04-02", "responsible": "李四"}),
        a_task("缺的", source="superior"),
        a_task("完了的", **FOUR, evidence="照片", state="closed"),
        a_task("待查的", **FOUR | {"due": "2026-03-19"}, evidence="照片", state="close_requested"),
    )

    def shown(text="", **wanted):
        rows = desk.items.listed(ItemFilter(**wanted), text)
        return [row.item.content for row in rows.values()]

    assert {part: shown(part=part) for part in PARTS} == {
        "going": ["待查的", "逾期的", "本周的", "缺的"],
        "late": ["待查的", "逾期的"],
        "week": ["本周的"],
        "requested": ["待查的"],
        "unreported": [],
        "gaps": ["缺的"],
        "closed": ["完了的"],
    }
    assert shown(person="李四") == ["本周的"]
    assert shown(part="going", due="late") == ["待查的", "逾期的"]
    assert shown(state=ItemState.OPEN, due="late") == ["逾期的"]
    assert shown(source=Source.SUPERIOR) == ["缺的"]
    assert shown("逾期") == ["逾期的"]
    assert desk.items.people() == ("张三", "李四")


def test_what_was_handed_in_waits_for_somebody_else(desk):
    told = a_task(**FOUR, evidence="照片", state="close_requested")
    [item] = stored(desk, told | {"history": [{"state": "close_requested", "on": "2026-03-22"}]})
    assert late(item, date(2026, 3, 31)) == 2
    assert [due for due in desk.due.items() if due.code == "item"] == []


def test_what_is_due_stands_among_the_things_to_do(desk):
    [item] = stored(desk, a_task(**FOUR))
    [due] = [due for due in desk.due.items() if due.code == "item"]
    assert (due.record, due.words) == (item.id, "修好更衣室吹干机：应办结，已逾期11天")
