"""回收站 under 设置, and the versions of a record, in a real window on a real library."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.settings.settings import SettingsPage
from tests.services.library.history_world import a_desk, everything, put_meeting, put_member
from tests.ui.records.hands import columns_of, right_click

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(tmp_path, shell):
    made = a_desk(tmp_path)
    made.announce = shell.changes.announce
    yield made
    made._library.close()


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


def quiet(qtbot, shell):
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def press(parent, name):
    [found] = [b for b in parent.findChildren(QPushButton, name) if b.isVisibleTo(parent)]
    assert found.isEnabled(), name
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def open_bin(qtbot, page, shell):
    press(page, "bin.open")
    quiet(qtbot, shell)
    return page.bin


def titles(bin_page):
    table = bin_page.table
    return [table.model.record(uid).title for uid in table.model.ids]


def cells(table):
    return [
        tuple(table.item(row, at).text() for at in range(table.columnCount()))
        for row in range(table.rowCount())
    ]


def test_the_card_counts_and_opens_the_bin(qtbot, page, desk, shell):
    assert page.recycled.count.text() == "现在是空的"
    member = put_member(desk)
    desk.roster.delete(member.id, "误录")
    qtbot.waitUntil(lambda: page.recycled.count.text() == "现有 1 条")
    shown = open_bin(qtbot, page, shell)
    assert shown.isVisible()
    assert titles(shown) == ["何十一"]
    row = [shown.table.model.index(0, at).data() for at in range(5)]
    assert (row[0], row[1], row[4]) == ("党员", "何十一", "误录")
    assert shown.table.foot.text() == "共 1 条"
    assert page.back()
    assert page.area.isVisible()
    assert not page.back()
    page.focus_record("bin")
    assert shown.isVisible()
    press(shown, "bin.back")
    assert page.area.isVisible()


def test_one_comes_back_and_the_toast_takes_it_away_again(qtbot, page, desk, shell, toasts):
    uid = put_meeting(desk)
    desk.meetings.delete(uid, "误录")
    shown = open_bin(qtbot, page, shell)
    press(shown, "bin.restore")
    qtbot.waitUntil(lambda: titles(shown) == [])
    assert toasts[-1].text == "已恢复：2026年第一季度支部党员大会"
    assert desk.meetings.one(uid).id == uid
    toasts[-1].undo()
    qtbot.waitUntil(lambda: titles(shown) == ["2026年第一季度支部党员大会"])
    assert desk.bin.listed()[0].reason == "误录"


def test_several_of_all_kinds_come_back_together(qtbot, page, desk, shell, toasts):
    for thing in everything(desk):
        thing.delete("误录")
    shown = open_bin(qtbot, page, shell)
    assert len(titles(shown)) == 5
    shown.table.view.selectAll()
    assert shown.findChild(QPushButton, "bin.restore").text().strip() == "恢复（5）"
    assert not shown.findChild(QPushButton, "bin.versions").isEnabled()
    press(shown, "bin.restore")
    qtbot.waitUntil(lambda: titles(shown) == [])
    assert toasts[-1].text == "已恢复：5 条"


def test_what_is_refused_is_said_and_stays(qtbot, page, desk, shell, toasts):
    gone = put_member(desk)
    desk.roster.delete(gone.id, "误录")
    put_member(desk)
    shown = open_bin(qtbot, page, shell)
    notices = []
    shell.messages.noticed.connect(notices.append)
    press(shown, "bin.restore")
    qtbot.waitUntil(lambda: bool(notices))
    assert "没有恢复" in notices[0].text
    assert "已有同一内容的记录在用：何十一" in "".join(notices[0].details)
    assert titles(shown) == ["何十一"]
    assert toasts == []


def test_the_filter_looks_at_kind_title_reason_and_initials(qtbot, page, desk, shell):
    for thing in everything(desk):
        thing.delete("误录")
    shown = open_bin(qtbot, page, shell)
    for typed, found in (
        ("何十一", ["何十一"]),
        ("hsy", ["何十一"]),
        ("heshiy", ["何十一"]),
        ("合拾意", ["何十一"]),
        ("会议 误录", ["2026年第一季度支部党员大会"]),
        ("台账样式", ["身边无三违"]),
        ("没有这样的", []),
    ):
        shown.filter.setText(typed)
        assert titles(shown) == found, typed
    shown.filter.clear()
    assert shown.table.foot.text() == "共 5 条"
    shown.table.ordered.emit("title", False)
    first = titles(shown)
    shown.table.ordered.emit("title", True)
    assert titles(shown) == first[::-1]
    assert first != first[::-1]


def test_the_right_button_offers_the_same_acts(qtbot, page, desk, shell):
    member = put_member(desk)
    desk.roster.delete(member.id)
    shown = open_bin(qtbot, page, shell)
    menu = right_click(shown)
    offered = [a.text() for a in menu.actions() if a.text() and a.menu() is None]
    assert offered == ["恢复", "版本", "彻底删除"]
    assert columns_of(menu) == ["类别", "名称", "日期", "删除时间", "删除原因"]


def test_the_contents_of_what_lies_in_the_bin_can_be_read(qtbot, page, desk, shell):
    uid = put_meeting(desk)
    desk.meetings.delete(uid)
    shown = open_bin(qtbot, page, shell)
    shown.table.view.setFocus()
    QTest.keyClick(shown.table.view, Qt.Key.Key_Return)
    view = page.versions
    qtbot.waitUntil(lambda: cells(view.table) == [("所在位置", "—", "回收站")])
    assert view.number == 1
    assert not view.restore.isEnabled()
    view.ways.chip("whole").click()
    qtbot.waitUntil(lambda: ("地点", "三楼会议室") in cells(view.table))
    assert page.back()
    assert page.bin.isVisible()
    press(page.bin, "bin.versions")
    qtbot.waitUntil(lambda: view.isVisible() and view.number == 1)
    press(view, "versions.back")
    assert page.bin.isVisible()


def test_a_library_for_reading_only_shows_the_bin_but_restores_nothing(
    qtbot, tmp_path, desk, shell, monkeypatch
):
    uid = put_meeting(desk)
    desk.meetings.save(replace(desk.meetings.one(uid), place="二楼"))
    member = put_member(desk)
    desk.roster.delete(member.id)
    monkeypatch.setattr(type(desk), "read_only", property(lambda _self: "只能查看。"))
    made = SettingsPage(desk, shell)
    made.parts.finish()
    qtbot.addWidget(made)
    made.show()
    made.refresh(frozenset(Topic))
    quiet(qtbot, shell)
    made.open_bin()
    quiet(qtbot, shell)
    assert titles(made.bin) == ["何十一"]
    assert not made.bin.acts.actions["restore"].isVisible()
    made.show_versions(uid)
    qtbot.waitUntil(lambda: bool(cells(made.versions.table)))
    assert not made.versions.restore.isEnabled()


def test_what_purging_means_is_shown_before_a_reason_is_asked(qtbot, page, desk, shell, toasts):
    things = everything(desk)
    for thing in things:
        thing.delete("误录")
    shown = open_bin(qtbot, page, shell)
    shown.table.view.selectAll()
    press(shown, "bin.purge")
    view = page.purging
    qtbot.waitUntil(view.go.isEnabled)
    assert view.isVisible()
    assert view.question.text() == "要彻底删除这 5 条吗？删除后不能恢复。"
    lines = [each.text() for each in view.findChildren(QLabel) if each.isVisibleTo(view)]
    assert "会议　2026年第一季度支部党员大会　2026-03-18" in lines
    assert any("5 条记录" in line for line in lines)
    assert any("清除前的备份里还有" in line for line in lines)
    press(view, "purge.go")
    assert view.wrong.text() == "请写明为什么彻底删除。"
    assert len(desk.bin.listed()) == 5
    QTest.keyClicks(view.reason, "an gui ding")
    press(view, "purge.go")
    qtbot.waitUntil(lambda: shown.isVisible() and titles(shown) == [])
    assert toasts[-1].text.startswith("已彻底删除 5 条；清除前的备份：")
    press(shown, "bin.log")
    log = page.purges
    qtbot.waitUntil(lambda: bool(log.table.model.ids))
    row = [log.table.model.index(0, at).data() for at in range(4)]
    assert set(row[1].split("、")) == {f"{thing.kind} 1" for thing in things}
    assert row[2] == "an gui ding"
    assert page.back()
    assert shown.isVisible()


def test_giving_up_purging_leaves_everything(qtbot, page, desk, shell):
    uid = put_meeting(desk)
    desk.meetings.delete(uid, "误录")
    shown = open_bin(qtbot, page, shell)
    for leave in ("purge.cancel", "purge.back"):
        press(shown, "bin.purge")
        qtbot.waitUntil(page.purging.go.isEnabled)
        press(page.purging, leave)
        qtbot.waitUntil(shown.isVisible)
    assert [each.id for each in desk.bin.listed()] == [uid]
    assert desk.purges.acts() == ()


def test_what_cannot_go_is_said_with_what_to_do(qtbot, page, desk, shell):
    member = put_member(desk)
    uid = put_meeting(desk, host="何十一")
    desk.meetings.delete(uid, "误录")
    desk.roster.delete(member.id, "误录")
    shown = open_bin(qtbot, page, shell)
    shown.table.select(member.id)
    notices = []
    shell.messages.noticed.connect(notices.append)
    press(shown, "bin.purge")
    qtbot.waitUntil(lambda: bool(notices) and shown.isVisible())
    assert "没有彻底删除" in notices[0].text
    assert "党员“何十一”：会议“2026年第一季度支部党员大会”写到或关联着它" in notices[0].details[0]
