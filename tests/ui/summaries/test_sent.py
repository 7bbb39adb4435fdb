"""报出 in the window: what was sent, and beside it what the records say now."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.summaries.summaries import SummariesPage
from tests.services.make import a_library, a_meeting, clock
from tests.ui.summaries.test_summaries_page import MARCH, write


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell, monkeypatch):
    monkeypatch.setattr(keeper, "AFTER_LAST_KEY", 60_000)
    made = SummariesPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1300, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: made.words.isEnabled() and not shell.jobs.busy)
    made.tabs.setCurrentWidget(made.sent)
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    yield made
    made.leave(lambda: None)
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def send(qtbot, page, version):
    page.sent.send.click()
    qtbot.waitUntil(lambda: list(page.sent.versions.model.ids)[:1] == [str(version)])


def shown(page, qtbot, pdf):
    qtbot.waitUntil(lambda: page.pane.preview.pdf == pdf)


def lose_two(desk):
    (uid,) = desk.meetings.find()
    changed = a_meeting(id=uid)
    changed["attendance"]["absent"] += changed["attendance"]["present"][-2:]
    del changed["attendance"]["present"][-2:]
    desk.meetings.import_json(changed)


def test_what_was_typed_a_moment_ago_is_sent_and_the_paper_shown_is_the_one_kept(qtbot, page, desk):
    assert page.sent.state.text() == ""
    write(page, "plans", "开党课")
    send(qtbot, page, 1)
    (kept,) = desk.sending.versions(MARCH)
    assert kept.words == SummaryWords(plans=("开党课",))
    shown(page, qtbot, kept.files["pdf"])
    assert page.sent.state.text() == f"{kept.title}；报出后没有变化。"


def test_what_changed_since_stands_beside_in_both_places(qtbot, page, desk, shell):
    send(qtbot, page, 1)
    lose_two(desk)
    page.refresh(frozenset({Topic.MEETINGS}))
    table = page.sent.differences
    qtbot.waitUntil(lambda: "attendance.rate" in table.model.ids)
    (kept,) = desk.sending.versions(MARCH)
    found = {d.name: (d.label, d.sent, d.now) for d in kept.differences}
    texts = {
        name: tuple(c.text(table.model.record(name)) for c in table.model.columns)
        for name in table.model.ids
    }
    assert texts == found
    at_hand = page.figures.table.model
    (column,) = (c for c in at_hand.columns if c.code == "sent")
    for name in at_hand.ids:
        assert column.text(name) == (found[name][1] if name in found else "")
    shown(page, qtbot, kept.files["pdf"])


def test_a_second_version_is_looked_at_and_the_first_is_still_there(qtbot, page, desk):
    send(qtbot, page, 1)
    lose_two(desk)
    send(qtbot, page, 2)
    first, second = desk.sending.versions(MARCH)
    shown(page, qtbot, second.files["pdf"])
    page.sent.versions.select("1")
    shown(page, qtbot, first.files["pdf"])
    page.tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: page.pane.preview.pdf not in {first.files["pdf"], second.files["pdf"]})


@pytest.mark.parametrize(("typed", "told"), [("", "报送日期"), ("2026-04-01", "今天")])
def test_a_day_that_cannot_be_is_told_under_its_field(qtbot, page, desk, typed, told):
    page.sent.form.editor("day").setFocus()
    page.sent.form.fill({"day": typed or None})
    page.sent.send.click()
    qtbot.waitUntil(lambda: told in page.sent.form.cells["day"].note.text())
    assert desk.sending.versions(MARCH) == ()


def test_a_sending_that_fails_is_reported_and_nothing_shown_as_sent(
    qtbot, page, desk, shell, monkeypatch
):
    def blocked(*_asked):
        raise BlockedError("磁盘已满。")

    monkeypatch.setattr(desk.sending, "send", blocked)
    with qtbot.waitSignal(shell.messages.noticed):
        page.sent.send.click()
    assert list(page.sent.versions.model.ids) == []
