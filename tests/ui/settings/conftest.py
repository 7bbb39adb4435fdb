"""The page of settings over an empty library, as the frame holds it."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.settings.settings import SettingsPage
from tests.services.make import a_library, clock
from tests.ui.roster_world import quiet


@pytest.fixture
def desk(tmp_path, shell):
    made = Desk(a_library(tmp_path), clock)
    made.announce = shell.changes.announce
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell):
    made = SettingsPage(desk, shell)
    made.parts.finish()
    shell.changes.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: made.looks.papers is not None)
    quiet(qtbot, shell)
    yield made
    quiet(qtbot, shell)
    shell.changes.changed.disconnect(made.refresh)
