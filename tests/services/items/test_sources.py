"""Items lead back to what they were made from, and are made from it once."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from dangjian_desktop.domain.items.item import Source
from dangjian_desktop.domain.ledgers.reading import read_ledger
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.services.library.copying import problems_of
from dangjian_desktop.ui.meetings.context import context_of, read_state
from tests.domain.ledgers.making import own
from tests.services.items.items_world import a_task
from tests.services.make import a_meeting
from tests.services.talks.talks_world import a_desk

VISIT = {"day": "2026-03-02", "visitors": "矿党委组织部", "kind": "regular", "seen": "查阅台账"}
FOUND = "党小组会记录缺签字"
FIELD = "problems"


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def visit(desk, **more):
    """A visit of the superior, which found something."""
    row = desk.ledgers.read("superior_visits", VISIT | {"problems": FOUND} | more)
    return desk.ledgers.save(row).id


def reworded(desk, uid, said, other):
    """The minutes with another sentence, as the form of the window saves them."""
    text = json.dumps(desk.meetings.as_json(desk.meetings.one(uid)), ensure_ascii=False)
    assert said in text
    desk.meetings.import_json(json.loads(text.replace(said, other)))


def decided(desk, *sentences, **more):
    """A meeting that decided this."""
    told = a_meeting()
    told["agenda"] = [{"topic": "服务职工", "actions": [{"what": each} for each in sentences]}]
    [uid] = desk.meetings.import_json([told | more])["ids"]
    return uid


def contents(desk):
    return sorted(item.content for item in desk.shared["item"].all())


def test_a_finding_of_a_row_becomes_a_problem_once(desk):
    uid = visit(desk)
    item, new = desk.item_making.from_row("superior_visits", uid, "problems")
    assert (item.content, item.source, str(item.found_on)) == (
        FOUND,
        Source.INSPECTION,
        "2026-03-02",
    )
    [link] = item.source_ref
    assert (link.subject, link.uid, link.item) == ("ledger:superior_visits", uid, "problems")
    again, other = desk.item_making.from_row("superior_visits", uid, "problems")
    assert (new, other, again.id) == (True, False, item.id)
    [led] = desk.item_making.of_row("superior_visits", uid)
    assert (led.label, [each.id for each in led.items]) == ("发现的问题", [item.id])
    titles = desk.link_titles(item.source_ref)
    assert titles[link] == "2026-03-02 矿党委组织部定期督查　发现的问题"
    desk.item_making.take_back([item])
    assert desk.item_making.from_row("superior_visits", uid, "problems")[1]


def test_it_is_declared_and_so_serves_the_branchs_own_ledger(desk):
    makes = 'type = "long_text", makes = { record = "item", into = "content", source = "talk" }'
    ledger = desk.ledger_styles.define(read_ledger(own('type = "long_text"', makes))).ledger
    month = {"month": "2026-03", "who": ["张三"], "told": "夜班不系安全带"}
    uid = desk.ledgers.save(desk.ledgers.read(ledger.code, month)).id
    item, _new = desk.item_making.from_row(ledger.code, uid, "told")
    assert (item.content, item.source, str(item.found_on)) == (
        "夜班不系安全带",
        Source.TALK,
        "2026-03-01",
    )


@pytest.mark.parametrize(
    ("field", "more", "said"),
    [
        ("seen", {}, "“上级检查与联系指导”的这一项不能转为问题。"),
        ("problems", {"problems": None}, "“发现的问题”没有填写，不能转为问题。"),
    ],
)
def test_what_says_nothing_becomes_none(desk, field, more, said):
    uid = visit(desk, **more)
    with pytest.raises(InputError) as refused:
        desk.item_making.from_row("superior_visits", uid, field)
    assert refused.value.message == said
    assert contents(desk) == []


def test_an_import_names_a_row_and_the_library_stays_sound(desk):
    uid = visit(desk)
    ref = {"subject": "ledger:superior_visits", "id": uid}
    [made] = desk.shared["item"].import_json([a_task(kind="problem", source_ref=ref)])["ids"]
    [led] = desk.item_making.of_row("superior_visits", uid)
    assert [each.id for each in led.items] == [made]
    told = desk.shared["item"].as_json([desk.shared["item"].one(made)])[0]
    assert told["source_ref"] == ref
    assert problems_of(desk.path) == ()
    for wrong, words in (
        ({**ref, "subject": "ledger:none"}, "不存在"),
        ({**ref, "item": "none"}, "中没有编号为 none 的部分"),
        ({**ref, "subject": "member"}, "无法识别"),
    ):
        with pytest.raises(InputError) as refused:
            desk.shared["item"].import_json([a_task("二", source_ref=wrong)])
        assert words in refused.value.issues[0].message


def test_a_reworded_finding_is_said_and_taken_over(desk):
    uid = visit(desk)
    item, _new = desk.item_making.from_row("superior_visits", uid, "problems")
    row = desk.ledgers.of("superior_visits").one(uid)
    desk.ledgers.save(replace(row, values={**row.values, "problems": "两次党小组会缺签字"}))
    assert not desk.item_making.from_row("superior_visits", uid, "problems")[1]
    sheet = desk.items.sheet(item.id)
    assert sheet.reworded
    assert any("已改为“两次党小组会缺签字”" in notice for notice in sheet.notices)


def test_a_reworded_decision_is_none_of_its_own(desk):
    uid = decided(desk, "修好更衣室吹干机", "公布名单")
    first, _second = desk.item_making.from_meeting(uid)
    reworded(desk, uid, "修好更衣室吹干机", "三月底前修好吹干机")
    assert desk.item_making.from_meeting(uid) == ()
    sheet = desk.items.sheet(first.id)
    assert sheet.reworded
    assert any("已改为“三月底前修好吹干机”" in notice for notice in sheet.notices)
    before = desk.items.take_over(first.id)
    assert before.content == "修好更衣室吹干机"
    assert contents(desk) == ["三月底前修好吹干机", "公布名单"]
    assert not desk.items.sheet(first.id).reworded
    assert desk.items.take_over(first.id) is None


def test_a_decision_that_was_moved_in_the_form_stays_the_same_one(desk):
    uid = decided(desk, "甲", "乙")
    desk.item_making.from_meeting(uid)
    context = context_of(desk, uid)
    actions = context.state["agenda"][0]["actions"]
    actions.insert(0, {"id": new_id(), "what": "丙"})
    actions[1]["what"] = "甲一"
    desk.meetings.save(read_state(context.state, context).meeting)
    made = desk.item_making.from_meeting(uid)
    assert [task.content for task in made] == ["丙"]
    # Who writes what he read keeps them apart as well.
    told = desk.meetings.as_json(desk.meetings.one(uid))
    told["agenda"][0]["actions"].reverse()
    told["agenda"][0]["actions"][0]["what"] = "乙一"
    desk.meetings.import_json(told)
    assert desk.item_making.from_meeting(uid) == ()


def test_a_decision_that_was_taken_out_is_said(desk):
    uid = decided(desk, "甲", "乙")
    first, _second = desk.item_making.from_meeting(uid)
    told = desk.meetings.as_json(desk.meetings.one(uid))
    del told["agenda"][0]["actions"][0]
    # Without ids, as a program may write it: the words tell which one is left.
    told["agenda"][0]["actions"][0].pop("id", None)
    desk.meetings.import_json(told)
    assert desk.item_making.from_meeting(uid) == ()
    assert "来源记录中已没有这一项（可能删去了），请核对。" in desk.items.sheet(first.id).notices


def test_a_reworded_row_of_an_org_life_meeting_is_none_of_its_own(desk):
    row = {"problem": "党小组会漏开", "measure": "每月25日核对", "responsible": "李四"}
    told = a_meeting(kinds=["org_life_meeting"]) | {"details": {"rectification": [row]}}
    [uid] = desk.meetings.import_json([told | {"agenda": [{"topic": "整改"}]}])["ids"]
    problem, task = desk.item_making.from_meeting(uid)
    reworded(desk, uid, "每月25日核对", "每月20日核对")
    reworded(desk, uid, "党小组会漏开", "第二党小组会漏开")
    assert desk.item_making.from_meeting(uid) == ()
    said = {item.id: desk.items.take_over(item.id).content for item in (problem, task)}
    assert said == {problem.id: "党小组会漏开", task.id: "每月25日核对"}
    assert contents(desk) == ["每月20日核对", "第二党小组会漏开"]
    desk.item_making.take_back([task])
    [again] = desk.item_making.from_meeting(uid)
    assert again.problem[0].uid == problem.id


def test_the_category_is_the_priority_that_the_item_of_the_agenda_belongs_to(desk):
    uid = decided(desk, "甲")
    [item] = desk.meetings.one(uid).agenda
    told = [{"name": "安全", "agenda": [{"id": uid, "item": item.id}]}, {"name": "产量"}]
    desk.shared["priority"].import_json(told)
    [task] = desk.item_making.from_meeting(uid)
    assert task.category == "安全"
    [served] = [each for each in desk.shared["priority"].all() if each.name == "安全"]
    assert task.priority == (served.link,)
    other = decided(desk, "乙", date="2026-03-19")
    assert [task.category for task in desk.item_making.from_meeting(other)] == [""]


def test_history_of_what_was_stored_before_there_were_ids_is_still_read(desk):
    uid = decided(desk, "甲")
    stored = desk.meetings.one(uid)
    assert stored.agenda[0].actions[0].id == ""
    with desk._library.changing(Topic.MEETINGS) as work:
        work.meetings.save(replace(stored, place="会议室"))
        assert '"id":""' not in work.meetings.content_of(uid, 1)
    assert problems_of(desk.path) == ()


def test_a_problem_is_due_by_the_day_of_its_row_and_its_task_begins_with_it(desk):
    uid = visit(desk, due="2026-03-20")
    item, _new = desk.item_making.from_row("superior_visits", uid, "problems")
    assert str(item.due) == "2026-03-20"
    assert desk.item_beginnings.begun(f"task/{item.id}")["due"] == "2026-03-20"
    none, _new = desk.item_making.from_row("superior_visits", visit(desk, day="2026-03-03"), FIELD)
    assert none.due is None
    assert desk.item_beginnings.begun(f"task/{none.id}")["due"] is None


def test_what_the_branch_found_itself_is_no_inspection(desk):
    row = {"day": "2026-03-02", "kind": "risks", "content": "排查", "seen": "三个环节"}
    told = desk.ledgers.read("conduct", row | {"risks": "领料和验收同一人签字"})
    item, _new = desk.item_making.from_row("conduct", desk.ledgers.save(told).id, "risks")
    assert item.source is Source.SELF_CHECK


def test_the_day_of_what_is_made_is_a_day_of_the_ledger(desk):
    makes = 'makes = { record = "item", into = "content", due = "told" }'
    text = own('type = "long_text"', f'type = "long_text", {makes}')
    with pytest.raises(InputError) as refused:
        desk.ledger_styles.define(read_ledger(text))
    assert "完成时限" in "".join(each.message for each in refused.value.issues)
    assert "应为日期字段" in "".join(each.message for each in refused.value.issues)
