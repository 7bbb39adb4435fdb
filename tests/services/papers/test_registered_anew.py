"""What was closed and registered anew, or went back: each paper tells of the day it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dangjian_desktop.documents.model import Table
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.as_of import item_on
from dangjian_desktop.domain.items.item import FollowUp, ItemState
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from tests.services.items.items_world import (
    FOUR,
    a_task,
    asked,
    begun_anew,
    closed_task,
    stored,
)
from tests.services.make import a_meeting
from tests.services.talks.talks_world import a_desk

THEN = date(2026, 3, 1)
DAYS = [date(2026, *day) for day in ((2, 20), (3, 2), (3, 7), (3, 21))]
MARCH = Period(2026, 3, 1)
WAS, IS = "2026年2月28日", "2026年4月10日"


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def closed(desk):
    return closed_task(desk)


@pytest.fixture
def again(desk, closed):
    """Closed on 03-02, registered anew on 03-20 with a later day."""
    desk.items.take([closed], begun_anew())
    return closed


def due(chinese):
    year, month, day = chinese.replace("年", " ").replace("月", " ").rstrip("日").split()
    return date(int(year), int(month), int(day))


def fields(desk, code, uid="", **wanted):
    """The texts of the fields of its tables, one after the other, empty ones too."""
    paper = desk.printing.document(code, uid, Wanted(**wanted))
    rows = (row for block in paper.blocks if isinstance(block, Table) for row in block.rows)
    found = (field for row in rows for field in row.cells)
    return ["\n".join(getattr(p, "text", "") for p in field.paragraphs) for field in found]


def after(texts, head):
    heads = [text.replace("　", "") for text in texts]
    return texts[heads.index(head) + 1]


def counted(desk, day):
    paper = desk.printing.document("item_ledger", wanted=Wanted(period=MARCH, day=day))
    return "".join(paper.texts())


def as_recorded_before(desk, uid):
    """The item as a version stored it that kept no former day."""
    item = desk.shared["item"].one(uid)
    steps = tuple(replace(step, was_due=None) for step in item.history)
    with desk._library.changing(Topic.RECORDS) as work:
        work.of("item").save(replace(item, history=steps))


@pytest.mark.parametrize("code", ["item_supervision", "item_closing", "item_assignment"])
def test_a_form_as_of_a_day_tells_the_day_that_held_then(desk, again, code):
    assert after(fields(desk, code, again, day=THEN), "完成时限") == WAS
    assert after(fields(desk, code, again), "完成时限") == IS


def test_it_was_late_by_the_day_that_held_then(desk):
    told = {**FOUR, "due": "2026-02-28", "evidence": "派工单"}
    [item] = stored(desk, a_task(**told))
    desk.items.take([item.id], asked(ItemState.REQUESTED, "2026-03-05"))
    desk.items.take([item.id], asked(ItemState.CLOSED, "2026-03-06"))
    assert after(fields(desk, "item_supervision", item.id), "逾期") == ""
    desk.items.take([item.id], asked(ItemState.OPEN, "2026-03-20", note="又坏了", due=due(IS)))
    late = [after(fields(desk, "item_supervision", item.id, day=day), "逾期") for day in DAYS]
    assert late == ["未逾期", "2天", "", "未逾期"]
    assert "已销号0项，逾期1项" in counted(desk, date(2026, 3, 2))


@pytest.mark.parametrize("code", ["item_three", "item_tasks", "item_ledger", "item_schedule"])
def test_a_list_of_an_earlier_month_tells_the_day_that_held_then(desk, again, code):
    told = "|".join(fields(desk, code, period=Period(2026, 2, 1)))
    assert ("2026-02-28" in told, "2026-04-10" in told) == (True, False)


def test_how_much_of_its_time_had_gone_goes_by_that_day(desk, again):
    assert "40.4%" in fields(desk, "item_schedule", period=Period(2026, 1, 1))


def test_a_day_that_stayed_is_known_to_have_stayed(desk):
    [item] = stored(desk, a_task(**FOUR | {"due": "2026-04-10"}, evidence="派工单"))
    for state in (ItemState.REQUESTED, ItemState.CLOSED):
        desk.items.take([item.id], asked(state, "2026-03-02"))
    desk.items.take([item.id], asked(ItemState.OPEN, "2026-03-20", note="又坏了"))
    assert after(fields(desk, "item_supervision", item.id, day=THEN), "完成时限") == IS


def test_what_nobody_kept_is_left_out_and_not_taken_for_the_new_day(desk, again):
    as_recorded_before(desk, again)
    then = fields(desk, "item_supervision", again, day=THEN)
    assert (after(then, "完成时限"), after(then, "逾期")) == ("", "")
    assert after(fields(desk, "item_supervision", again), "完成时限") == IS
    assert "2026-04-10" not in fields(desk, "item_schedule", period=Period(2026, 2, 1))


def test_a_day_before_it_was_registered_anew_was_there_before(desk, closed):
    desk.items.take([closed], asked(ItemState.OPEN, "2026-03-20", note="又坏了"))
    as_recorded_before(desk, closed)
    assert after(fields(desk, "item_supervision", closed, day=THEN), "完成时限") == WAS


def test_each_of_several_rounds_keeps_its_day(desk, again):
    desk.items.take([again], asked(ItemState.REQUESTED, "2026-03-22"))
    desk.items.take([again], asked(ItemState.CLOSED, "2026-03-23"))
    last = asked(ItemState.OPEN, "2026-03-30", note="还是坏", due=date(2026, 5, 20))
    desk.items.take([again], last)
    item = desk.shared["item"].one(again)
    days = [item_on(item, date(2026, 3, day)).due for day in (1, 19, 20, 29, 30)]
    assert days == [due(WAS), due(WAS), due(IS), due(IS), date(2026, 5, 20)]


def test_the_former_end_fills_no_field_of_the_new_one(desk, again):
    heads = ("申请日期", "申请人", "销号日期", "办理状态")
    paper = fields(desk, "item_closing", again)
    assert [after(paper, head) for head in heads] == ["", "", "", "已挂号"]
    assert "2026-03-02 张三：核查销号\n2026-03-20 张三：重新挂号，又坏了" in paper
    then = fields(desk, "item_closing", again, day=date(2026, 3, 5))
    assert [after(then, head) for head in heads] == [
        "2026年2月26日",
        "张三",
        "2026年3月2日",
        "已销号",
    ]


def test_what_was_returned_is_not_asked_for_any_more(desk, again):
    desk.items.take([again], asked(ItemState.REQUESTED, "2026-03-22"))
    assert after(fields(desk, "item_closing", again), "申请日期") == "2026年3月22日"
    desk.items.take([again], asked(ItemState.RETURNED, "2026-03-24", note="照片看不清"))
    paper = fields(desk, "item_closing", again)
    assert [after(paper, head) for head in ("申请日期", "办理状态")] == ["", "退回办理"]


def test_why_it_went_back_stands_where_it_is_pressed_for(desk, again):
    desk.items.follow([again], FollowUp(date(2026, 3, 21), Person("张三"), "已报修"))
    desk.items.take([again], asked(ItemState.REQUESTED, "2026-03-22"))
    desk.items.take([again], asked(ItemState.RETURNED, "2026-03-24", note="照片看不清"))
    told = [
        "2026-03-02 张三：核查销号",
        "2026-03-20 张三：重新挂号，又坏了",
        "2026-03-21 张三：已报修",
        "2026-03-24 张三：退回办理，照片看不清",
    ]
    assert after(fields(desk, "item_supervision", again), "办理情况") == "\n".join(told)
    assert told[-1] in fields(desk, "item_ledger", period=MARCH)
    assert told[-1] not in fields(desk, "item_ledger", period=MARCH, day=date(2026, 3, 23))


def months(desk, **told):
    stored(desk, a_task(**{**FOUR, "found_on": "2025-02-13", "evidence": "表"} | told))
    road = fields(desk, "item_roadmap", period=Period(2025, 1, 12))
    return road[road.index("12月") + 4 :][:12]


def steps(*days):
    return [{"state": state, "on": on} for state, on in days]


def test_the_months_between_its_end_and_its_new_beginning_are_empty(desk):
    history = steps(("close_requested", "2025-05-06"), ("closed", "2025-05-08"))
    history.append({"state": "open", "on": "2025-09-01", "was_due": "2025-03-31"})
    told = months(desk, due="2025-10-31", history=history, state="open")
    assert told == ["", "挂", "限", "—", "销", "", "", "", "挂", "限", "—", "—"]


def test_what_was_closed_on_a_day_nobody_knows_has_no_stroke(desk):
    assert months(desk, due="2025-04-30", state="closed") == ["", "挂", "", "限", *[""] * 8]


def test_what_is_in_one_month_stands_in_the_order_of_its_days(desk):
    history = steps(("close_requested", "2025-02-20"), ("closed", "2025-02-21"))
    history.append({"state": "open", "on": "2025-02-24", "was_due": "2025-02-22"})
    told = months(desk, due="2025-03-31", history=history, state="open")
    assert told[1:4] == ["挂销限挂", "限", "—"]


def test_the_sheet_of_a_group_tells_what_its_members_carried_then(desk, again):
    told = fields(desk, "group_month", period=Period(2026, 2, 1))
    assert ("2026.2.28" in told, "2026.4.10" in told) == (True, False)


def test_a_former_day_belongs_to_what_is_registered_anew(desk):
    history = steps(("open", "2026-02-13"), ("doing", "2026-02-20"))
    history[1]["was_due"] = "2026-02-22"
    with pytest.raises(InputError) as info:
        stored(desk, a_task(history=history, state="doing"))
    assert "只有重新挂号的一步才有原完成时限" in info.value.issues[0].message


def test_the_day_comes_back_as_it_was_told(desk, again):
    [told] = desk.shared["item"].as_json([desk.shared["item"].one(again)])
    assert [step.get("was_due") for step in told["history"]] == [None, None, "2026-02-28"]
    assert ["was_due" in step for step in told["history"]] == [False, False, True]


def test_the_next_agenda_tells_that_it_went_back_and_not_what_was_done_before(desk):
    meeting = a_meeting(kinds=["committee_meeting"], date="2026-02-12")
    meeting |= {"attendance": {"present": ["张三"]}, "details": {}}
    decided = {"what": "修好更衣室吹干机", "responsible": "张三", "due": "2026-03-20"}
    meeting["agenda"] = [{"topic": "服务职工", "actions": [decided]}]
    [uid] = desk.meetings.import_json([meeting])["ids"]
    [task] = desk.item_making.from_meeting(uid)
    desk.items.follow([task.id], FollowUp(date(2026, 2, 20), Person("张三"), "两台都换了电机"))
    with desk._library.changing(Topic.RECORDS) as work:
        item = work.of("item").one(task.id)
        work.of("item").save(replace(item, standard="能用", department="支委会", evidence="单"))
    desk.items.take([task.id], asked(ItemState.REQUESTED, "2026-02-21"))
    desk.items.take([task.id], asked(ItemState.RETURNED, "2026-02-22", note="派工单没有签字"))
    kinds = ("committee_meeting",)
    [then] = desk.previous_items.lines(kinds, None, date(2026, 2, 21))
    [now] = desk.previous_items.lines(kinds, None, date(2026, 3, 12))
    assert then.endswith("：2月20日两台都换了电机")
    assert now.endswith("：2月22日退回办理，派工单没有签字")
