"""An indicator is told in one place: by itself, or by the project whose target it is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.projects.progress import reached_value
from dangjian_desktop.errors import InputError
from tests.guards import doors
from tests.services.fusion.fusion_world import COST, PROJECT, SAFETY, a_desk, indicators, named


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


def row(desk, name):
    found = named(desk, name)
    return desk.indicators.rows([found.id])[found.id]


def test_one_of_a_project_shows_what_the_project_shows(desk):
    cost = row(desk, "材料消耗")
    [target, _other] = desk.projects.one(PROJECT["id"]).targets
    assert (cost.target, cost.project) == (target, PROJECT["title"])
    assert cost.whole.baseline == Decimal("0.45")
    assert cost.indicator.values == {}


def test_a_value_typed_at_either_place_is_the_value_at_both(desk):
    cost = named(desk, "材料消耗")
    desk.indicators.enter({cost.id: {"2026-03": Decimal("0.41")}})
    [target, _other] = desk.projects.one(PROJECT["id"]).targets
    assert target.values["2026-03"] == Decimal("0.41")
    desk.projects.set_values(PROJECT["id"], target.id, {"2026-03": Decimal("0.40")})
    assert reached_value(row(desk, "材料消耗").target) == Decimal("0.40")
    assert named(desk, "材料消耗").values == {}


def test_values_of_several_are_kept_all_or_none(desk):
    cost, safety = named(desk, "材料消耗"), named(desk, "隐患按期整改率")
    desk.projects.delete(PROJECT["id"])
    with pytest.raises(InputError, match="这一次都没有改动") as refused:
        desk.indicators.enter(
            {safety.id: {"2026-03": Decimal(99)}, cost.id: {"2026-03": Decimal(1)}}
        )
    assert "所关联的项目指标已不在" in refused.value.issues[0].message
    assert "2026-03" not in named(desk, "隐患按期整改率").values
    assert row(desk, "材料消耗").lost


def test_every_month_to_come_is_named_at_once(desk):
    cost, safety = named(desk, "材料消耗"), named(desk, "隐患按期整改率")
    ahead = {"2026-04": Decimal(1)}
    with pytest.raises(InputError) as refused:
        desk.indicators.enter({cost.id: ahead, safety.id: ahead})
    said = [issue.message for issue in refused.value.issues]
    assert len(said) == 2
    assert all("2026年4月的数值，该月还没有到" in words for words in said)


def test_a_value_taken_away_is_gone_and_zero_is_one(desk):
    safety = named(desk, "隐患按期整改率")
    desk.indicators.enter({safety.id: {"2026-01": None, "2026-03": Decimal(0)}})
    kept = named(desk, "隐患按期整改率").values
    assert kept == {"2026-02": Decimal("97.9"), "2026-03": Decimal(0)}


def test_what_the_project_tells_is_not_typed_again(desk):
    with pytest.raises(InputError) as refused:
        indicators(desk).import_json(
            {**COST, "name": "另一项", "unit": "元", "baseline": "1", "values": {"2026-01": "2"}}
        )
    said = [issue.message for issue in refused.value.issues]
    assert len(said) == 3
    assert all("以项目为准，请在此清空" in words for words in said)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit": ""}, "单位"),
        ({"year": "2025"}, "2026年1月、2026年2月不在2025年内"),
        ({"values": {"2026年1月": "1"}}, "不是月份"),
        ({"values": {"2026-04": "1"}}, "2026年4月的数值，该月还没有到"),
        ({"values": {"2026-01": "很多"}}, "“很多”不是数字"),
        ({"project": [{"subject": "project", "id": PROJECT["id"], "item": "x"}]}, "没有编号为 x"),
    ],
)
def test_what_cannot_be_is_refused_in_words(desk, change, said):
    with pytest.raises(InputError) as refused:
        indicators(desk).import_json({**SAFETY, "name": "另一项", **change})
    assert said in "".join(issue.message for issue in refused.value.issues)


def test_the_months_of_a_year_have_the_indicators_of_that_year(desk):
    grid = desk.indicators.grid()
    assert (grid.year, grid.months[0], grid.months[-1]) == (2026, "2026-01", "2026-12")
    assert [each.indicator.name for each in grid.rows] == ["隐患按期整改率", "材料消耗"]
    assert desk.indicators.grid(2025).rows == ()
    old = replace(named(desk, "隐患按期整改率"), year=PartialDate(2026))
    indicators(desk).save(old)
    assert len(desk.indicators.grid(2026).rows) == 2


def test_an_import_of_what_was_listed_changes_nothing(desk):
    told = indicators(desk).as_json(indicators(desk).all(), desk.today())
    assert len(indicators(desk).import_json(told)["unchanged"]) == 2


def test_targets_that_a_library_of_an_earlier_version_keeps_need_only_be_linked(tmp_path):
    with doors.full_desk(tmp_path) as old:
        project = next(each for each in old.projects.all() if each.targets)
        before = old.projects.revision(project.id)
        for target in project.targets:
            link = {"subject": "project", "id": project.id, "item": target.id}
            indicators(old).import_json({"name": target.indicator, "project": [link]})
        ids = [each.id for each in indicators(old).all()]
        shown = {row.indicator.link.item: row.target for row in old.indicators.rows(ids).values()}
        assert shown == {target.id: target for target in project.targets}
        assert old.projects.revision(project.id) == before
        assert old.projects.one(project.id) == project
