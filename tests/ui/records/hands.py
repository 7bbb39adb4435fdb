"""What a user does on any page of records, for its tests."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton


def settle(qtbot, page, shell):
    def quiet():
        return not shell.jobs.busy and not page.card.waiting

    qtbot.waitUntil(quiet)
    qtbot.waitUntil(quiet)


def act(page, code):
    return page.card.findChild(QPushButton, f"{page.acts._name}.{code}")


def right_click(page):
    """The menu as the Menu key opens it."""
    view = page.table.view
    where = view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, view.mapToGlobal(where))
    return menu_of(lambda: QApplication.sendEvent(view, event))


def menu_of(ask):
    """The menu that this opens."""
    before = QApplication.activePopupWidget()
    ask()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu is not before
    menu.close()
    return menu


def columns_of(menu):
    """The columns that it offers."""
    [last] = [a.menu() for a in menu.actions() if a.menu() is not None]
    return [action.text() for action in last.actions()]
