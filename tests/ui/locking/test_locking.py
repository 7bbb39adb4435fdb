"""A library with a password in the window: asked for, locked, forgotten, set and taken away."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from dangjian_desktop.services.desk import open_desk
from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.copying import back_up, carry
from dangjian_desktop.storage.copies.checks import verify
from dangjian_desktop.storage.file.keys import is_locked, let_go, slots_file
from dangjian_desktop.ui.settings.restoring import ask_restore
from dangjian_desktop.ui.window import idle
from dangjian_desktop.ui.window.frame import TITLE
from tests.ui.locking.world import NEW, OLD, enter, opened, page_of, words_in

pytestmark = pytest.mark.usefixtures("quick_passwords")


def test_a_locked_library_asks_and_opens(qtbot, program, path):
    program.start(path)
    page = page_of(qtbot, program)
    assert program.window is None
    assert program.frame.windowTitle() == TITLE
    enter(qtbot, page, "wrong word")
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    enter(qtbot, page, "")
    assert page.problem.text() == "请输入密码。"
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: program.desk is not None)
    assert program.frame.centralWidget() is program.window
    assert program.settings.recent == (path,)


def test_who_has_no_password_goes_back_to_the_first_window(qtbot, program, path):
    program.start(path)
    page_of(qtbot, program).back.click()
    qtbot.waitUntil(lambda: program.first is not None and program.first.isVisible())
    assert program.desk is None
    assert is_locked(path)


def test_a_forgotten_password_is_set_anew_with_the_code(qtbot, program, path, secret):
    program.start(path)
    page = page_of(qtbot, program)
    page.forgotten.click()
    assert page.code.isVisible()
    wrong = [*secret.groups]
    wrong[3] = "ZZZZZ"
    for line in (page.new.first, page.new.again):
        line.setText(NEW)
    page.code.setPlainText(" ".join(wrong))
    page.renew.click()
    qtbot.waitUntil(lambda: "第4组" in page.wrong.text())
    page.code.setPlainText("\n".join(secret.groups).lower())
    page.renew.click()
    qtbot.waitUntil(lambda: program.desk is not None)
    let_go()
    passwords.unlock(path, NEW)


def test_lost_slots_lead_to_the_code(qtbot, program, path, secret):
    slots_file(path).unlink()
    program.start(path)
    page = page_of(qtbot, program)
    enter(qtbot, page, OLD)
    qtbot.waitUntil(page.code.isVisible)
    assert "不见了" in page.why.text()


def test_locked_nothing_is_seen_and_unlocked_all_is_as_it_was(qtbot, program, path):
    opened(qtbot, program, path)
    program.shell.open("roster")
    qtbot.waitUntil(lambda: program.window.here == "roster" and not program.jobs.busy)
    window = program.window
    box = QWidget()
    box.setWindowTitle("张三")
    qtbot.addWidget(box)
    box.show()
    # Keys are for the window that is active, and the new one becomes it some time later.
    qtbot.waitUntil(box.isActiveWindow)
    program.frame.activateWindow()
    qtbot.waitUntil(program.frame.isActiveWindow)
    qtbot.keyClick(program.frame, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    page = page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert shown == [program.frame]
    assert "张三" not in words_in(program.frame)
    assert not window.isVisible()
    assert program.frame.windowTitle() == TITLE
    # What is asked of the library meanwhile waits and is no error.
    asked = []
    program.jobs.library(program.desk.mark, asked.append)
    qtbot.wait(50)
    assert (asked, program.said) == ([], [])
    enter(qtbot, page, "wrong word")
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: asked != [])
    assert program.frame.centralWidget() is window
    assert (window.here, window.isVisible(), box.isVisible()) == ("roster", True, True)
    assert program.said == []


def test_a_library_closed_while_locked_is_closed_whole_and_has_its_copy(qtbot, program, path):
    opened(qtbot, program, path)
    program.desk.lock.set_minutes(20)
    qtbot.waitUntil(lambda: not program.jobs.busy)
    program.shell.lock_asked.emit()
    page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
    program.frame.close()
    qtbot.waitUntil(lambda: program.left == [1])
    assert not path.with_name("支部.dangjian.lock").exists()
    assert program.said == []
    passwords.unlock(path, OLD)
    desk = open_desk(path)
    assert not desk._library.changed_since_copy()
    assert verify(path) == ()
    desk.close()


def test_a_password_forgotten_while_locked_is_set_anew(qtbot, program, path, secret):
    opened(qtbot, program, path)
    program.shell.lock_asked.emit()
    page = page_of(qtbot, program)
    qtbot.waitUntil(lambda: is_locked(path))
    page.ask_code()
    page.code.setPlainText("".join(secret.groups))
    for line in (page.new.first, page.new.again):
        line.setText(NEW)
    page.renew.click()
    qtbot.waitUntil(lambda: not program.locking.covered)
    assert program.desk.lock.minutes() == 10


def test_without_a_password_nothing_is_locked_and_that_is_said(qtbot, program, path):
    passwords.unlock(path, OLD)
    passwords.remove_password(path, OLD)
    program.start(path)
    qtbot.waitUntil(lambda: program.desk is not None)
    with qtbot.waitSignal(program.shell.toasted) as said:
        program.shell.lock_asked.emit()
    assert "没有密码" in said.args[0].text
    assert not program.locking.covered
    assert program.locking._idle is None


def test_nobody_at_the_window_locks_it(qtbot, program, path, monkeypatch):
    opened(qtbot, program, path)
    qtbot.waitUntil(lambda: program.locking._idle is not None)
    watching = program.locking._idle
    now = [time.monotonic(), time.time()]
    monkeypatch.setattr(idle, "_now", lambda: tuple(now))
    watching._stir()
    watching._looked = tuple(now)

    def later(minutes, *, by_clock=None):
        now[0] += 60 * minutes
        now[1] += 60 * (minutes if by_clock is None else by_clock)
        watching.look()

    later(9)
    qtbot.mouseMove(program.frame.windowHandle())
    QApplication.sendEvent(program.frame.windowHandle(), _move())
    later(9)
    assert not program.locking.covered
    # A clock that was set back gives no more time, and none that was set on a little.
    later(0, by_clock=-60 * 24 * 365)
    assert not program.locking.covered
    later(2)
    assert program.locking.covered


def test_a_computer_that_slept_is_locked(qtbot, program, path, monkeypatch):
    opened(qtbot, program, path)
    qtbot.waitUntil(lambda: program.locking._idle is not None)
    watching = program.locking._idle
    now = [time.monotonic(), time.time()]
    monkeypatch.setattr(idle, "_now", lambda: tuple(now))
    watching._stir()
    watching._looked = tuple(now)
    now[1] += 3600
    watching.look()
    assert program.locking.covered


@pytest.mark.parametrize("way", ["password", "code", "zip"])
def test_a_copy_under_another_key_asks_for_its_own_before_it_is_compared(
    qtbot, program, path, secret, tmp_path, monkeypatch, way
):
    passwords.unlock(path, OLD)
    old = tmp_path / ("旧.zip" if way == "zip" else "旧.dangjian")
    (carry if way == "zip" else back_up)(path, old)
    passwords.renew_code(path, passwords.new_secret(), OLD)
    passwords.change_password(path, OLD, NEW)
    let_go()
    opened(qtbot, program, path, NEW)
    asked = []
    monkeypatch.setattr(program.messages, "ask", lambda *given, **_: asked.append(given))
    ask_restore(program.window, program.desk, program.shell, old, "那份")
    page = page_of(qtbot, program)
    assert "旧" in words_in(page)
    page.back.click()
    assert program.frame.centralWidget() is program.window
    assert asked == []
    ask_restore(program.window, program.desk, program.shell, old, "那份")
    page = page_of(qtbot, program)
    enter(qtbot, page, NEW)
    qtbot.waitUntil(lambda: "密码不对" in page.problem.text())
    if way == "code":
        page.ask_code()
        page.code.setPlainText("".join(secret.groups))
        for line in (page.new.first, page.new.again):
            line.setText("third password")
        page.renew.click()
    else:
        enter(qtbot, page, OLD)
    qtbot.waitUntil(lambda: asked != [])
    assert "相同" in asked[0][1]
    assert program.frame.centralWidget() is program.window
    assert program.said == []


def _move():
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    at = QPointF(5, 5)
    none = Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
