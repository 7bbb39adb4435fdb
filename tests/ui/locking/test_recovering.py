"""An emptied or damaged library whose copies have a password: the window asks for it."""

from __future__ import annotations

import pytest

from dangjian_desktop.papers.catalogue import Wanted
from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.copying import back_up, carry
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import has_password, let_go, slots_file
from tests.services.make import a_meeting, clock
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


@pytest.fixture
def minutes_alone(path, tmp_path, monkeypatch):
    """Nothing is left but the slots and what was sealed when it was printed."""
    monkeypatch.setattr("dangjian_desktop.storage.copies.checks.PAUSE", 0)
    passwords.unlock(path, OLD)
    desk = open_desk(path, clock=clock)
    desk.meetings.import_json(a_meeting())
    (uid,) = desk.meetings.find()
    desk.printing.export("minutes", tmp_path / "出", uid, Wanted())
    desk._library.close()
    let_go()
    path.write_bytes(b"")
    return path


def test_sealed_minutes_ask_for_the_password_and_the_library_stays_under_it(
    qtbot, program, minutes_alone, monkeypatch
):
    slots = slots_file(minutes_alone).read_bytes()
    program.start(minutes_alone)
    window = recovery(qtbot, program)
    agree(program, monkeypatch)
    window.rebuild.click()
    page = page_of(qtbot, program)
    enter(qtbot, page, NEW)
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    assert "DANGJIAN" not in words_in(page)
    heard = []
    program.messages.noticed.connect(lambda notice: heard.append(notice.text))
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert "仍用原来的密码打开，恢复码不变" in heard[0]
    assert len(program.desk.meetings.find()) == 1
    assert has_password(minutes_alone)
    assert slots_file(minutes_alone).read_bytes() == slots
    assert verify(minutes_alone) == ()


def test_sealed_minutes_without_slots_open_by_the_code_and_a_new_password(
    qtbot, program, minutes_alone, secret, monkeypatch
):
    slots_file(minutes_alone).unlink()
    minutes_alone.unlink()
    program.start(minutes_alone)
    window = recovery(qtbot, program)
    agree(program, monkeypatch)
    window.rebuild.click()
    page = page_of(qtbot, program)
    enter(qtbot, page, OLD)
    qtbot.waitUntil(page.code.isVisible)
    assert "钥匙文件不见了" in page.why.text()
    for line in (page.new.first, page.new.again):
        line.setText(NEW)
    page.code.setPlainText(" ".join(passwords.new_secret().groups))
    page.renew.click()
    qtbot.waitUntil(lambda: "打不开打印时另存的会议记录" in page.wrong.text())
    page.code.setPlainText(" ".join(secret.groups))
    page.renew.click()
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    let_go()
    passwords.unlock(minutes_alone, NEW)
    assert passwords.recovery_code(minutes_alone, NEW) == secret.groups
