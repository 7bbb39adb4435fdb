from __future__ import annotations

import pytest

from tests.services.make import a_library
from tests.ui.program_world import one_place


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
