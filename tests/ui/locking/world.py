"""What is done at a window that asks for a password."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.window.lock_page import LockPage

OLD, NEW = "支部的旧密码很长", "another word"


def page_of(qtbot, program):
    qtbot.waitUntil(lambda: isinstance(program.frame.centralWidget(), LockPage))
    return program.frame.centralWidget()


def enter(qtbot, page, word):
    page.word.setText(word)
    qtbot.keyClick(page.word, Qt.Key.Key_Return)


def opened(qtbot, program, path, word=OLD):
    program.start(path)
    enter(qtbot, page_of(qtbot, program), word)
    qtbot.waitUntil(lambda: program.desk is not None and not program.jobs.busy)
    qtbot.waitUntil(lambda: program.window.here == "home")


def words_in(widget):
    """What can be read in a widget now."""
    every = [each for each in [widget, *widget.findChildren(QWidget)] if each.isVisible()]
    tells = (getattr(each, name, str) for each in every for name in ("text", "toPlainText"))
    return " ".join(str(tell()) for tell in tells if callable(tell))
