from __future__ import annotations

import pytest

from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import has_password
from dangjian_desktop.ui.settings.restoring import ask_restore
from tests.services.make import a_library
from tests.ui.program_world import one_place

WORD = "备份的密码很长"


@pytest.fixture
def program(qtbot, a_program, tmp_path):
    made = a_program(places=one_place)
    library = a_library(tmp_path)
    library.close()
    made.start(library.path)
    qtbot.waitUntil(lambda: made.desk is not None and not made.jobs.busy)
    return made


def test_a_copy_takes_the_place_of_the_library_and_the_present_one_is_kept(qtbot, program):
    copy = program.desk.copies.backup().file
    branch = program.desk.branch.get()
    program.desk.branch.enter({"short_name": "改过的简称", "change": "fix"})
    before = program.desk
    program.shell.restore(copy)
    qtbot.waitUntil(lambda: program.desk not in (None, before), timeout=10_000)
    assert program.desk.branch.get().short_name == branch.short_name
    assert program.desk.path == before.path
    reasons = [kept.reason for kept in program.desk.copies.kept()]
    assert "恢复前" in reasons
    assert copy.is_file()
    assert program.window.isEnabled()


def test_the_oldest_of_ten_copies_is_not_rotated_away_by_restoring_it(qtbot, program):
    copies = [program.desk.copies.backup().file for _ in range(10)]
    program.desk.branch.enter({"superior": "中共上级"})
    before = program.desk
    program.shell.restore(copies[0])
    qtbot.waitUntil(lambda: program.desk not in (None, before), timeout=10_000)
    assert program.desk.branch.get().superior == ""


def test_a_copy_that_is_not_whole_is_refused_and_the_library_opened_again(qtbot, program, tmp_path):
    wrong = tmp_path / "坏.dangjian"
    wrong.write_bytes(b"x" * 9000)
    before = program.desk
    with qtbot.waitSignal(program.messages.noticed, timeout=10_000):
        program.shell.restore(wrong)
    qtbot.waitUntil(lambda: program.desk not in (None, before), timeout=10_000)
    assert len(program.desk.roster.roll().members) == 10


def test_which_password_opens_it_after_is_said_before_and_after(
    qtbot, program, tmp_path, monkeypatch, quick_passwords
):
    """A copy with a password into a library without one, and the one without back into that."""
    asked, heard = [], []
    monkeypatch.setattr(
        program.messages, "ask", lambda *given, **_named: asked.append(given[1]) or given[3]()
    )
    program.messages.noticed.connect(lambda notice: heard.append(notice.text))
    clear = program.desk.copies.backup(tmp_path / "不加密.dangjian").file
    locked = program.desk.copies.backup(tmp_path / "加密.dangjian").file
    passwords.set_password(locked, passwords.new_secret(), WORD)
    put_back(qtbot, program, locked)
    assert "这份备份有密码；恢复后资料库用这份备份的密码和恢复码打开" in asked[0]
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert "现在资料库用这份备份的密码和恢复码打开" in heard[0]
    assert has_password(program.desk.path)
    put_back(qtbot, program, clear)
    assert "这份备份没有密码；恢复后资料库仍用原来的密码和恢复码打开" in asked[1]
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert "现在资料库仍用原来的密码" in heard[1]
    assert has_password(program.desk.path)
    put_back(qtbot, program, program.desk.copies.backup().file)
    assert "密码" not in asked[2]


def put_back(qtbot, program, copy):
    before = program.desk
    ask_restore(program.window, before, program.shell, copy, f"“{copy.name}”")
    qtbot.waitUntil(
        lambda: program.desk not in (None, before) and not program.jobs.busy, timeout=10_000
    )
