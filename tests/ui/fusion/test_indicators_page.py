"""The page of indicators: what the list and the card say, the table of months with its paste."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from dangjian_desktop.ui.fusion.indicators import Indicators, indicators_page
from tests.services.fusion.fusion_world import PROJECT, a_desk, named
from tests.ui.roster_world import held


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, indicators_page(desk, shell), (1300, 700))


@pytest.fixture
def months(qtbot, page):
    page.focus_record("months/2026")
    made = page.findChild(Indicators).months
    qtbot.waitUntil(lambda: bool(made.grid.values.targets))
    return made


def test_list_and_card_say_what_the_project_says(qtbot, desk, page):
    model = page.table.model
    qtbot.waitUntil(lambda: all(model.record(uid) for uid in model.ids))
    cost = named(desk, "材料消耗")
    row = model.record(cost.id)
    said = {c.title: c.text(row) for c in model.columns}
    assert (said["现值"], said["达成情况"], said["基准"]) == ("0.43", "未达到目标", "0.45")
    page.table.select(cost.id)
    words = "由0.45元/吨煤降至0.43元/吨煤"
    qtbot.waitUntil(lambda: words in page.findChild(QLabel, "indicator.effect").text())


def test_a_block_out_of_a_sheet_is_saved_where_it_belongs(qtbot, desk, months):
    grid = months.grid
    rows = [uid for uid, _title in grid.values.targets]
    cost, safety = named(desk, "材料消耗").id, named(desk, "隐患按期整改率").id
    grid.setCurrentIndex(grid.values.index(0, 1))
    block = {cost: "0.42\t０．４１", safety: "98.5%\t1,000"}
    grid.paste("\n".join(block[uid] for uid in rows))
    qtbot.waitUntil(lambda: "2026-03" in named(desk, "隐患按期整改率").values)
    assert named(desk, "隐患按期整改率").values["2026-03"] == Decimal(1000)
    [target, _other] = desk.projects.one(PROJECT["id"]).targets
    assert target.values["2026-03"] == Decimal("0.41")


def test_text_among_pasted_values_is_refused_whole_with_every_cell_named(qtbot, desk, months):
    grid = months.grid
    before = grid.cells()
    grid.setCurrentIndex(grid.values.index(0, 1))
    grid.paste("1\t无数据\n约3\t2")
    assert grid.cells() == before
    said = months.note.text()
    assert "有2格不是数字，这一块没有粘贴" in said
    assert "2026年3月：“无数据”不是数字" in said
    assert "2026年2月：“约3”不是数字" in said
    grid.values.put({(0, 2): "1.5"})
    uid = grid.values.targets[0][0]
    qtbot.waitUntil(lambda: "2026-03" in desk.indicators.rows([uid])[uid].target.values)
    assert desk.indicators.rows([uid])[uid].target.values["2026-02"] != 1


def test_a_paste_can_be_taken_back(qtbot, desk, shell, months):
    grid = months.grid
    told = []
    shell.toasted.connect(told.append)
    grid.setCurrentIndex(grid.values.index(0, 1))
    uid = grid.values.targets[0][0]
    grid.paste("7\t8")
    qtbot.waitUntil(lambda: bool(told))
    assert desk.indicators.rows([uid])[uid].target.values["2026-03"] == Decimal(8)
    told[0].undo()
    qtbot.waitUntil(lambda: "2026-03" not in desk.indicators.rows([uid])[uid].target.values)
    QGuiApplication.clipboard().clear()
