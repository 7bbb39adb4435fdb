"""One value is typed once and stands, the same, wherever the indicator is told of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dangjian_desktop.cli.running import main
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Counting, ProjectState, StateChange
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.papers.printing import Wanted
from tests.services.fusion.fusion_world import PROJECT, a_desk, named
from tests.services.fusion.test_pages import a_priority

QUARTER, YEAR = Period(2026, 1, 3), Period(2026, 1, 12)
OLD, NEW = "0.43", "0.37"
EFFECT = "托辊材料消耗由0.45元/吨煤降至0.37元/吨煤（目标0.42元/吨煤，来源：材料台账）"


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def told(desk, code, uid="", **wanted):
    return " ".join(desk.printing.document(code, uid, Wanted(**wanted)).texts())


def test_the_value_of_a_project_stands_on_every_paper(desk, capsys):
    went(desk, ProjectState.APPROVED, ProjectState.RUNNING)
    cost = named(desk, "材料消耗").id
    desk.indicators.enter({cost: {"2026-03": Decimal(NEW)}})
    link = [{"subject": "indicator", "id": cost}]
    [brand] = desk.shared["brand"].import_json({"name": "三个数", "indicators": link})["ids"]
    check = {
        "title": "达标表",
        "day": "2026-03-31",
        "year": 2026,
        "span": "q1",
        "criteria": [{"standard": "材料消耗下降", "indicator": [cost]}],
    }
    [self_check] = desk.shared["assessment"].import_json(check)["ids"]
    papers = {
        "fusion_page": told(desk, "fusion_page", a_priority(desk), period=YEAR),
        "fusion_overview": told(desk, "fusion_overview", period=YEAR),
        "brand_form": told(desk, "brand_form", brand),
        "self_check": told(desk, "self_check", self_check),
        "project_page": told(desk, "project_page", PROJECT["id"]),
        "project_ledger": told(desk, "project_ledger", period=YEAR, group="党员项目"),
        "summary": told(desk, "summary", period=QUARTER),
    }
    assert [code for code, text in papers.items() if NEW not in text] == []
    # Only the page of the project tells the months one by one.
    assert [code for code, text in papers.items() if OLD in text] == ["project_page"]
    in_words = ("fusion_page", "brand_form", "self_check")
    assert [code for code in in_words if EFFECT not in papers[code]] == []
    assert desk.projects.one(PROJECT["id"]).targets[0].values["2026-03"] == Decimal(NEW)
    assert main(["--library", str(desk.path), "indicator", "show", cost]) == 0
    assert EFFECT in capsys.readouterr().out


def test_report_and_fusion_page_of_a_month_tell_the_same_two_values(desk):
    went(desk, ProjectState.APPROVED, ProjectState.RUNNING)
    project = desk.projects.one(PROJECT["id"])
    mean = replace(project.targets[0], counting=Counting.MEAN)
    with desk._library.changing(Topic.PROJECTS) as work:
        work.projects.save(replace(project, targets=(mean, *project.targets[1:])))
    desk.indicators.enter({named(desk, "材料消耗").id: {"2026-03": Decimal(NEW)}})
    month, uid = Period(2026, 3, 1), a_priority(desk)
    page = told(desk, "fusion_page", uid, period=month)
    report = told(desk, "summary", period=month)
    whole = "现值0.41元/吨煤（1月至3月平均）"
    assert f"本期{NEW}元/吨煤" in page
    assert f"{mean.indicator}：{NEW}元/吨煤" in report
    assert (whole in page, whole in report) == (True, True)


def went(desk, *states):
    """The project has gone so far."""
    day = {"on": date(2026, 1, 5), "by": "支委会", "paper": "会议记录"}
    history = tuple(StateChange(state=state, **day) for state in states)
    with desk._library.changing(Topic.PROJECTS) as work:
        work.projects.save(replace(work.projects.one(PROJECT["id"]), history=history))


def test_it_stands_in_the_collection_of_cases_once_the_project_is_promoted(desk):
    went(desk, ProjectState.ACCEPTED, ProjectState.PROMOTED)
    desk.indicators.enter({named(desk, "材料消耗").id: {"2026-03": Decimal(NEW)}})
    assert EFFECT in told(desk, "case_book", period=YEAR)
