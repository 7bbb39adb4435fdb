"""What tests of editors share: a library, a disk that may refuse, one case for every kind."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.drafts import DraftService
from dangjian_desktop.ui.desk import keeper
from tests.services.make import a_library, clock
from tests.ui.records.editors_world import a_case, opened
from tests.ui.records.hands import settle
from tests.ui.records.worlds import WORLDS

KINDS = ("member", "meeting", "project", "made_up")


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def disk(monkeypatch):
    """Refuses every draft while ``error`` is set."""
    state, put = {"error": None}, DraftService.put

    def put_or_refuse(self, form, uid, content):
        if state["error"] is not None:
            raise state["error"]
        return put(self, form, uid, content)

    monkeypatch.setattr(DraftService, "put", put_or_refuse)
    return state


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


@pytest.fixture
def reports(messages, monkeypatch):
    said = []
    monkeypatch.setattr(messages, "report", said.append)
    return said


@pytest.fixture(params=KINDS)
def case(request, qtbot, desk, shell, disk, reports, monkeypatch):
    monkeypatch.setattr(keeper, "AFTER_LAST_KEY", 30)
    monkeypatch.setattr(keeper, "AGAIN", 60_000)
    made = a_case(request.param, desk, shell)
    desk.announce = shell.changes.announce
    qtbot.addWidget(made.editor)
    made.editor.resize(1180, 700)
    made.editor.show()
    made.editor.activateWindow()
    opened(qtbot, made, made.uid)
    yield made
    disk["error"] = None
    made.editor.keeper.give_up()
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=10_000)


@pytest.fixture
def show(qtbot, shell):
    worlds = []

    def shown(world):
        worlds.append(world)
        page = world.page
        qtbot.addWidget(page)
        page.resize(1200, 700)
        world.desk.announce = shell.changes.announce
        shell.changes.changed.connect(page.refresh)
        page.show()
        page.activateWindow()
        qtbot.waitUntil(page.isActiveWindow)
        page.focus_first()
        page.refresh(frozenset(Topic))
        settle(qtbot, page, shell)
        return page

    yield shown
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    for world in worlds:
        world.desk._library.close()


@pytest.fixture(params=WORLDS)
def world(request, tmp_path, shell):
    return WORLDS[request.param](tmp_path, shell)


@pytest.fixture
def page(show, world):
    return show(world)
