"""An emptied or damaged library whose copies have a password: the window asks for it."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.copying import back_up, carry
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import let_go
from tests.ui.locking.world import NEW, OLD, enter, page_of, words_in
from tests.ui.roster_world import Chosen

pytestmark = pytest.mark.usefixtures("quick_passwords")


@pytest.fixture
def emptied(path, monkeypatch):
    """The library with a copy, locked; then its file was cut to nothing."""
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    passwords.unlock(path, OLD)
    back_up(path)
    let_go()
    path.write_bytes(b"")
    return path


def recovery(qtbot, program):
    """The window as it stands in the frame, once nothing is looked at any more."""

    def there():
        window = program.recovering.window
        return window is not None and program.frame.centralWidget() is window

    qtbot.waitUntil(lambda: there() and not program.jobs.busy)
    return program.recovering.window


def agree(program, monkeypatch):
    asked = []

    def ask(question, detail, verb, then, *, parent=None, otherwise=None):
        asked.append(f"{question}{detail}{verb}")
        then()

    monkeypatch.setattr(program.messages, "ask", ask)
    return asked


def test_copies_are_asked_for_their_password_and_then_counted_and_restored(
    qtbot, program, emptied, monkeypatch
):
    program.start(emptied)
    window = recovery(qtbot, program)
    words = words_in(window)
    assert "备份有密码：请先输入密码" in words
    assert "没有完好的备份" not in words
    assert "重建" not in words
    assert "DANGJIAN" not in words
    assert not window.restore.isVisible()
    window.unlock.click()
    page = page_of(qtbot, program)
    page.back.click()
    assert recovery(qtbot, program) is window
    window.unlock.click()
    page = page_of(qtbot, program)
    enter(qtbot, page, NEW)
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: program.recovering.window is not window)
    window = recovery(qtbot, program)
    assert window.damage.whole.records == {"党员": 10}
    assert not window.unlock.isVisible()
    assert not window.rebuild.isVisible()
    agree(program, monkeypatch)
    window.restore.click()
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert verify(emptied) == ()


@pytest.mark.parametrize("way", ["旧.zip", "旧.dangjian"])
def test_one_from_elsewhere_is_asked_for_its_password_too(
    qtbot, program, emptied, tmp_path, monkeypatch, way
):
    passwords.unlock(next(emptied.with_suffix(".copies").glob("*.dangjian")), OLD)
    own = next(emptied.with_suffix(".copies").glob("*.dangjian"))
    elsewhere = tmp_path / way
    (carry if way.endswith("zip") else back_up)(own, elsewhere)
    let_go()
    program.start(emptied)
    window = recovery(qtbot, program)
    program.shell.choosers = Chosen(elsewhere)
    agree(program, monkeypatch)
    window.elsewhere.click()
    enter(qtbot, page_of(qtbot, program), OLD)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    assert verify(emptied) == ()
    assert program.said == []
