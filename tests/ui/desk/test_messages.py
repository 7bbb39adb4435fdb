from __future__ import annotations

import logging
import sys
import threading

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from dangjian_desktop.errors import BlockedError, Cancelled, InputError, Issue


def boxes():
    return [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()
    ]


def test_what_blocks_is_a_calm_notice_with_its_remedy(qtbot, messages):
    with qtbot.waitSignal(messages.noticed) as said:
        messages.report(BlockedError("磁盘空间不足", "请清理后再试"))
    assert (said.args[0].text, said.args[0].remedy) == ("磁盘空间不足", "请清理后再试")
    assert boxes() == []


def test_input_problems_are_listed(qtbot, messages):
    issues = [Issue("第3行没有姓名"), Issue("第5行没有姓名")]
    with qtbot.waitSignal(messages.noticed) as said:
        messages.report(InputError("名册有两处需要改正", issues=issues))
    assert said.args[0].details == ("第3行没有姓名", "第5行没有姓名")


def test_cancelled_shows_nothing(qtbot, messages):
    told = []
    messages.noticed.connect(told.append)
    messages.failed.connect(told.append)
    messages.report(Cancelled())
    with qtbot.waitSignal(messages.noticed):
        messages.report(BlockedError("x"))
    assert len(told) == 1


def test_a_bug_is_one_dialog_with_a_report_to_copy_and_no_values(qtbot, messages, caplog):
    with caplog.at_level(logging.ERROR), qtbot.waitSignal(messages.failed) as failed:
        messages.report(_bug("110101199003070000"))
    report = failed.args[0]
    assert "ValueError" in report
    assert "_bug" in report
    assert "110101199003070000" not in report + caplog.text
    (box,) = boxes()
    assert copied(box) == report
    assert box.isVisible()
    closed(qtbot, box)


def test_a_bug_while_another_is_told_is_in_the_same_report_once(qtbot, messages):
    told = []
    messages.failed.connect(told.append)
    for error in (_bug("first"), _other_bug(), _bug("again")):
        with qtbot.waitSignal(messages.failed):
            messages.report(error)
    (box,) = boxes()
    assert copied(box).count("ValueError") == 1
    assert copied(box).count("ZeroDivisionError") == 1
    closed(qtbot, box)
    with qtbot.waitSignal(messages.failed):
        messages.report(_other_bug())
    (box,) = boxes()
    assert copied(box) == told[1]
    closed(qtbot, box)


def test_each_bug_inside_of_a_loop_of_events_within_another_is_told(qtbot, messages, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    messages.install_hooks()
    told, inner = [], QEventLoop()
    messages.failed.connect(told.append)

    def within():
        QTimer.singleShot(0, _raise_bug)
        QTimer.singleShot(0, _raise_other_bug)
        QTimer.singleShot(50, inner.quit)
        inner.exec()

    QTimer.singleShot(0, within)
    qtbot.waitUntil(lambda: len(told) == 2)
    assert "ValueError" in told[0]
    assert "ZeroDivisionError" in told[1]
    (box,) = boxes()
    assert copied(box) == "\n\n".join(told)
    closed(qtbot, box)


def copied(box):
    next(b for b in box.buttons() if b.text() == "复制报告").click()
    return QGuiApplication.clipboard().text()


def closed(qtbot, box):
    next(b for b in box.buttons() if b.text() == "关闭").click()
    qtbot.waitUntil(lambda: boxes() == [])


def _bug(value):
    try:
        raise ValueError(value)
    except ValueError as error:
        return error


def _other_bug():
    try:
        return 1 / 0
    except ZeroDivisionError as error:
        return error


def _raise_bug():
    raise _bug("one")


def _raise_other_bug():
    raise _other_bug()


def test_exceptions_in_slots_and_threads_come_to_the_messages(qtbot, messages, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    messages.install_hooks()
    with qtbot.waitSignal(messages.noticed) as said:
        sys.excepthook(BlockedError, BlockedError("槽"), None)
    assert said.args[0].text == "槽"
    with qtbot.waitSignal(messages.noticed) as said:
        threading.Thread(target=_blocked).start()
    assert said.args[0].text == "线程"


def _blocked():
    raise BlockedError("线程")


def test_a_question_does_its_verb_only_on_yes(qtbot, messages):
    done = []
    messages.ask("清空回收站？", "共 3 条，清空后不能恢复。", "清空", lambda: done.append("yes"))
    qtbot.waitUntil(lambda: len(boxes()) == 1)
    assert boxes()[0].defaultButton().text() == "取消"
    boxes()[0].defaultButton().click()
    qtbot.waitUntil(lambda: boxes() == [])
    assert done == []
    messages.ask("清空回收站？", "", "清空", lambda: done.append("yes"))
    box = boxes()[0]
    QTimer.singleShot(0, next(b for b in box.buttons() if b.text() == "清空").click)
    qtbot.waitUntil(lambda: done == ["yes"])
