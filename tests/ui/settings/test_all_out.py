"""Everything out from the settings, and back into a new library from the first window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.errors import Cancelled
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library import everything_papers
from dangjian_desktop.storage import library, plain_in
from tests.services.talks.talks_world import GIST, PASSWORD, a_desk, a_talk, talks
from tests.ui.roster_world import Chosen
from tests.ui.settings.test_restoring import program

__all__ = ["program"]


@pytest.fixture(autouse=True)
def _quickly(monkeypatch):
    """Without a workbook for each ledger, and the tables made once for all."""
    monkeypatch.setattr(everything_papers.LedgerService, "all", lambda _: ())
    monkeypatch.setattr(plain_in, "migrating", library.migrating)


def test_everything_goes_out_into_a_folder_of_its_own(qtbot, page, shell, tmp_path):
    out = page.findChild(QPushButton, "library.out")
    shell.choosers = Chosen(tmp_path)
    with qtbot.waitSignal(shell.toasted, timeout=20_000) as said:
        out.click()
    assert "已导出 10 条记录" in said.args[0].text
    assert (tmp_path / "中共测试公司机关党支部_全部导出_20260331" / "说明.txt").is_file()
    qtbot.waitUntil(out.isEnabled)


def test_stopped_it_leaves_nothing_and_can_be_asked_for_again(
    qtbot, page, shell, tmp_path, monkeypatch
):
    def stopped(*_, **__):
        raise Cancelled

    out = page.findChild(QPushButton, "library.out")
    (tmp_path / "出").mkdir()
    shell.choosers = Chosen(tmp_path / "出")
    monkeypatch.setattr(everything_papers.FilesForPeople, "steps", stopped)
    out.click()
    assert not out.isEnabled()
    qtbot.waitUntil(out.isEnabled, timeout=20_000)
    assert list((tmp_path / "出").iterdir()) == []


def test_the_first_window_makes_a_library_of_it_and_opens_that(qtbot, program, tmp_path):
    folder = program.desk.everything.export(tmp_path).folder
    before = program.desk
    before.close()
    program.desk = None
    program.show_first()
    program.shell.choosers = Chosen(tmp_path / "恢复的.dangjian")
    program.first.bring_asked.emit(folder, tmp_path / "恢复的.dangjian", None)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    assert program.desk.path == tmp_path / "恢复的.dangjian"
    assert program.desk.branch.get() == before.branch.get()
    assert len(program.desk.roster.find()) == 10


def test_what_needs_a_password_is_asked_for_one_and_comes_back_behind_it(
    qtbot, program, tmp_path, quick_passwords
):
    (tmp_path / "甲").mkdir()
    with a_desk(tmp_path / "甲", protected=True) as desk:
        talks(desk).import_json(a_talk(gist=GIST))
        folder = desk.everything.export(tmp_path / "出").folder
    place = tmp_path / "恢复的.dangjian"
    before = program.desk
    before.close()
    program.desk = None
    program.show_first()
    said = []
    program.messages.noticed.connect(said.append)
    program.first.bring_asked.emit(folder, place, None)
    steps = program.first.password
    qtbot.waitUntil(lambda: said != [] and steps.new.first.isVisible(), timeout=20_000)
    assert "谈心谈话 1 条" in said[0].text
    assert not place.exists()
    for line in (steps.new.first, steps.new.again):
        line.setText(PASSWORD)
    steps.go_on.click()
    qtbot.waitUntil(lambda: len(steps.code._groups) == 9)
    for line, at in zip(steps.code.lines, steps.code._asked, strict=True):
        line.setText(steps.code._groups[at])
    steps.code.done.click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=20_000)
    assert program.desk.path == place
    assert program.desk.protected
    (uid,) = talks(program.desk).find()
    assert talks(program.desk).one(uid).gist == GIST


def test_a_library_with_a_password_says_before_that_the_folder_has_none(
    qtbot, page, shell, monkeypatch
):
    monkeypatch.setattr(Desk, "protected", True)
    asked = []
    monkeypatch.setattr(shell.messages, "ask", lambda *given, **_: asked.append(given))
    page.findChild(QPushButton, "library.out").click()
    assert "没有密码" in asked[0][1]
