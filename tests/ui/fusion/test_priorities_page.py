"""The page of priorities: its order, the fusion page of one, and the ways to mend what lacks."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.fusion.priorities import Priorities, priorities_page
from dangjian_desktop.ui.fusion.priority_card import PriorityCard
from tests.services.fusion.fusion_world import a_desk
from tests.ui.roster_world import held


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        names = [{"name": "成本", "number": 2}, {"name": "安全", "number": 1}, {"name": "服务"}]
        opened.shared["priority"].import_json(names)
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, priorities_page(desk, shell), (1300, 700))


def test_they_stand_by_their_number(qtbot, page):
    model = page.table.model
    qtbot.waitUntil(lambda: all(model.record(uid) for uid in model.ids))
    assert [model.record(uid).name for uid in model.ids] == ["安全", "成本", "服务"]


def test_each_gap_has_a_button_that_goes_where_it_is_mended(qtbot, desk, shell, page):
    asked = []
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    uid = next(each.id for each in desk.shared["priority"].all() if each.name == "服务")
    page.focus_record(uid)
    card = page.findChild(PriorityCard)
    qtbot.waitUntil(lambda: card._uid == uid)
    for number in range(3):
        # What was shown before goes away later.
        acts = card.findChildren(QPushButton, f"gap.{number}")
        [act] = [each for each in acts if each.isVisibleTo(card)]
        act.click()
    assert asked == [
        ("priority", f"edit/{uid}"),
        ("item", f"new/task/priority/{uid}"),
        ("indicator", "new/服务"),
    ]


def test_the_table_of_all_is_drawn_for_the_period(qtbot, page):
    page.findChild(QPushButton, "priorities.overview").click()
    view = page.findChild(Priorities).overview
    qtbot.waitUntil(lambda: view.pane.preview.pages > 0)
    assert view.period.period.length == 12
