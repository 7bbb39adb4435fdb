"""Decisions become tasks by one key on the page of meetings."""

from __future__ import annotations

import pytest

from dangjian_desktop.ui.meetings.meetings import meetings_page
from tests.services.make import a_meeting
from tests.services.talks.talks_world import a_desk
from tests.ui.roster_world import held, quiet

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(tmp_path):
    with a_desk(tmp_path) as opened:
        told = a_meeting()
        told["agenda"] = [{"topic": "服务职工", "actions": [{"what": "修好更衣室吹干机"}]}]
        plain = a_meeting(date="2026-01-15")
        opened.meetings.import_json([told, plain | {"agenda": [{"topic": "学习"}]}])
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    return held(qtbot, desk, shell, meetings_page(desk, shell), (1300, 700))


def on(qtbot, page, desk, day):
    rows = desk.meetings.rows(page.table.model.ids)
    uid = next(uid for uid, row in rows.items() if str(row.date) == day)
    page.focus_record(uid)
    qtbot.waitUntil(lambda: page.card.shown == uid and not page.card.waiting)


def test_one_key_registers_what_was_decided(qtbot, page, desk, shell):
    said = []
    shell.toasted.connect(said.append)
    on(qtbot, page, desk, "2026-03-18")
    act = page.acts.actions["tasks"]
    assert (act.isVisible(), act.shortcut().toString()) == (True, "Ctrl+T")
    act.trigger()
    qtbot.waitUntil(lambda: bool(said))
    [task] = desk.shared["item"].all()
    assert (said[0].text, task.content) == ("已登记 1 项", "修好更衣室吹干机")
    opened = []
    shell.place_asked.connect(lambda *where: opened.append(where))
    said[0].more[1]()
    assert opened == [("item", task.id)]
    act.trigger()
    qtbot.waitUntil(lambda: len(said) == 2)
    assert said[1].text == "这次会议的议定事项、整改事项都已登记"
    said[0].undo()
    qtbot.waitUntil(lambda: desk.shared["item"].all() == ())
    quiet(qtbot, shell)


def test_a_meeting_that_decided_nothing_offers_none(qtbot, page, desk):
    on(qtbot, page, desk, "2026-01-15")
    assert not page.acts.actions["tasks"].isVisible()
