"""Somebody at the window who knows nothing but what is written there. What is pressed besides text
is counted; the wheel is not, nor what the system's choosers ask, but their button is a click."""

from __future__ import annotations

import sys

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.exceptions import TimeoutError as TimedOut
from shiboken6 import isValid

from dangjian_desktop.ui.paper.paper_printer import PaperPrinter
from tests.ui.dropping import drop

LEFT = Qt.MouseButton.LeftButton


class Someone:
    """Clicks what bears some words and types; waits until the program has answered."""

    def __init__(self, qtbot, program):
        self.qtbot, self.program = qtbot, program
        self.clicks = self.keys = 0
        self.chosen, self.printed = None, []
        program.shell.choosers = self

    @property
    def window(self):
        """What takes the mouse now: an open menu, a question, else the window."""
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self.program.frame
        )

    def quiet(self):
        QApplication.processEvents()
        if self.window is self.program.frame and not self.window.isActiveWindow():
            # Without a system to do it nobody gives it back when a menu has closed.
            self.window.activateWindow()
            self.qtbot.waitUntil(self.program.frame.isActiveWindow)
        # A button that is pressed by its keys is let go, and heard, a tenth of a second later.
        buttons = self.window.findChildren(QAbstractButton)
        self.qtbot.waitUntil(lambda: not any(isValid(b) and b.isDown() for b in buttons))
        for _turn in range(2):
            self.qtbot.waitUntil(lambda: not self.program.jobs.busy)

    def until(self, done):
        self.qtbot.waitUntil(done)
        self.quiet()

    def words(self):
        """Everything that can be read."""
        kinds = (QLabel, QAbstractButton)
        seen = [w for kind in kinds for w in self.window.findChildren(kind) if w.isVisible()]
        return "\n".join(each.text() for each in seen)

    def reads(self, *wanted):
        try:
            self.until(lambda: all(words in self.words() for words in wanted))
        except TimedOut as error:
            raise AssertionError(f"{wanted} is not among:\n{self.words()}") from error

    def height_of(self, words):
        """How far below the upper edge these words stand; nowhere while they are not shown."""
        seen = [w for w in self.window.findChildren(QLabel) if w.isVisible() and w.text() == words]
        return seen[0].mapTo(self.window, QPoint()).y() if seen else sys.maxsize

    def click(self, words, which=0):
        """A button, a chip, a tab or an entry of a menu that is called so."""
        self._click(lambda: nth(spots(self.window, words), which))

    def row(self, words, which=0):
        """A line of a list or a choice in which these words stand."""
        self._click(lambda: nth(lines(self.window, words), which))

    def field(self, words, which=0):
        """What stands under this label, or is called so."""
        self._click(lambda: nth(fields(self.window, words), which))

    def drop(self, *files):
        """Files from the system's window into the middle of this one; once with the mouse."""
        self.clicks += 1
        frame = self.program.frame
        under = frame.childAt(frame.rect().center())
        while not under.acceptDrops():
            under = under.parentWidget()
        drop(under, *files)
        self.quiet()

    def type(self, text):
        """By its keys, or as an input method commits it."""
        self.until(lambda: QApplication.focusWidget() is not None)
        there = QApplication.focusWidget()
        if text.isascii():
            QTest.keyClicks(there, text)
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QApplication.sendEvent(there, event)
        self.quiet()

    def press(self, *keys):
        """Keys besides text, one by one: ``Ctrl+N``, ``Tab``."""
        for key in keys:
            self.keys += 1
            pressed = QKeySequence(key)[0]
            there = QApplication.activePopupWidget() or QApplication.focusWidget()
            QTest.keyClick(there or self.window, pressed.key(), pressed.keyboardModifiers())
            self.quiet()

    def folder(self, _parent, _title, then, *, purpose):
        self.clicks += 1
        then(self.chosen)

    def open_file(self, _parent, _title, _patterns, then, *, purpose):
        self.clicks += 1
        then(self.chosen)

    def prints_to(self, file, monkeypatch):
        """The system's print dialog, with this file for a printer; its button is a click."""

        def ask(printer, pdfs, title):
            self.clicks += 1
            with self.qtbot.waitSignal(printer.finished, timeout=20_000):
                printer.print_to_file(pdfs, title, str(file))
            self.printed += [(title, pdf) for pdf in pdfs]

        monkeypatch.setattr(PaperPrinter, "ask", ask)

    def _click(self, find):
        self.qtbot.waitUntil(lambda: find() is not None)
        widget, place = find()
        into_view(widget, place)
        self.qtbot.waitUntil(lambda: find() is not None and uncovered(*find()))
        widget, place = find()
        self.clicks += 1
        QTest.mouseClick(widget, LEFT, pos=place.center())
        self.quiet()


def nth(found, which):
    return found[which] if len(found) > which else None


def said(text):
    return text.replace("&", "").replace("*", "").strip()


def spots(window, words):
    """Widgets and the places in them that are called so and can be pressed."""
    if isinstance(window, QMenu):
        fitting = [a for a in window.actions() if a.isVisible() and said(a.text()) == words]
        return [(window, window.actionGeometry(action)) for action in fitting]
    found = []
    for each in window.findChildren(QAbstractButton):
        if words in (said(each.text()), each.accessibleName()) and usable(each):
            found.append((each, each.rect()))
    for bar in window.findChildren(QTabBar):
        tabs = [n for n in range(bar.count()) if said(bar.tabText(n)) == words]
        found += [(bar, bar.tabRect(n)) for n in tabs if usable(bar)]
    return found


def lines(window, words):
    found = []
    for view in (*window.findChildren(QAbstractItemView), *popups()):
        if not view.isVisible():
            continue
        model, inside = view.model(), view.viewport().rect()
        for row in range(model.rowCount()):
            cells = [model.index(row, column) for column in range(model.columnCount())]
            if any(words in str(cell.data() or "") for cell in cells):
                seen = [view.visualRect(cell).intersected(inside) for cell in cells]
                found += [(view.viewport(), each) for each in seen if not each.isEmpty()][:1]
    return found


def popups():
    shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    return [w for w in shown if isinstance(w, QAbstractItemView)]


def fields(window, words):
    labels = [each for each in window.findChildren(QLabel) if said(each.text()) == words]
    found = [each.buddy() for each in labels if each.isVisible() and each.buddy()]
    named = (each for each in window.findChildren(QWidget) if each.accessibleName() == words)
    found += [each for each in named if each not in found]
    inner = [each.focusProxy() or each for each in found]
    return [(each, each.rect()) for each in inner if usable(each)]


def usable(widget):
    return widget.isVisible() and widget.isEnabled()


def into_view(widget, place):
    """Turn the wheel."""
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea) and around.widget() is not None:
            middle = widget.mapTo(around.widget(), place.center())
            around.ensureVisible(middle.x(), middle.y(), 40, 80)
        around = around.parentWidget()


def uncovered(widget, place):
    """Whether the mouse gets there."""
    middle, top = place.center(), widget.window()
    there = top.childAt(widget.mapTo(top, middle)) if widget is not top else widget
    inside = widget.visibleRegion().contains(QRect(middle, middle + QPoint(1, 1)))
    return inside and there is not None and (there is widget or widget.isAncestorOf(there))
