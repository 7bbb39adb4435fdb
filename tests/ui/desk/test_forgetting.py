"""A number that was copied is gone from the clipboard after a minute; all else stays."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk import forgetting
from dangjian_desktop.ui.desk.forgetting import Forgetting
from dangjian_desktop.ui.opened import begin
from tests.services.make import a_library, clock

ID_NUMBER, PHONE = "110101198001010010", "13800001234"

IN_GROUPS = ("1101 0119 8001 0100 10", "1101 0119 8001 0101 1x", "138 0000 1234", "0352-4123456")


@pytest.fixture
def guard(qtbot, shell, monkeypatch):
    # The platform of the tests knows no owner of a clipboard.
    monkeypatch.setattr(Forgetting, "_ours", lambda _self: True)
    made = Forgetting(shell)
    yield made
    QGuiApplication.clipboard().clear()


def clipboard():
    return QGuiApplication.clipboard().text()


@pytest.mark.parametrize("number", [ID_NUMBER, PHONE, f"电话：{PHONE}，请保存", *IN_GROUPS])
def test_a_number_is_forgotten_after_its_time(qtbot, guard, number):
    line = QLineEdit(number)
    qtbot.addWidget(line)
    line.selectAll()
    line.copy()
    assert clipboard() == number
    assert guard.timer.isActive()
    assert guard.timer.interval() == forgetting.KEPT_FOR == 60_000
    guard.timer.timeout.emit()
    assert clipboard() == ""


def test_what_was_copied_since_stays_and_so_does_what_is_no_number(qtbot, guard):
    board = QGuiApplication.clipboard()
    board.setText("党员大会")
    assert not guard.timer.isActive()
    board.setText(ID_NUMBER)
    board.setText("支部2026年3月会议")
    assert not guard.timer.isActive()
    guard.forget()
    assert clipboard() == "支部2026年3月会议"


def test_what_another_program_put_there_stays(qtbot, guard, monkeypatch):
    monkeypatch.setattr(Forgetting, "_ours", lambda _self: False)
    QGuiApplication.clipboard().setText(PHONE)
    assert not guard.timer.isActive()
    guard.forget()
    assert clipboard() == PHONE


def test_it_watches_behind_every_library_once(qtbot, shell, tmp_path):
    desk = Desk(a_library(tmp_path), clock)

    class Window:
        top = property(lambda self: self)

        def say_read_only(self):
            """Nothing is shown here."""

    try:
        for _ in range(2):
            with pytest.raises(TypeError):
                begin(shell, desk, Window(), lambda _path: None)
        assert len(shell.findChildren(Forgetting)) == 1
    finally:
        desk._library.close()
