"""The page of the plan: the papers of a year that has come or not."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.ui.plans.page import Plans, plans_page
from tests.services.fusion.fusion_world import a_desk
from tests.ui.roster_world import held


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        opened.shared["plan"].import_json([{"when": "2026-03", "party": "党课"}])
        yield opened


@pytest.fixture
def view(qtbot, desk, shell):
    page = held(qtbot, desk, shell, plans_page(desk, shell), (1300, 700))
    page.findChild(QPushButton, "plans.papers").click()
    made = page.findChild(Plans).papers
    qtbot.waitUntil(lambda: made.year.count() > 0)
    return made


def test_a_year_to_come_and_a_month_can_be_chosen(qtbot, view):
    assert view.period == Period(2026, 1, 12)
    view.month.setCurrentIndex(view.month.findData(3))
    view.month.activated.emit(3)
    assert view.period == Period(2026, 3, 1)
    view.kinds.chip("plan_book").click()
    assert view.period == Period(2026, 1, 12)
    view.year.setCurrentIndex(view.year.findData(2027))
    view.year.activated.emit(0)
    assert view.period == Period(2027, 1, 12)
    qtbot.waitUntil(lambda: view.pane.preview.pages > 0)
