"""The cards of the month: none for what is not due."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.library.branch import BranchService
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.summaries.month import MonthService
from tests.services.make import a_library, a_meeting, a_member, clock

BRANCH = {"name": "中共测试公司机关党支部", "term_years": 3}


@pytest.fixture
def library(tmp_path):
    made = a_library(tmp_path)
    yield made
    made.close()


def codes(library) -> set[str]:
    return {card.code for card in MonthService(library, clock).cards()}


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(
    ("founded", "due"),
    [("2026-03-15", False), ("2026-03-02", False), ("2026-02-28", True), ("2026-03-01", True)],
)
def test_nothing_is_due_in_the_month_of_the_founding_nor_before_the_first_record(
    library, founded: str, held: bool, due: bool
) -> None:
    BranchService(library, clock).enter(BRANCH | {"founded": founded})
    if held:
        MeetingService(library, clock).import_json(
            a_meeting(kinds=["theme_day"], date="2026-03-20", details={}, agenda=[], stated=None)
        )
    assert ("theme_day" in codes(library)) is (due and held)
    assert "general_meeting" not in codes(library)


def test_a_sitting_held_by_one_of_two_groups_leaves_the_other_open(library) -> None:
    with library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("冯三", groups=(Span("第二党小组"),)))
    brought = a_meeting(kinds=["theme_day"], group="第一党小组", details={}, agenda=[], stated=None)
    MeetingService(library, clock).import_json(brought)
    (card,) = [c for c in MonthService(library, clock).cards() if c.code == "theme_day"]
    assert (card.held, card.due, card.words) == (1, 2, "第二党小组未开")
