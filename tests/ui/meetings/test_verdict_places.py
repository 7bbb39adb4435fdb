"""An uncertainty leads to the field, or to the member, that settles it."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from dangjian_desktop.domain.findings import Cause, Finding, Verdict
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.checks.verdict_line import places_of
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.meetings.places import widget_at
from tests.services.make import a_library, a_meeting, clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

OPEN = a_meeting(
    kinds=["general_meeting", "election"],
    attendance={"present": [], "leave": []},
    agenda=[
        {"topic": "选举委员", "matter": "election", "candidates": [{"name": "张三", "yes": 3}]}
    ],
    details={},
    host=None,
    stated=None,
)
PLACES = (
    *("host", "delegated_by", "for_year", "attendance", "excluded.0.consent", "details.method"),
    *("agenda.0.vote", "agenda.0.vote.yes", "agenda.0.vote.method", "agenda.0.candidates"),
    *("agenda.0.seats", "agenda.0.person", "activity", "stated"),
)


@pytest.fixture
def desk(tmp_path):
    library = a_library(tmp_path)
    made = Desk(library, clock)
    made.meetings.import_json(OPEN)
    yield made
    library.close()


@pytest.fixture
def page(qtbot, desk, shell):
    desk.announce = shell.changes.announce
    made = meetings_page(desk, shell)
    shell.changes.changed.connect(made.refresh)
    shell.place_asked.connect(
        lambda place, uid: made.focus_record(uid) if place == "meetings" else None
    )
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.refresh(made.topics)
    qtbot.waitUntil(lambda: bool(made.detail.verdicts.lines))
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=10_000)


def link_of(verdicts, field):
    return next(
        link
        for line in verdicts.lines
        for cause, link in zip(places_of(line.finding, {}), line.links, strict=True)
        if cause == ("meeting", field)
    )


def has_focus(widget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is widget or widget.isAncestorOf(focus))


def test_every_place_of_a_cause_is_in_the_form_and_takes_the_cursor(qtbot, page):
    page.edit(page.table.current())
    qtbot.waitUntil(lambda: page.editing and page.editor.body is not None)
    qtbot.waitUntil(lambda: bool(page.editor.body.agenda.cards))
    for place in PLACES:
        found = widget_at(page.editor.body, place)
        assert found is not None, place
        qtbot.waitUntil(partial(found.isVisibleTo, page.editor))


def test_the_link_on_the_card_opens_the_editor_at_the_field(qtbot, page):
    link = link_of(page.detail.verdicts, "agenda.0.seats")
    assert link.text() == "去填写应选名额"
    link.click()
    qtbot.waitUntil(lambda: page.editing and page.editor.body is not None)
    qtbot.waitUntil(lambda: has_focus(page.editor.body.agenda.cards[0].election))
    assert page.detail.take_place() == ""


def test_the_link_in_the_editor_goes_to_the_field(qtbot, page):
    page.edit(page.table.current())
    qtbot.waitUntil(lambda: page.editing and page.editor.body is not None)
    verdicts = page.editor.body.verdicts
    qtbot.waitUntil(lambda: bool(verdicts.lines), timeout=10_000)
    link_of(verdicts, "host").click()
    qtbot.waitUntil(lambda: has_focus(page.editor.body.head.cells["host"]))


def test_members_are_led_to_by_name_and_many_to_the_roster():
    def causing(*people: str) -> Finding:
        cause = Cause("转正批准日期待核对", "member", "full_approved", people)
        return Finding("Q-SUM", Verdict.UNKNOWN, "", "", "", ("m",), causes=(cause,))

    names = {"1": "张三", "2": "李四"}
    assert places_of(causing("1", "2"), names) == {
        ("member", "1"): "核对张三的转正批准日期",
        ("member", "2"): "核对李四的转正批准日期",
    }
    assert places_of(causing(*"12345"), names) == {("member", ""): "核对党员名册"}


def test_a_member_is_opened_on_the_roster(qtbot, page, shell):
    asked = []
    shell.place_asked.connect(lambda *place: asked.append(place))
    page.detail.verdicts.place_asked.emit("member", "abc")
    assert asked == [("roster", "abc")]
