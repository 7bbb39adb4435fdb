"""What tests of the page 党员 share: a desk on a real library, the page in a window, doubles."""

from __future__ import annotations

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.members.roster import roster_page
from dangjian_desktop.ui.records.page import RecordPage
from tests.services.make import a_library, clock


class Chosen:
    """Answers every file chooser with one path and keeps what was asked."""

    def __init__(self, path):
        self.path, self.titles, self.suggested = path, [], []

    def open_file(self, parent, title, patterns, then, *, purpose):
        self.titles.append(title)
        then(self.path)

    def save_file(self, parent, title, suggested, patterns, then, *, purpose):
        self.titles.append(title)
        self.suggested.append(suggested)
        then(self.path)

    def folder(self, parent, title, then, *, purpose):
        self.titles.append(title)
        then(self.path)


def a_desk(folder) -> Desk:
    """Nine formal members and a probationary one, on 2026-03-31."""
    folder.mkdir(parents=True, exist_ok=True)
    return Desk(a_library(folder), clock)


def show_page(qtbot, desk, shell) -> RecordPage:
    """The page as the frame holds it."""
    return held(qtbot, desk, shell, roster_page(desk, shell))


def held(qtbot, desk, shell, page, size=(1200, 700)):
    """The page as the frame holds it: shown, refreshed, told of every change."""
    qtbot.addWidget(page)
    page.resize(*size)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(page.refresh)
    page.show()
    page.refresh(page.topics)
    quiet(qtbot, shell)
    return page


def quiet(qtbot, shell):
    """Until nothing is under way any more, and what has come of it is shown."""
    for _turn in range(3):  # what has come may ask for more
        qtbot.waitUntil(lambda: not shell.jobs.busy)


def names(page):
    """Whom the table shows."""
    model = page.table.model
    return [model.record(uid).member.name for uid in model.ids]


def choose(page, name):
    """Put the cursor on a member and give back the id."""
    model = page.table.model
    uid = next(u for u in model.ids if model.record(u).member.name == name)
    assert page.table.select(uid)
    return uid
