from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.look.tokens import Mode
from dangjian_desktop.ui.settings.copies import age
from tests.services.make import NOW


def line(card, name):
    return card.findChild(QLineEdit, name)


def test_the_branch_is_shown_and_saved(qtbot, page, desk, shell):
    assert line(page.branch, "name").text() == "中共测试公司机关党支部"
    line(page.branch, "short_name").setText("机关党支部")
    line(page.branch, "term_start").setText("2024.3.1")
    line(page.branch, "theme_day").setText("5")
    with qtbot.waitSignals([shell.branch_named, shell.toasted]):
        page.branch.save.click()
    kept = desk.branch.get()
    assert (kept.short_name, str(kept.term_start), kept.theme_day) == (
        "机关党支部",
        "2024-03-01",
        5,
    )
    assert page.branch.state.text() == ""


def test_problems_of_the_branch_stand_under_their_fields_and_nothing_is_saved(qtbot, page, desk):
    before = desk.branch.get()
    line(page.branch, "name").setText(" ")
    line(page.branch, "theme_day").setText("五号")
    page.branch.save.click()
    assert page.branch.names.cells["name"].note.text() == "请填写党支部全称"
    assert "1 至 31 的整数" in page.branch.dates.cells["theme_day"].note.text()
    assert page.branch.names.focusWidget().objectName() == "name"
    line(page.branch, "name").setText("中共测试公司机关党支部")
    line(page.branch, "theme_day").setText("40")
    page.branch.save.click()
    qtbot.waitUntil(lambda: "1 至 31" in page.branch.dates.cells["theme_day"].note.text())
    line(page.branch, "theme_day").setText("")
    line(page.branch, "term_start").setText("2027-01-01")
    page.branch.save.click()
    qtbot.waitUntil(lambda: "晚于今天" in page.branch.term.cells["term_start"].note.text())
    assert desk.branch.get() == before


def test_what_is_being_changed_is_not_overwritten(qtbot, page, desk, jobs):
    line(page.branch, "superior").setText("中共上级")
    page.refresh(frozenset({Topic.BRANCH}))
    qtbot.waitUntil(lambda: not jobs.busy)
    assert line(page.branch, "superior").text() == "中共上级"


def test_a_copy_is_made_listed_and_told(qtbot, page, desk, shell):
    with qtbot.waitSignals([shell.toasted, shell.copied]):
        page.copies.backup.click()
    qtbot.waitUntil(lambda: len(page.copies.table.model.ids) == 1)
    kept = desk.copies.kept()
    assert page.copies.table.model.ids == (str(kept[0].file),)
    assert kept[0].reason == "手工"
    assert "刚刚" in page.copies.newest.text
    assert page.copies.backup.isEnabled()


def test_a_copy_without_a_lost_attachment_says_so(qtbot, page, desk, shell, tmp_path):
    file = tmp_path / "照片.jpg"
    file.write_bytes(b"picture")
    attached = desk._library.keep_file(file)
    with desk._library.changing() as work:
        work.attachments.register(attached)
    (desk.path.with_suffix(".files") / attached.stored).unlink()
    with qtbot.waitSignal(shell.messages.noticed) as told:
        page.copies.backup.click()
    notice = told.args[0]
    assert "1个附件不见了" in notice.text
    assert notice.details == (attached.stored,)


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (timedelta(seconds=20), "刚刚"),
        (timedelta(minutes=59), "59分钟前"),
        (timedelta(hours=23), "23小时前"),
        (timedelta(days=8), "8天前"),
    ],
)
def test_the_age_of_a_copy_in_words(past, words):
    assert age(NOW - past, NOW) == words


def test_the_folder_of_copies_is_changed_with_a_copy_in_it_and_back(
    qtbot, page, desk, shell, tmp_path
):
    usb = tmp_path / "U盘"
    usb.mkdir()

    class Chooser:
        def folder(self, _parent, _title, then, *, purpose):
            then(usb)

    shell.choosers = Chooser()
    with qtbot.waitSignal(shell.toasted):
        page.copies.change.click()
    qtbot.waitUntil(lambda: page.copies.folder.text() == str(usb))
    assert [kept.file.parent for kept in desk.copies.kept()] == [usb]
    page.copies.beside.click()
    qtbot.waitUntil(page.copies.beside.isHidden)
    assert desk.copies.folder() == desk.path.with_suffix(".copies")


def test_a_folder_that_cannot_be_written_changes_nothing(qtbot, page, desk, messages, tmp_path):
    wrong = tmp_path / "文件"
    wrong.write_text("", encoding="utf-8")
    with qtbot.waitSignal(messages.noticed):
        page.copies._keep_in(wrong)
    assert desk.copies.beside()


def test_restoring_asks_first_and_then_asks_the_window(qtbot, page, shell, messages):
    with qtbot.waitSignal(shell.toasted):
        page.copies.backup.click()
    qtbot.waitUntil(lambda: len(page.copies.table.model.ids) == 1)
    assert not page.copies.restore.isEnabled()
    page.copies.table.select(page.copies.table.model.ids[0])
    asked = []

    def ask(question, detail, verb, then, **_more):
        asked.append((question, detail, verb))
        then()

    messages.ask = ask
    with qtbot.waitSignal(shell.restore_asked) as wanted:
        page.copies.restore.click()
    assert str(wanted.args[0]) == page.copies.table.model.ids[0]
    assert asked[0][2] == "恢复"
    assert "另存为一份备份" in asked[0][1]


