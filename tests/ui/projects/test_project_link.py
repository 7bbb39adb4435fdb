from __future__ import annotations

import pytest

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.meetings.editor import meeting_editor
from dangjian_desktop.ui.meetings.link import ProjectLink, load_links
from tests.services.make import a_library, a_meeting, clock
from tests.ui.project_world import a_stored_project


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def editor(qtbot, desk, shell):
    made = meeting_editor(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    yield made
    made.keeper.give_up()
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def opened(qtbot, editor, desk):
    (uid,) = desk.meetings.find(MeetingFilter())
    editor.open(uid)
    qtbot.waitUntil(lambda: editor.body is not None and editor._last.get("id") == uid)
    return uid, editor.body.agenda.cards


def switch(card, title):
    next(a for a in card.projects.menu().actions() if a.text() == title).toggle()


def test_an_item_is_linked_to_a_project_when_the_meeting_is_saved(qtbot, editor, desk):
    project = a_stored_project(desk)
    uid, cards = opened(qtbot, editor, desk)
    switch(cards[0], "减人提效")
    assert cards[0].projects.open.text() == " 项目：减人提效"
    with qtbot.waitSignal(editor.saved):
        qtbot.waitUntil(lambda: editor._last == editor.state())
        editor.save()
    (link,) = desk.projects.one(project.id).meetings
    assert (link.meeting_id, link.item_id) == (uid, cards[0].value()["id"])


def test_a_link_is_shown_again_and_taken_away(qtbot, editor, desk):
    project = a_stored_project(desk)
    (meeting,) = desk.meetings.get(desk.meetings.find(MeetingFilter())).values()
    desk.project_links.link(project.id, meeting.id, meeting.agenda[0].id)
    _uid, cards = opened(qtbot, editor, desk)
    assert cards[0].projects.value() == [project.id]
    switch(cards[0], "减人提效")
    with qtbot.waitSignal(editor.saved):
        qtbot.waitUntil(lambda: editor._last == editor.state())
        editor.save()
    assert desk.projects.one(project.id).meetings == ()


def test_an_item_that_is_taken_off_the_agenda_takes_its_link_along(qtbot, editor, desk):
    project = a_stored_project(desk)
    (meeting,) = desk.meetings.get(desk.meetings.find(MeetingFilter())).values()
    desk.project_links.link(project.id, meeting.id, meeting.agenda[0].id)
    _uid, cards = opened(qtbot, editor, desk)
    editor.body.agenda.stack.insert(1, {"id": "new-item", "topic": "其他"})
    cards[0].asked.emit("remove")
    with qtbot.waitSignal(editor.saved):
        qtbot.waitUntil(lambda: editor._last == editor.state())
        editor.save()
    assert desk.projects.one(project.id).meetings == ()


def test_without_projects_nothing_is_asked(qtbot, theme, desk):
    made = ProjectLink(theme)
    qtbot.addWidget(made)
    made.offer(load_links(desk, "none").projects)
    assert made.isHidden()
    assert made.value() == []
