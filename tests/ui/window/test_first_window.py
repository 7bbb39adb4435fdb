from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from dangjian_desktop.ui.look.tab_order import in_order
from dangjian_desktop.ui.window.first_steps import file_stem
from dangjian_desktop.ui.window.first_window import FirstWindow
from tests.ui.dropping import drop


class Chosen:
    """Chooses at once what a test wants."""

    def __init__(self, path):
        self.path = path

    def open_file(self, parent, title, patterns, then, *, purpose):
        then(self.path)

    def folder(self, parent, title, then, *, purpose):
        then(self.path)

    def save_file(self, parent, title, suggested, patterns, then, *, purpose):
        self.suggested = suggested
        then(self.path)


@pytest.fixture
def first(qtbot, shell, tmp_path):
    shell.choosers = Chosen(tmp_path)
    made = FirstWindow(shell)
    qtbot.addWidget(made)
    made.show()
    return made


def test_it_says_that_secret_matter_does_not_belong_here(first):
    assert any("国家秘密" in each.text() for each in first.start.findChildren(QLabel))


def test_a_new_branch_needs_its_name(qtbot, first, tmp_path):
    first.start.new.click()
    with qtbot.assertNotEmitted(first.new_asked):
        first.new.make.click()
    assert first.new.problem.text() == "请填写支部全称"
    first.new.name.setText("中共××公司综采一队支部委员会")
    assert first.new.problem.isHidden()
    first.new.superior.setText("中共××公司委员会")
    first.new.findChild(QPushButton, "choose_place").click()
    with qtbot.waitSignal(first.new_asked) as asked:
        first.new.make.click()
    file = tmp_path / "中共××公司综采一队支部委员会.dangjian"
    assert asked.args == ["中共××公司综采一队支部委员会", "中共××公司委员会", file]


def test_a_wrong_name_is_shown_by_border_ground_and_words(qtbot, first, theme):
    def ground():
        return first.new.name.grab().toImage().pixelColor(40, 8).name().upper()

    first.start.new.click()
    qtbot.waitUntil(first.new.name.isVisible)
    assert ground() == theme.tokens["surface"]
    first.new.make.click()
    assert ground() == theme.tokens["bad_ground"]
    assert first.new.name.property("wrong")
    first.new.name.setText("综采一队")
    assert ground() == theme.tokens["surface"]


def test_a_banner_does_not_move_what_is_typed_into(qtbot, first, shell):
    def place():
        return first.new.name.mapTo(first, QPoint()).y()

    first.resize(1366, 768)
    first.start.new.click()
    qtbot.waitUntil(first.new.name.isVisible)
    qtbot.waitUntil(lambda: place() > 100)
    before = place()
    shell.messages.notice("不能写入这个文件夹", "请另选一个文件夹")
    qtbot.waitUntil(lambda: first.banner.height() > 30 and first.banner.y() > 600)
    qtbot.waitUntil(lambda: place() == before)


@pytest.mark.parametrize("step", ["start", "new"])
def test_tab_goes_through_it_as_one_reads(qtbot, first, step):
    first.resize(1366, 768)  # nothing of it is scrolled away
    if step == "new":
        first.start.new.click()
    part = getattr(first, step)
    qtbot.waitUntil(part.isVisible)
    first.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def as_one_reads():
        seen = _tabbed()
        assert set(seen) == {w for w in part.findChildren(QWidget) if _takes_tab(w)}
        start = seen.index(in_order(first)[0])
        tops = [w.mapTo(first, QPoint()).y() // 24 for w in seen[start:] + seen[:start]]
        assert tops == sorted(tops)

    # What comes late, as a line that is shown by the next event, is put in order then.
    qtbot.waitUntil(as_one_reads)


def _tabbed():
    seen = []
    while (here := QApplication.focusWidget()) not in seen:
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return seen


def _takes_tab(widget):
    tab = Qt.FocusPolicy.TabFocus
    return bool(widget.focusPolicy() & tab) and widget.isVisible() and widget.isEnabled()


def test_names_become_file_names_that_every_system_takes():
    assert file_stem("综采/一队: 支部?. ") == "综采一队 支部"
    assert len(file_stem("长" * 200)) == 60


def test_open_and_example_ask_where(qtbot, first, tmp_path):
    with qtbot.waitSignal(first.open_asked) as asked:
        first.start.open.click()
    assert asked.args == [tmp_path]
    with qtbot.waitSignal(first.demo_asked):
        first.start.demo.click()


def test_recent_libraries_are_opened_and_missing_ones_are_said_to_be(
    qtbot, first, settings, tmp_path
):
    there = tmp_path / "综采三队.dangjian"
    there.touch()
    settings.remember_library(tmp_path / "没有了.dangjian")
    settings.remember_library(there)
    first.start.list_recent()
    rows = first.start.findChildren(QPushButton, "recent")
    assert [row.isEnabled() for row in rows] == [True, False]
    assert "找不到该文件" in rows[1].text()
    with qtbot.waitSignal(first.open_asked) as asked:
        rows[0].click()
    assert asked.args == [there]


def test_names_that_were_typed_are_there_the_next_time_until_the_library_is_made(
    qtbot, first, shell, settings, tmp_path
):
    def next_time():
        made = FirstWindow(shell)
        qtbot.addWidget(made)
        return made.new.name.text(), made.new.superior.text()

    first.start.new.click()
    first.new.name.insert("综采一队")
    first.new.superior.insert("公司党委")
    assert next_time() == ("综采一队", "公司党委")
    settings.remember_library(tmp_path / "综采一队.dangjian")
    assert next_time() == ("", "")


def test_what_waits_for_a_library_is_said_here(first):
    assert not first.start.waiting.isVisible()
    first.start.tell_waiting({"综采三队": 2})
    assert first.start.waiting.isVisible()
    assert "“综采三队”2份" in first.start.waiting.text()
    first.start.tell_waiting({})
    assert not first.start.waiting.isVisible()


def test_a_library_that_is_dropped_is_opened_and_anything_else_refused(
    qtbot, first, shell, tmp_path
):
    library, letter = tmp_path / "支部.dangjian", tmp_path / "通知.docx"
    for file in (library, letter):
        file.write_bytes(b"x")
    with qtbot.waitSignal(first.open_asked) as asked:
        drop(first, library)
    assert asked.args == [library]
    with qtbot.waitSignal(shell.messages.noticed) as said, qtbot.assertNotEmitted(first.open_asked):
        drop(first, letter)
    assert said.args[0].text == "“通知.docx”不能放在这里。"


def test_a_folder_of_everything_and_the_place_of_the_library_are_asked_for(
    qtbot, first, shell, tmp_path
):
    folder = tmp_path / "综采三队_全部导出_20260331"
    shell.choosers = Chosen(folder)
    with qtbot.waitSignal(first.bring_asked) as asked:
        first.start.bring.click()
    assert asked.args == [folder, folder, None]
    assert shell.choosers.suggested == "综采三队.dangjian"