def test_another_library_is_opened_through_the_window(qtbot, page, shell, tmp_path):
    other = tmp_path / "另一个.dangjian"

    class Chooser:
        def open_file(self, _parent, _title, patterns, then, *, purpose):
            assert "*.dangjian" in patterns
            then(other)

    shell.choosers = Chooser()
    with qtbot.waitSignal(shell.library_asked) as wanted:
        page.copies.other.click()
    assert wanted.args == [other]


def test_what_is_derived_is_made_anew_from_the_card(qtbot, page):
    card = page.copies
    card.rebuild.click()
    assert not card.rebuild.isEnabled()
    qtbot.waitUntil(lambda: "已重建：" in card.verified.text)
    assert "搜索索引收入" in card.verified.text
    assert card.rebuild.isEnabled()


def test_verifying_says_the_result_in_words(qtbot, page, desk):
    page.copies.verify.click()
    qtbot.waitUntil(lambda: page.copies.verified.text.startswith("✓"))
    data = bytearray(desk.path.read_bytes())
    data[9000] ^= 1
    desk.path.write_bytes(data)
    page.copies.verify.click()
    qtbot.waitUntil(lambda: page.copies.verified.text.startswith("✕"), timeout=10_000)
    assert "备份" in page.copies.verified.text
    data[9000] ^= 1
    desk.path.write_bytes(data)


def test_type_size_and_mode_show_at_once_and_are_kept(page, shell):
    page.look.sizes.chip("14.0").click()
    page.look.modes.chip("dark").click()
    assert (shell.theme.points, shell.theme.mode) == (14.0, Mode.DARK)
    assert (shell.settings.points, shell.settings.mode) == (14.0, Mode.DARK)
    page.look.modes.chip("system").click()
    assert shell.settings.mode is Mode.SYSTEM


def test_a_kind_of_meeting_is_added_once(qtbot, page, desk, shell):
    page.kinds.append.click()
    assert page.kinds.form.cells["title"].note.text()
    line(page.kinds, "title").setText("安全专题会")
    box = page.kinds.findChild(QComboBox, "expected")
    box.setCurrentIndex(box.findData("all_members"))
    with qtbot.waitSignal(shell.toasted):
        qtbot.keyClick(line(page.kinds, "title"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "安全专题会" in page.kinds.list.itemAt(0).widget().text())
    assert [kind["title"] for kind in desk.branch.own_kinds()] == ["安全专题会"]
    line(page.kinds, "title").setText("安全专题会")
    box.setCurrentIndex(box.findData("committee"))
    page.kinds.append.click()
    qtbot.waitUntil(lambda: "已有" in page.kinds.form.cells["title"].note.text())
    assert len(desk.branch.own_kinds()) == 1


def test_every_rule_is_listed_and_told(page, desk):
    rules = desk.check.rules()
    assert set(page.rules.table.model.ids) == set(rules)
    page.rules.table.select("CAD-6M")
    assert rules["CAD-6M"].text == page.rules.text.text()
    assert page.rules.unconfirmed.isHidden()
    page.rules.table.select("Q-ELE-B")
    assert not page.rules.unconfirmed.isHidden()
    assert "待核对" in page.rules.unconfirmed.text()


def test_a_rule_is_switched_by_check_and_by_space(qtbot, page, desk):
    page.rules.table.select("CAD-GM")
    page.rules.check.click()
    qtbot.waitUntil(lambda: not desk.check.rules()["CAD-GM"].enabled)
    qtbot.waitUntil(page.rules.ship.isEnabled)
    assert page.rules.table.current() == "CAD-GM"
    qtbot.keyClick(page.rules.table.view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.check.rules()["CAD-GM"].enabled)


def test_the_numbers_of_a_rule_are_changed_and_given_back(qtbot, page, desk, jobs):
    page.rules.table.select("CAD-6M")
    line(page.rules, "warn_months").setText("半年")
    page.rules.save.click()
    qtbot.waitUntil(lambda: "整数" in page.rules.form.cells["warn_months"].note.text())
    line(page.rules, "warn_months").setText("6，2")
    page.rules.save.click()
    qtbot.waitUntil(lambda: desk.check.rules()["CAD-6M"].values == {"warn_months": [2, 6]})
    qtbot.waitUntil(lambda: page.rules.ship.isEnabled() and not jobs.busy)
    page.rules.ship.click()
    qtbot.waitUntil(lambda: not desk.check.changed_rules())
    qtbot.waitUntil(lambda: line(page.rules, "warn_months").text() == "3、5、6")


def test_about_tells_promises_and_licences(page):
    page.about.toggle.click()
    assert page.about.licences.isVisible()
    texts = [label.text() for label in page.about.findChildren(type(page.copies.folder))]
    assert any("不联网" in text for text in texts)
    assert any("国家秘密" in text for text in texts)
    assert {"SQLAlchemy", "Lucide", "LGPL-3.0", "Dangjian KaiTi"} <= set(texts)
    page.about.toggle.click()
    assert page.about.licences.isHidden()


def test_the_chips_go_to_a_card_and_follow_the_scrolling(qtbot, page):
    page.chips.chip("体检规则").click()
    bar = page.area.verticalScrollBar()
    assert bar.value() > 0
    bar.setValue(0)
    assert page.chips.code() == "支部信息"


def test_tab_goes_from_the_rules_to_their_numbers(qtbot, page):
    page.rules.table.select("SZ-7")
    order = ["rules.table", "formal", "least", "usual", "most", "rule.enabled", "rule.save"]

    def names():
        return [widget.objectName() for widget in in_order(page.rules)]

    qtbot.waitUntil(lambda: set(order) <= set(names()))
    found = names()
    assert sorted(order, key=found.index) == order
