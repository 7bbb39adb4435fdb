"""The page of packages over a library with a sitting."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.submissions.page import packages_page
from tests.services.make import a_library, a_meeting, clock
from tests.ui.roster_world import quiet


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell):
    made = packages_page(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(made.refresh)
    made.show()
    made.refresh(frozenset(Topic))
    quiet(qtbot, shell)
    yield made
    quiet(qtbot, shell)


@pytest.fixture
def said(shell, monkeypatch):
    """What the window was told in banners and toasts."""
    found = []
    monkeypatch.setattr(shell.messages, "report", lambda error: found.append(str(error)))
    monkeypatch.setattr(shell.jobs, "_report", lambda error: found.append(str(error)))
    shell.toasted.connect(lambda toast: found.append(toast.text))
    return found


@pytest.fixture
def form(qtbot, page, shell):
    page.list.new.click()
    quiet(qtbot, shell)
    made = page.editor
    qtbot.waitUntil(lambda: made.materials.list.count() > 0)
    quiet(qtbot, shell)
    made.recipient.setCurrentText(made.recipient.currentText() or "公司党委")
    return made
