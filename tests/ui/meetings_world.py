"""What tests of the page of meetings share."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton


class FolderChooser:
    """Chooses the same folder at once."""

    def __init__(self, folder):
        self.chosen = folder

    def folder(self, parent, title, then, *, purpose):
        then(self.chosen)


def button(page, name):
    return page.card.findChild(QPushButton, name)


def select(qtbot, page, desk, title):
    found = desk.meetings.get(page.table.model.ids)
    uid = next(uid for uid, meeting in found.items() if meeting.title == title)
    page.table.select(uid)
    qtbot.waitUntil(lambda: page.card.title.text() == title)
    return uid
