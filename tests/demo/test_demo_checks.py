"""The sample year's self-check has its numbers from the records, 第一议题 a ledger of its own."""

from __future__ import annotations

from contextlib import closing

import pytest

from dangjian_desktop.domain.checks.first_topic import RULE
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.make import clock

YEAR = Period(2025, 1, 12)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "示例.dangjian"
    with closing(Desk(make_demo_library(path), clock)) as opened:
        yield opened


def test_the_self_check_tells_what_the_records_tell(desk) -> None:
    [check] = desk.shared["assessment"].all()
    assert check.finished is not None
    assert (check.weights, check.scores, len(check.gaps)) == (100, 95, 4)
    told = desk.assessments.sheet(check.id).counted
    assert [words for words in told if words][:3] == ["党员大会5次", "支委会12次", "主题党日12次"]
    [row] = [each for each in check.criteria if each.indicator]
    measured = desk.indicators.rows([row.indicator[0].uid])[row.indicator[0].uid]
    assert row.counted == effect(measured.target, YEAR).rstrip("。")
    assert "托辊材料消耗由" in row.counted


def test_what_was_read_first_has_a_ledger_and_one_of_its_measures_is_a_task(desk) -> None:
    said = desk.printing.document("first_topics", "", Wanted(period=YEAR)).texts()
    assert any("学习第一议题3项" in text for text in said)
    assert any("给东翼皮带吊挂锚杆补齐编号牌" in text for text in said)
    [task] = [i for i in desk.shared["item"].all() if "补齐编号牌" in i.content]
    assert task.closed
    assert {finding.verdict.value for finding in desk.check.findings(rule=RULE)} == {"ok"}
