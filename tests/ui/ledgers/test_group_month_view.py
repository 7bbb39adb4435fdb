"""小组月度 in the window: the page of a group and a month, drawn when it is chosen."""

from __future__ import annotations

from dangjian_desktop.ui.ledgers.group_month import GroupMonthView
from tests.ui.ledger_world import opened, press
from tests.ui.roster_world import quiet


def test_each_group_and_month_has_a_page(qtbot, page, desk, shell):
    rows = opened(qtbot, page, shell, "group_months")
    press(rows, "rows.months")
    qtbot.waitUntil(lambda: bool(rows.findChildren(GroupMonthView)))
    [view] = rows.findChildren(GroupMonthView)
    qtbot.waitUntil(lambda: view.month.count() > 0)
    quiet(qtbot, shell)
    shown = [view.group.itemText(n) for n in range(view.group.count())]
    assert shown == list(desk.meetings.members().on(desk.today()).groups)
    assert view.month.currentText() == f"{desk.today().year}年{desk.today().month}月"
    for box in (view.group, view.month):
        words = box.fontMetrics().horizontalAdvance(box.currentText())
        qtbot.waitUntil(lambda box=box, words=words: box.width() >= words + 30)
