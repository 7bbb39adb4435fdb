"""Steps that cannot have followed each other, and what a standing duty has not."""

from __future__ import annotations

from datetime import date

import pytest

from dangjian_desktop.domain.items.item import FollowUp, ItemState
from dangjian_desktop.domain.references import Person
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.catalogue import Wanted
from tests.services.items.items_world import FOUR, a_task, asked, stored
from tests.services.talks.talks_world import a_desk


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def again(desk):
    """Closed on 03-02, registered anew on 03-20 with a later day."""
    told = {**FOUR, "due": "2026-02-28", "found_on": "2026-01-13", "evidence": "派工单"}
    [item] = stored(desk, a_task(**told))
    desk.items.take([item.id], asked(ItemState.REQUESTED, "2026-02-26"))
    desk.items.take([item.id], asked(ItemState.CLOSED, "2026-03-02"))
    due = date(2026, 4, 10)
    desk.items.take([item.id], asked(ItemState.OPEN, "2026-03-20", note="又坏了", due=due))
    return desk.shared["item"].one(item.id)


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
