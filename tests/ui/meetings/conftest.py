"""The page of meetings over a library with four of them."""

from __future__ import annotations

import pytest

from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.meetings.meetings import meetings_page
from tests.services.make import a_library, a_meeting, clock


@pytest.fixture
def desk(tmp_path):
    library = a_library(tmp_path)
    made = Desk(library, clock)
    planned = {"present": [], "video": [], "leave": [], "absent": [], "excluded": []}
    made.meetings.import_json(
        [
            a_meeting(),
            a_meeting(
                kinds=["committee_meeting"],
                title="3月支委会",
                date="2026-03-10",
                attendance={"present": ["张三", "李四"], "leave": [], "absent": ["王五"]},
                agenda=[],
                details={},
                late_entry={"entered_on": "2026-03-30", "reason": "停电", "paper_original": True},
            ),
            a_meeting(
                title="4月大会",
                date="2026-04-20",
                attendance=planned,
                agenda=[],
                details={},
            ),
            a_meeting(
                title="2025年末大会",
                date="2025-12-20",
                attendance={"present": ["张三"]},
                details={},
            ),
        ]
    )
    yield made
    library.close()


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


@pytest.fixture
def page(qtbot, desk, shell):
    desk.announce = shell.changes.announce
    made = meetings_page(desk, shell)
    shell.changes.changed.connect(made.refresh)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.refresh(made.topics)
    qtbot.waitUntil(lambda: bool(made.table.model.ids))
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=10_000)
