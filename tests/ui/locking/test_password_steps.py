"""A password set, changed, printed and taken away in the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from dangjian_desktop.services.library import passwords
from dangjian_desktop.services.library.copying import back_up
from dangjian_desktop.storage.file.keys import has_password, let_go
from tests.ui.locking.world import NEW, OLD, opened, words_in

pytestmark = pytest.mark.usefixtures("quick_passwords")


def steps_of(qtbot, program, way):
    program.shell.open("settings")
    qtbot.waitUntil(lambda: program.window.page("settings") is not None and not program.jobs.busy)
    page = program.window.page("settings")
    page.parts.finish()
    qtbot.waitUntil(lambda: not program.jobs.busy)
    getattr(page.password, way).click()
    return page.password_view.steps


def said(program):
    """What is said in the window from now on: toasts, and notices with remedy and names."""
    heard = []
    program.shell.toasted.connect(lambda toast: heard.append(toast.text))
    program.messages.noticed.connect(
        lambda notice: heard.append(f"{notice.text}{notice.remedy}{' '.join(notice.details)}")
    )
    return heard


def prove(steps):
    for line, place in zip(steps.code.lines, steps.code._asked, strict=True):
        line.setText(steps.code._groups[place].lower())
    steps.code.done.click()


def test_a_password_is_set_only_once_the_code_was_typed_back(qtbot, program, path):
    passwords.unlock(path, OLD)
    passwords.remove_password(path, OLD)
    let_go()
    program.start(path)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    steps = steps_of(qtbot, program, "set")
    qtbot.waitUntil(lambda: "谁也打不开" in words_in(steps))
    steps.new.first.setText("short")
    steps.go_on.click()
    assert "太短" in steps.new.problem.text()
    steps.new.first.setText(NEW)
    steps.new.again.setText(NEW + "?")
    steps.go_on.click()
    assert "不一样" in steps.new.problem.text()
    steps.new.again.setText(NEW)
    steps.go_on.click()
    groups = steps.code._groups
    assert len(groups) == 9
    qtbot.waitUntil(lambda: all(group in words_in(steps) for group in groups))
    steps.code.lines[0].setText("00000")
    steps.code.done.click()
    assert "不一样" in steps.code.problem.text()
    assert not has_password(path)
    back_up(path)
    (damaged := back_up(path).file).write_bytes(b"nothing of it" * 900)
    heard = said(program)
    prove(steps)
    qtbot.waitUntil(lambda: has_password(path) and program.desk is not None)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] == "密码已设置，1份备份已加密"
    assert heard[1].startswith("有1份备份没有加密。")
    assert "一并加密" in heard[1]
    assert damaged.name in heard[1]
    qtbot.waitUntil(lambda: not program.jobs.busy)
    assert program.desk.lock.minutes() == 10
    assert passwords.recovery_code(path, NEW) == groups


def test_a_password_is_changed_with_the_library_open(qtbot, program, path):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "change")
    steps.present.setText("wrong word")
    for line in (steps.new.first, steps.new.again):
        line.setText(NEW)
    steps.go_on.click()
    qtbot.waitUntil(lambda: "密码不对" in steps.wrong.text())
    steps.present.setText(OLD)
    for line in (steps.new.first, steps.new.again):
        line.setText(NEW)
    back_up(path)
    heard = said(program)
    steps.go_on.click()
    qtbot.waitUntil(lambda: heard == ["密码已修改，恢复码不变，1份备份已改用新密码"])
    let_go()
    passwords.unlock(path, NEW)
    assert steps.present.text() == steps.new.first.text() == ""


def test_the_deputy_gets_a_password_and_loses_it(qtbot, program, path):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "deputy")
    steps.present.setText(OLD)
    for line in (steps.new.first, steps.new.again):
        line.setText(NEW)
    with qtbot.waitSignal(program.shell.toasted):
        steps.go_on.click()
    passwords.unlock(path, NEW)
    card = program.window.page("settings").password
    card.load()
    qtbot.waitUntil(lambda: not card.no_deputy.isHidden())
    steps = steps_of(qtbot, program, "no_deputy")
    steps.present.setText(OLD)
    with qtbot.waitSignal(program.shell.toasted):
        steps.go_on.click()
    with pytest.raises(passwords.WrongPasswordError):
        passwords.unlock(path, NEW)


def test_the_code_is_shown_once_more_and_saved_where_the_user_says(
    qtbot, program, path, secret, tmp_path, monkeypatch
):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "print")
    steps.present.setText(OLD)
    steps.go_on.click()
    qtbot.waitUntil(lambda: steps.code._groups == secret.groups)
    assert steps.code.proving.isHidden()
    file = tmp_path / "恢复码.pdf"
    monkeypatch.setattr(
        program.shell.choosers, "save_file", lambda *given, **_named: given[4](file)
    )
    with qtbot.waitSignal(program.shell.toasted):
        steps.code.save.click()
    assert file.read_bytes().startswith(b"%PDF")
    steps.code.done.click()
    assert steps.code._groups == ()
    assert secret.groups[0] not in words_in(steps)
    ini = program.settings._settings.fileName()
    program.settings.sync()
    assert secret.groups[0] not in Path(ini).read_text(encoding="utf-8")


def test_a_new_code_takes_the_place_of_the_old(qtbot, program, path, secret):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "renew")
    steps.present.setText(OLD)
    steps.go_on.click()
    qtbot.waitUntil(lambda: steps.code._groups != ())
    assert steps.code._groups != secret.groups
    groups = steps.code._groups
    heard = said(program)
    prove(steps)
    qtbot.waitUntil(lambda: heard == ["恢复码已换，原来的作废"])
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    qtbot.waitUntil(lambda: passwords.recovery_code(path, OLD) == groups)


def test_a_password_is_taken_away_after_a_question(qtbot, program, path, monkeypatch):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "remove")
    asked = []
    monkeypatch.setattr(
        program.messages, "ask", lambda *given, **_named: asked.append(given) or given[3]()
    )
    back_up(path)
    heard = said(program)
    steps.present.setText(OLD)
    steps.go_on.click()
    qtbot.waitUntil(lambda: not has_password(path) and program.desk is not None)
    qtbot.waitUntil(lambda: heard == ["密码已去掉，1份备份已改为不加密"])
    assert "谁用这台电脑谁就能打开" in asked[0][1]


def test_a_copy_that_keeps_the_old_password_is_named(qtbot, program, path, monkeypatch):
    """As on a drive that forbids writing."""
    opened(qtbot, program, path)
    copy = back_up(path).file
    monkeypatch.setattr(passwords, "tell_copy", lambda *_given: None)
    steps = steps_of(qtbot, program, "change")
    steps.present.setText(OLD)
    for line in (steps.new.first, steps.new.again):
        line.setText(NEW)
    heard = said(program)
    steps.go_on.click()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] == "密码已修改，恢复码不变"
    assert "仍用原来的密码打开" in heard[1]
    assert copy.name in heard[1]


def test_the_code_is_covered_while_it_is_typed_back(qtbot, program, path):
    opened(qtbot, program, path)
    steps = steps_of(qtbot, program, "renew")
    steps.present.setText(OLD)
    steps.go_on.click()
    code = steps.code
    qtbot.waitUntil(lambda: code._groups != ())
    groups, shown = (
        code._groups,
        [each for each in code.findChildren(QLabel) if "shown" in each.objectName()],
    )
    assert all(group in words_in(code) for group in groups)
    assert code.again.isHidden()
    qtbot.keyClicks(code.lines[1], "K")
    assert not any(group in words_in(code) for group in groups)
    assert words_in(code).count("•••••") == len(groups)
    assert not any(" ".join(group) in each.accessibleName() for group in groups for each in shown)
    code.lines[1].clear()
    assert not any(group in words_in(code) for group in groups)
    qtbot.keyClicks(code.lines[0], "K")
    code.again.click()
    assert all(group in words_in(code) for group in groups)
    assert [line.text() for line in code.lines] == ["", ""]
    assert code.again.isHidden()
    prove(steps)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    qtbot.waitUntil(lambda: passwords.recovery_code(path, OLD) == groups)


def test_the_minutes_are_chosen_in_the_settings(qtbot, program, path):
    opened(qtbot, program, path)
    steps_of(qtbot, program, "print")
    card = program.window.page("settings").password
    card.idle.chosen.emit("30")
    qtbot.waitUntil(lambda: not program.jobs.busy and program.desk.lock.minutes() == 30)
    qtbot.waitUntil(lambda: program.locking._idle._seconds == 1800)


def test_a_new_library_gets_a_password_where_that_is_wanted(qtbot, program, tmp_path, monkeypatch):
    program.start(None)
    step = program.first.new
    program.first.start.new.click()
    step._set_folder(tmp_path)
    step.name.setText("中共乙支部委员会")
    step.protect.setChecked(True)
    step.make.click()
    steps = program.first.password
    qtbot.waitUntil(lambda: "不设也可以" in words_in(steps))
    for line in (steps.new.first, steps.new.again):
        line.setText(NEW)
    steps.go_on.click()
    prove(steps)
    qtbot.waitUntil(lambda: program.desk is not None)
    assert has_password(program.desk.path)
    assert program.desk.path.parent == tmp_path
