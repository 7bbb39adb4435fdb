"""版本 of a record on every page: what differs beside each other, and the way back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from dangjian_desktop.papers.catalogue import Wanted
from tests.ui.ledger_world import declared, entered
from tests.ui.ledger_world import show_page as show_ledgers
from tests.ui.records.hands import act, right_click, settle
from tests.ui.records.worlds import WORLDS
from tests.ui.roster_world import a_desk, quiet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def cells(view):
    table = view.table
    return [
        tuple(table.item(row, at).text() for at in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def heads(view):
    table = view.table
    return [table.horizontalHeaderItem(at).text() for at in range(table.columnCount())]


def click(button):
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def meetings(qtbot, show, tmp_path, shell):
    """The page of meetings with a record of three versions under the cursor."""
    world = WORLDS["meetings"](tmp_path, shell)
    desk, page = world.desk, show(world)
    uid = page.table.current()
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼会议室"))
    desk.meetings.save(replace(desk.meetings.one(uid), place="一楼会议室", closing="散会。"))
    settle(qtbot, page, shell)
    return desk, page, uid


def test_every_page_of_records_offers_the_versions(page):
    assert act(page, "versions").isEnabled()
    assert "版本" in [action.text() for action in right_click(page).actions()]


@pytest.mark.parametrize("name", ["members", "meetings", "projects"])
def test_a_record_saved_once_shows_what_it_holds(qtbot, show, tmp_path, shell, name):
    page = show(WORLDS[name](tmp_path, shell))
    title = page.card.title.text()
    click(act(page, "versions"))
    view = page.versions
    qtbot.waitUntil(lambda: view.isVisible() and bool(cells(view)))
    assert title in view.title.text()
    assert heads(view) == ["栏目", "第1版的内容"]
    assert title in [text for _label, text in cells(view)]
    assert not view.restore.isEnabled()
    assert page.back()
    settle(qtbot, page, shell)
    assert page.views.at_home


def test_a_version_tells_when_and_in_which_look_it_was_printed(qtbot, meetings, shell, tmp_path):
    desk, page, uid = meetings
    desk.printing.export("minutes", tmp_path, uid, Wanted(look=desk.looks.one("compact")))
    settle(qtbot, page, shell)
    click(act(page, "versions"))
    view = page.versions
    qtbot.waitUntil(lambda: view.list.count() == 3)
    texts = [view.list.item(row).text() for row in range(3)]
    assert [("打印于" in text, text.endswith("，紧凑")) for text in texts] == [
        *((True, True), (False, False), (False, False))
    ]


def test_the_one_before_is_compared_with_now_and_any_other_can_be(qtbot, meetings, shell):
    _desk, page, _uid = meetings
    click(act(page, "versions"))
    view = page.versions
    now = [("地点", "二楼会议室", "一楼会议室"), ("主持人小结", "会议按程序进行。", "散会。")]
    qtbot.waitUntil(lambda: cells(view) == now)
    assert heads(view) == ["栏目", "第2版", "现在（第3版）"]
    assert view.number == 2
    view.choose(1)
    qtbot.waitUntil(lambda: cells(view)[:1] == [("地点", "三楼会议室", "一楼会议室")])
    view.ways.chip("before").click()
    qtbot.waitUntil(lambda: "没有别的版本" in view.said.text())
    view.choose(2)
    qtbot.waitUntil(lambda: cells(view) == [("地点", "三楼会议室", "二楼会议室")])
    assert heads(view) == ["栏目", "第1版", "第2版"]
    view.choose(3)
    view.ways.chip("now").click()
    qtbot.waitUntil(lambda: "就是现在的内容" in view.said.text())
    assert not view.restore.isEnabled()


def test_a_version_comes_back_and_the_toast_undoes_it(qtbot, meetings, shell):
    desk, page, uid = meetings
    toasts = []
    shell.toasted.connect(toasts.append)
    click(act(page, "versions"))
    view = page.versions
    qtbot.waitUntil(lambda: view.number == 2)
    view.choose(1)
    click(view.restore)
    qtbot.waitUntil(lambda: view.list.count() == 4)
    assert "恢复到第1版" in view.list.item(0).text()
    assert "现在" in view.list.item(0).text()
    assert desk.meetings.one(uid).place == "三楼会议室"
    assert toasts[-1].text == "已恢复到第1版"
    toasts[-1].undo()
    qtbot.waitUntil(lambda: view.list.count() == 5)
    assert desk.meetings.one(uid).place == "一楼会议室"
    click(view.leaving)
    settle(qtbot, page, shell)
    assert page.views.at_home
    assert page.table.current() == uid


def test_a_draft_that_waits_is_not_thrown_away(qtbot, meetings, shell):
    desk, page, uid = meetings
    desk.drafts.put("meeting", uid, {"title": "草稿"})
    notices = []
    shell.messages.noticed.connect(notices.append)
    click(act(page, "versions"))
    view = page.versions
    qtbot.waitUntil(lambda: view.number == 2)
    click(view.restore)
    qtbot.waitUntil(lambda: bool(notices))
    assert "草稿" in notices[0].text
    assert view.list.count() == 3
    assert desk.drafts.get("meeting", uid) is not None


def test_rows_and_styles_of_ledgers_have_versions_too(qtbot, tmp_path, shell):
    desk = a_desk(tmp_path / "L")
    page = show_ledgers(qtbot, desk, shell)
    code = declared(qtbot, page, shell)
    row = entered(qtbot, page, shell, code, 月份="2026-03", 党员="张三", 说明="好")
    rows = page.shown
    qtbot.waitUntil(lambda: rows.table.current() == row)
    rows.acts.acts["versions"].do([row])
    qtbot.waitUntil(lambda: ("说明", "好") in cells(rows.versions))
    page.to_all()
    quiet(qtbot, shell)
    page.all.acts.acts["versions"].do([code])
    qtbot.waitUntil(lambda: bool(cells(page.all.versions)))
    assert "身边无三违" in page.all.versions.title.text()
    quiet(qtbot, shell)
    desk._library.close()


def test_a_ledger_of_the_program_that_nobody_changed_has_none(qtbot, tmp_path, shell):
    desk = a_desk(tmp_path / "L")
    page = show_ledgers(qtbot, desk, shell)
    notices = []
    shell.messages.noticed.connect(notices.append)
    page.all.acts.acts["versions"].do(["training"])
    qtbot.waitUntil(lambda: bool(notices))
    quiet(qtbot, shell)
    assert page.all.views.at_home
    desk._library.close()
