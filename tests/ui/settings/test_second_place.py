"""The second place, the file for a stick and the way back from one, in the settings and on the
first page; the copies that are made while the window is open."""

from __future__ import annotations

import shutil
import threading
import time
from datetime import timedelta

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton

from dangjian_desktop.services.library import copying, places
from dangjian_desktop.services.library.copying import problems_of
from dangjian_desktop.storage.copies import second
from dangjian_desktop.storage.copies.kept import in_folder
from dangjian_desktop.storage.file.moments import now
from dangjian_desktop.storage.file.places import Place
from dangjian_desktop.ui import opened
from dangjian_desktop.ui.desk.copying import Copying
from dangjian_desktop.ui.home.gathering import load_home
from dangjian_desktop.ui.window.first_steps import NewStep
from dangjian_desktop.ui.window.main_window import MainWindow
from tests.services.make import a_meeting
from tests.ui.roster_world import Chosen, quiet
from tests.ui.settings.test_restoring import program

__all__ = ["program"]


def press(page, name: str) -> None:
    page.findChild(QPushButton, name).click()


def said(page, name: str) -> str:
    return page.findChild(QLabel, name).text()


@pytest.fixture
def stick(tmp_path):
    folder = tmp_path / "U盘"
    folder.mkdir()
    return folder


@pytest.fixture
def begun(desk):
    """No first step is left open."""
    desk.meetings.import_json(a_meeting())
    desk.branch.enter({"superior": "中共上级委员会", "change": "fix"})
    return desk


def lines(desk) -> list[str]:
    return [todo.words for todo in load_home(desk).todos if todo.place == "settings"]


def test_it_is_chosen_and_says_how_it_stands(qtbot, page, desk, shell, stick) -> None:
    assert said(page, "second.place").startswith("没有设置")
    shell.choosers = Chosen(stick)
    press(page, "second.choose")
    quiet(qtbot, shell)
    assert said(page, "second.place") == str(stick)
    assert "与现在的资料相同" in said(page, "second.state")
    assert len(in_folder(desk.path, stick)) == 1
    days = page.findChild(QComboBox, "second.days")
    assert days.currentText() == "超过 7 天在工作台提醒"
    days.setCurrentIndex(0)
    days.activated.emit(0)
    quiet(qtbot, shell)
    assert desk.copies.second().most == 1
    press(page, "second.drop")
    quiet(qtbot, shell)
    assert desk.copies.second() is None
    assert len(in_folder(desk.path, stick)) == 1


def test_its_age_is_a_thing_to_do(begun, stick, monkeypatch) -> None:
    begun.copies.choose_second(stick)
    begun.copies.set_days(3)
    shutil.rmtree(stick)
    assert lines(begun) == []
    later = now() + timedelta(days=12)
    monkeypatch.setattr(second, "now", lambda: later)
    assert lines(begun) == ["第二备份位置已有 12 天没有备份，接好磁盘或U盘后自动补上"]


def test_it_is_offered_once_and_nobody_is_pressed(begun) -> None:
    offered = "备份只放在这个磁盘上，可在另一个磁盘或U盘上再放一份"
    assert lines(begun) == [offered]
    begun.clock = lambda: now() + timedelta(days=900)
    begun.copies._clock = begun.clock
    assert lines(begun) == []


def test_the_file_for_a_stick_is_read_back_before_it_is_said(
    qtbot, page, desk, shell, stick
) -> None:
    shell.choosers = Chosen(stick / "带走.zip")
    with qtbot.waitSignal(shell.toasted) as toast:
        press(page, "copies.stick")
    assert toast.args[0].text.startswith("已拷出并从U盘读回核对：带走.zip（1MB）")
    assert problems_of(stick / "带走.zip") == ()
    quiet(qtbot, shell)


