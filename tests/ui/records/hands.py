"""What a user does on any page of records, for its tests."""

from __future__ import annotations

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
    before = set(page.list.findChildren(QMenu))
    where = view.visualRect(view.currentIndex()).center()
    there = view.viewport().mapToGlobal(where)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, where, there)
    QApplication.sendEvent(view.viewport(), event)
    [menu] = set(page.list.findChildren(QMenu)) - before
    menu.close()
    return menu
