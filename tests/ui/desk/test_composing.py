"""What an input method is composing is never lost to a click, a shortcut or a save."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dangjian_desktop.ui.desk.composing import Composing


@pytest.fixture
def window(qtbot, qapp):
    made = QWidget()
    made.line, made.text, made.other = QLineEdit(), QPlainTextEdit(), QLineEdit()
    made.save, made.seen = QPushButton("保存"), []
    layout = QVBoxLayout(made)
    for part in (made.line, made.text, made.other, made.save):
        layout.addWidget(part)
    made.save.clicked.connect(lambda: made.seen.append((made.line.text(), made.text.toPlainText())))
    shortcut = QShortcut(QKeySequence("Ctrl+Return"), made)
    shortcut.activated.connect(made.save.click)
    qtbot.addWidget(made)
    composing = Composing(qapp, made)
    made.show()
    made.activateWindow()
    QTest.qWaitForWindowActive(made)
    yield made
    assert composing._text == ""
    qapp.removeEventFilter(composing)


def compose(field, text):
    """The input method shows a text that is not committed yet."""
    QApplication.processEvents()  # a window of another test may still be on its way out
    field.clearFocus()
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent(text, []))


def click(window, widget):
    """As the mouse does: the press comes to the window first."""
    place = widget.mapTo(window, widget.rect().center())
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("name", ["line", "text"])
@pytest.mark.parametrize("way", ["click", "other", "shortcut"])
@pytest.mark.parametrize(
    ("shown", "kept"), [("党员大会", "党员大会"), ("zhou li feng", "zhoulifeng")]
)
def test_it_is_kept(window, name, way, shown, kept):
    field = getattr(window, name)
    compose(field, shown)
    if way == "click":
        click(window, window.save)
        assert kept in window.seen[0]
    elif way == "other":
        click(window, window.other)
    else:
        QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert kept in window.seen[0]
    text = field.text() if name == "line" else field.toPlainText()
    assert text == kept


def test_what_the_input_method_commits_itself_comes_once(window):
    compose(window.line, "会议")
    done = QInputMethodEvent()
    done.setCommitString("会议")
    QApplication.sendEvent(window.line, done)
    QTest.mouseClick(window.save, Qt.MouseButton.LeftButton)
    assert window.line.text() == "会议"


def test_what_was_given_up_stays_given_up(window):
    compose(window.line, "会议")
    QApplication.sendEvent(window.line, QInputMethodEvent())
    QTest.mouseClick(window.save, Qt.MouseButton.LeftButton)
    assert window.line.text() == ""


def test_a_field_that_is_gone_takes_nothing(window, qtbot):
    field = QLineEdit(window)
    field.show()
    compose(field, "会议")
    field.deleteLater()
    QApplication.processEvents()
    QTest.mouseClick(window.save, Qt.MouseButton.LeftButton)
    assert window.seen == [("", "")]
