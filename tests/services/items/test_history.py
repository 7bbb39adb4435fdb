"""Steps that cannot have followed each other, and what a standing duty has not."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.items.item import FollowUp, ItemState
from dangjian_desktop.domain.projects.progress import time_share
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from tests.documents.reading import model_texts
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


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def again(desk):
    """Closed on 03-02, registered anew on 03-20 with a later day."""
    uid = closed_task(desk)
    desk.items.take([uid], begun_anew())
    return desk.shared["item"].one(uid)


def test_a_standing_duty_has_no_paper_of_its_end(desk):
    [duty] = stored(desk, a_task("每月下井带班", **FOUR) | {"kind": "duty"})
    with pytest.raises(InputError, match="没有销号单"):
        desk.printing.document("item_closing", duty.id, Wanted())


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("doing", "2026-04-10")], "办理过程第1步“办理中”的日期在今天以后"),
        ([("doing", "2026-02-12")], "第1步“办理中”的日期早于提出日期（2026-02-13）"),
        (
            [("open", "2026-03-15"), ("doing", "2026-03-10")],
            "第2步“办理中”的日期早于上一步（2026-03-15）",
        ),
        (
            [("open", "2026-02-13"), ("returned", "2026-02-20")],
            "第2步“退回办理”不能接在“已挂号”之后",
        ),
    ],
)
def test_steps_that_cannot_be_are_refused(desk, steps, words):
    history = [{"state": state, "on": day} for state, day in steps]
    with pytest.raises(InputError) as info:
        stored(desk, a_task(history=history, state=steps[-1][0]))
    assert words in "\n".join(issue.message for issue in info.value.issues)


def test_a_follow_up_before_the_new_beginning_does_not_go_back_behind_it(desk, again):
    with pytest.raises(InputError) as info:
        desk.items.follow([again.id], FollowUp(date(2026, 3, 3), Person("张三"), "已报修"))
    assert "早于上一步（2026-03-20）" in info.value.issues[0].message


def problem_with_task(desk):
    [problem] = stored(desk, a_task("吹干机没人修", **FOUR) | {"kind": "problem"})
    [task] = stored(desk, a_task(**FOUR, problem=problem.id, evidence="派工单"))
    return problem, task


def ended(desk, task):
    desk.items.take([task.id], asked(ItemState.REQUESTED, "2026-03-11"))
    desk.items.take([task.id], asked(ItemState.CLOSED, "2026-03-12"))


def three(desk, **period):
    return model_texts(desk.printing.document("item_three", "", Wanted(**period)))


def test_a_problem_does_not_end_before_its_tasks_whichever_way_it_comes(desk):
    problem, _task = problem_with_task(desk)
    told = a_task("吹干机没人修", **FOUR) | {"kind": "problem", "id": problem.id}
    steps = [{"state": s, "on": "2026-03-10"} for s in ("close_requested", "closed")]
    with pytest.raises(InputError) as info:
        stored(desk, told | {"state": "closed", "evidence": "照片", "history": steps})
    assert "还有1项任务没有销号" in info.value.issues[0].message


def test_a_task_goes_on_when_its_problem_is_closed_and_both_say_so(desk):
    problem, task = problem_with_task(desk)
    ended(desk, task)
    desk.items.take([problem.id], asked(ItemState.REQUESTED, "2026-03-12", evidence="照片"))
    desk.items.take([problem.id], asked(ItemState.CLOSED, "2026-03-13"))
    said = [*desk.items.sheet(problem.id).notices, *desk.items.sheet(task.id).notices]
    assert not any("没有销号" in each or "所属问题" in each for each in said)
    desk.items.take([task.id], begun_anew())
    assert "还有1项任务没有销号" in "".join(desk.items.sheet(problem.id).notices)
    assert "所属问题已销号" in "".join(desk.items.sheet(task.id).notices)


def test_a_task_stays_on_all_three_when_its_problem_is_gone(desk):
    problem, task = problem_with_task(desk)
    records = desk.shared["item"]
    records.delete(problem.id)
    assert desk.items.left_words([problem.id]) == ("；由此而来的1项没有销号，仍在“问题与任务”中")
    assert desk.items.left_words([problem.id, task.id]) == ""
    assert "所属问题已不在" in "".join(desk.items.sheet(task.id).notices)
    assert task.content in three(desk)
    records.bring_back(problem.id)
    texts = three(desk)
    assert texts.index(problem.content) < texts.index(task.content)


def test_a_task_stands_with_the_words_of_a_problem_that_was_closed_before(desk):
    early = {"found_on": "2026-01-05", "due": "2026-02-20"}
    [problem] = stored(desk, a_task("吹干机没人修", **FOUR | early) | {"kind": "problem"})
    [task] = stored(desk, a_task(**FOUR | early, problem=problem.id, evidence="派工单"))
    for item in (task, problem):
        for state in (ItemState.REQUESTED, ItemState.CLOSED):
            desk.items.take([item.id], asked(state, "2026-02-10", evidence="照片"))
    desk.items.take([task.id], begun_anew())
    texts = three(desk, period=Period(2026, 3, 1))
    assert any("共1项" in text for text in texts)
    assert texts.index(problem.content) < texts.index(task.content)


def test_no_form_is_of_a_day_before_the_item(desk):
    [item] = stored(desk, a_task(**FOUR))
    with pytest.raises(InputError, match="2026-02-12还没有这个事项"):
        desk.printing.document("item_supervision", item.id, Wanted(day=date(2026, 2, 12)))
    assert desk.printing.document("item_supervision", item.id, Wanted(day=item.found_on))


def test_what_a_sitting_decided_is_carried_over_though_the_sitting_is_binned(desk):
    action = {"what": "公布名单", "responsible": "张三"}
    told = a_meeting(kinds=["committee_meeting"], date="2026-02-12", details={})
    told["agenda"] = [{"topic": "服务职工", "actions": [action]}]
    told["attendance"] = {"present": ["张三", "李四", "王五"]}
    [uid] = desk.meetings.import_json([told])["ids"]
    assert len(desk.item_making.from_meeting(uid)) == 1
    kinds, day = ["committee_meeting"], date(2026, 3, 20)
    before = desk.previous_items.lines(kinds, None, day)
    assert len(before) == 1
    desk.meetings.delete(uid)
    assert desk.previous_items.lines(kinds, None, day) == before
    assert "1项没有销号" in desk.items.left_words([uid])


def test_the_time_gone_of_an_item_is_counted_as_that_of_a_project(desk):
    [item] = stored(desk, a_task(**FOUR) | {"due": "2026-03-31", "found_on": "2026-03-01"})
    wanted = Wanted(period=Period(2026, 3, 1), day=date(2026, 3, 10))
    texts = model_texts(desk.printing.document("item_schedule", "", wanted))
    share = time_share(item.found_on, item.due, date(2026, 3, 10))
    assert f"{share}%" == "32.3%"
    assert "32.3%" in texts