def test_restoring_says_what_it_undoes(qtbot, page, desk, shell, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr(
        shell.messages, "ask", lambda *words, parent=None: asked.append(words), raising=False
    )
    desk.copies.backup()
    desk.meetings.import_json(a_meeting())
    quiet(qtbot, shell)
    page.copies.load()
    quiet(qtbot, shell)
    page.copies.table.view.selectRow(0)
    press(page, "copies.restore")
    quiet(qtbot, shell)
    ((question, detail, verb, _go),) = asked
    assert question.startswith("要恢复到今天")
    assert detail.startswith("这份备份以后：会议新增 1。恢复后回到当时的样子。")
    assert "另存为一份备份" in detail
    assert verb == "恢复"


def test_a_file_from_a_stick_takes_the_place_of_the_library(qtbot, program, tmp_path) -> None:
    made = program.desk.copies.carry(tmp_path / "带走.zip").file
    program.desk.branch.enter({"short_name": "改过的简称", "change": "fix"})
    before = program.desk
    program.shell.restore(made)
    qtbot.waitUntil(lambda: program.desk not in (None, before))
    assert program.desk.branch.get().short_name != "改过的简称"


# ---- while the window is open -----------------------------------------------------------------


def test_a_copy_is_made_while_it_is_open_only_where_something_changed(qtbot, desk, shell) -> None:
    copies, copied = Copying(desk, shell, shell), []
    shell.copied.connect(copied.append)

    def look() -> int:
        copies.look()
        quiet(qtbot, shell)
        assert len(desk.copies.kept()) == len(copied)
        return len(copied)

    assert [look(), look()] == [1, 1]
    desk.branch.enter({"short_name": "新简称", "change": "fix"})
    assert [look(), look()] == [2, 2]
    assert desk.copies.newest().reason == "定时"


def test_the_window_lives_and_saves_while_a_copy_is_made(qtbot, desk, shell, monkeypatch) -> None:
    """A copy that takes long holds up neither the events nor the library's thread."""
    going, end = threading.Event(), threading.Event()
    real = copying.backup

    def slow(*given, **options):
        going.set()
        assert end.wait(20)
        return real(*given, **options)

    monkeypatch.setattr(copying, "backup", slow)
    ticks, saved = [], []
    timer = QTimer(shell)
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    timer.start(1)
    Copying(desk, shell, shell).look()
    qtbot.waitUntil(going.is_set)
    shell.jobs.library(
        lambda: desk.branch.enter({"short_name": "新", "change": "fix"}), saved.append
    )
    qtbot.waitUntil(lambda: bool(saved) and len(ticks) > 20)
    assert desk.copies.kept() == ()
    end.set()
    quiet(qtbot, shell)
    assert len(desk.copies.kept()) == 1


def test_what_cannot_be_copied_is_said_once(qtbot, desk, shell, monkeypatch) -> None:
    told = []
    shell.messages.noticed.connect(told.append)
    folder = desk.copies.folder()
    folder.write_text("in the way")
    copying_ = Copying(desk, shell, shell)
    for _ in range(2):
        copying_.look()
        quiet(qtbot, shell)
    qtbot.waitUntil(lambda: bool(told))
    assert len(told) == 1
    assert "备份文件夹" in told[0].text
    folder.unlink()
    copying_.look()
    quiet(qtbot, shell)
    assert len(desk.copies.kept()) == 1


# ---- where the library lies -------------------------------------------------------------------


def test_a_place_in_danger_is_said_once_for_each_library(
    qtbot, shell, desk, theme, monkeypatch
) -> None:
    said = []
    shell.messages.noticed.connect(said.append)
    monkeypatch.setattr(opened, "WARN_AFTER_MS", 0)
    monkeypatch.setattr(places, "place_of", lambda _path: (Place.REMOVABLE, ""))
    for _ in range(2):
        window = MainWindow(shell)
        qtbot.addWidget(window)
        opened.begin(shell, desk, window, lambda _path: None)
        qtbot.wait(20)
        quiet(qtbot, shell)
    (notice,) = said
    assert "U盘或移动硬盘" in notice.text
    assert "拷到U盘" in notice.remedy
    monkeypatch.setattr(places, "place_of", lambda _path: (Place.SYNCED, "OneDrive"))
    opened.begin(shell, desk, window, lambda _path: None)
    qtbot.wait(20)
    quiet(qtbot, shell)
    assert "同步文件夹（OneDrive）" in said[1].text


def test_a_new_library_is_warned_of_its_place_before_it_is_made(
    qtbot, theme, settings, tmp_path, monkeypatch
) -> None:
    step = NewStep(theme, Chosen(tmp_path), settings)
    qtbot.addWidget(step)
    for found, shown in (((Place.SHARE, ""), True), (None, False)):
        monkeypatch.setattr(places, "place_of", lambda _path, found=found: found)
        step.findChild(QPushButton, "choose_place").click()
        assert step.place_warning.isHidden() != shown
    monkeypatch.setattr(places, "place_of", lambda _path: (Place.SHARE, ""))
    step.findChild(QPushButton, "choose_place").click()
    assert "网络共享文件夹" in step.place_warning.text()
