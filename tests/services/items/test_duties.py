"""Standing duties: reported half-yearly, asked for only by a rule of the branch, never closed."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dangjian_desktop.domain.checks.standing import RULE
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.findings import Verdict
from dangjian_desktop.domain.items.item import FollowUp, ItemState
from dangjian_desktop.domain.items.listing import ItemFilter
from dangjian_desktop.domain.items.steps import next_states
from dangjian_desktop.domain.references import Person
from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.checks.due import DueService
from tests.documents.reading import model_texts
from tests.services.items.items_world import a_task, stored
from tests.services.talks.talks_world import a_desk

WORDS = "每半年研究一次党风廉政建设"


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def duty(desk, **more):
    """A standing duty of the year before, of which its first half was reported."""
    told = a_task(WORDS, kind="duty", responsible="张三", standard="有记录", department="党委")
    told |= {"found_on": "2025-02-01", "follow_ups": [{"on": "2025-06-30", "text": "已研究"}]}
    [item] = stored(desk, told | {"state": "doing"} | more)
    return item


def due(desk, day):
    service = DueService(desk._library, lambda: datetime.fromisoformat(f"{day}T09:00"))
    return [each.words for each in service.items() if WORDS in each.words]


def switched_on(desk):
    desk.check.change_rule(RULE, enabled=True, values=desk.check.rules()[RULE].values)


def test_nothing_is_asked_until_the_branch_goes_by_it(desk):
    duty(desk)
    assert desk.check.findings(rule=RULE) == ()
    assert due(desk, "2026-03-31") == []


def test_each_half_year_that_is_over_is_judged(desk):
    item = duty(desk)
    switched_on(desk)
    found = desk.check.findings(rule=RULE)
    assert {each.subject: each.verdict for each in found} == {
        f"2025年上半年 {WORDS}": Verdict.OK,
        f"2025年下半年 {WORDS}": Verdict.NOTICE,
    }
    assert {each.records for each in found} == {(item.id,)}
    desk.items.follow([item.id], FollowUp(date(2026, 3, 2), Person("张三"), "补研究"))
    assert f"2026年上半年 {WORDS}" in {each.subject for each in desk.check.findings(rule=RULE)}


def test_it_is_told_before_the_half_year_ends_and_after(desk):
    duty(desk)
    switched_on(desk)
    assert due(desk, "2026-03-31") == [f"{WORDS}：2025年下半年落实情况没有登记，已过90天"]
    assert due(desk, "2026-06-20") == [
        f"{WORDS}：2025年下半年落实情况没有登记，已过171天",
        f"{WORDS}：2026年上半年落实情况没有登记",
    ]


def test_the_list_tells_what_is_not_reported_and_a_duty_is_never_closed(desk):
    item = duty(desk)
    wanted = ItemFilter(part="unreported")
    assert [row.gaps for row in desk.items.listed(wanted).values()] == ["本半年未报告"]
    desk.items.follow([item.id], FollowUp(date(2026, 3, 2), None, "已研究"))
    assert desk.items.listed(wanted) == {}
    assert not {ItemState.REQUESTED, ItemState.CLOSED} & {*next_states(item)}


def test_each_half_year_stands_on_paper_and_an_empty_one_is_empty(desk):
    duty(desk)
    wanted = Wanted(period=Period(2025, 1, 12))
    texts = [*model_texts(desk.printing.document("item_standing", "", wanted))]
    assert {"张三", WORDS, "2025-06-30已研究"} <= {*texts}
    assert sum("已研究" in text for text in texts) == 1
    assert not any("已销号" in text or "逾期" in text for text in texts)
