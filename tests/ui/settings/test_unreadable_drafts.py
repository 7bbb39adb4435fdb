"""A library in which one draft of every form is broken: pages, editors and the list of them."""

from __future__ import annotations

import json
import os

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.ui.home.home import HomePage
from dangjian_desktop.ui.ledgers.ledgers import LedgersPage
from dangjian_desktop.ui.meetings.meetings import meetings_page
from dangjian_desktop.ui.members.roster import roster_page
from dangjian_desktop.ui.projects.projects import projects_page
from dangjian_desktop.ui.settings.settings import SettingsPage
from tests.services.make import a_library, a_meeting, clock
from tests.ui.project_world import a_stored_project

WRONG = {
    "meeting": (
        *({"agenda": 5}, {"agenda": [3]}, {"kinds": [{}]}, {"attendance": [{"presence": "飞"}]}),
        *({"stated": "八"}, {"known": 3}, {"details": []}, {"agenda": [{"projects": 4}]}),
        {"kinds": ["org_life_meeting"], "details": {"criticism": 5}},
    ),
    "member": ({"values": [1]}, {"values": {"posts": 3}}, {"changes": {"status": 7}}),
    "project": ({"targets": [{"values": [1]}]}, {"milestones": {}}, {"title": {"a": 1}}),
    "progress": ({"done": []},),
    "ledger:visits": ({"day": {}}, {"files": 3}),
    "ledger_style": ({}, {"base": 4}),
}


def write(desk, form, uid, text, version=1):
    desk.drafts.put("spare", uid, {})
    with raw(desk.path, write=True) as connection:
        connection.execute(
            "UPDATE draft SET form = ?, content = ?, version = ? WHERE form = 'spare'",
            (form, text, version),
        )


@pytest.fixture
def desk(tmp_path, shell):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    made.announce = shell.changes.announce
    yield made
    made.close()


def settle(qtbot, shell):
    for _round in range(2):
        qtbot.waitUntil(lambda: not shell.jobs.busy)


def shown(qtbot, shell, make, desk):
    page = make(desk, shell)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    page.refresh(frozenset(Topic))
    settle(qtbot, shell)
    return page


@pytest.mark.parametrize("form", WRONG)
def test_what_no_form_can_show_is_unreadable_whatever_is_wrong(desk, form):
    broken = ["{半句", "[1]", '{"a"' + "[" * 9000, *(json.dumps(c) for c in WRONG[form])]
    for number, text in enumerate(broken):
        write(desk, form, f"u{number}", text)
    write(desk, form, "newer", "{}", version=9)
    assert desk.drafts.all() == ()
    assert {draft.uid for draft in desk.drafts.unreadable(form)} == {
        "newer",
        *(f"u{number}" for number in range(len(broken))),
    }


def test_drafts_whose_words_cannot_be_read_are_no_broken_ones(desk):
    desk.drafts.put("meeting", "m", {"date": "11.31", "stated": {"eligible": "十几"}})
    desk.drafts.put("project", "p", {"milestones": [{"weight": "三成"}], "measures": ["一", ""]})
    desk.drafts.put("member", "n", {"values": {"posts": [{"value": "", "start": "去年"}]}})
    assert {draft.uid for draft in desk.drafts.all()} == {"m", "n", "p"}


def test_typing_over_an_unreadable_draft_keeps_it(desk):
    uid = desk.meetings.find(MeetingFilter())[0]
    write(desk, "meeting", uid, "{半句")
    assert desk.drafts.get("meeting", uid) is None
    kept = desk.drafts.put("meeting", uid, {"title": "新写的"})
    assert kept.base_revision == 1
    assert desk.drafts.get("meeting", uid).content == {"title": "新写的"}
    (old,) = desk.drafts.unreadable()
    assert old.raw == "{半句"
    desk.meetings.save(desk.meetings.one(uid))
    assert [draft.raw for draft in desk.drafts.unreadable()] == ["{半句"]


def test_every_page_works_beside_them_and_a_readable_draft_is_offered(qtbot, desk, shell):
    stored = a_stored_project(desk)
    for form, contents in WRONG.items():
        for number, content in enumerate(contents):
            write(desk, form, f"u{number}", json.dumps(content))
        write(desk, form, "half", "{半句")
    write(desk, "progress", f"{stored.id}/2026-01", '{"done": 5')
    desk.drafts.put("meeting", "good", {"title": "完好的"})
    pages = [
        shown(qtbot, shell, make, desk)
        for make in (meetings_page, projects_page, roster_page, LedgersPage, HomePage)
    ]
    texts = [each.text() for each in pages[0].list.drafts.findChildren(QLabel)]
    assert len(texts) == 1
    assert "完好的" in texts[0]
    pages[0].edit("u0")
    settle(qtbot, shell)
    assert not pages[0].editing
    lines = [b.accessibleName() for b in pages[4].todos.findChildren(QPushButton, "todo.go")]
    assert any("份草稿无法读取" in line for line in lines)


@pytest.fixture
def page(qtbot, desk, shell):
    made = shown(qtbot, shell, SettingsPage, desk)
    assert made.drafts.isHidden()
    write(desk, "meeting", "bad", "{半句", version=3)
    write(desk, "ledger:visits", "row", "[1]")
    shell.changes.changed.connect(made.refresh)
    made.refresh(frozenset(Topic))
    settle(qtbot, shell)
    yield made
    settle(qtbot, shell)
    shell.changes.changed.disconnect(made.refresh)


def act(page, name):
    """The button of the line of the meeting."""
    found = page.drafts.findChildren(QPushButton, f"unreadable.{name}")
    return next(b for b in found if "会议" in b.accessibleName())


def test_they_are_told_by_their_form_and_time(page, desk):
    assert page.drafts.isVisible()
    assert page.chips.codes() == (page.branch.title,)
    words = [each.text() for each in page.drafts.findChildren(QLabel)]
    assert any(each.startswith("会议草稿　2") for each in words)
    assert any(each.startswith(desk.drafts.title_of("ledger:visits")) for each in words)


def test_their_text_is_written_as_it_is_for_its_owner(qtbot, page, shell, tmp_path, monkeypatch):
    file, names = tmp_path / "原文.txt", []

    def choose(_parent, _title, name, _kinds, then, **_more):
        names.append(name)
        then(file)

    monkeypatch.setattr(shell.choosers, "save_file", choose)
    with qtbot.waitSignal(shell.toasted):
        act(page, "export").click()
    assert file.read_text(encoding="utf-8") == "{半句"
    assert names[0].startswith("会议草稿原文")
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_one_is_given_up_and_brought_back_as_it_was(qtbot, page, desk, shell):
    before = set(desk.drafts.unreadable())
    with qtbot.waitSignal(shell.toasted) as said:
        act(page, "drop").click()
    assert [draft.form for draft in desk.drafts.unreadable()] == ["ledger:visits"]
    said.args[0].undo()
    settle(qtbot, shell)
    assert set(desk.drafts.unreadable()) == before
    for draft in before:
        desk.drafts.drop(draft.form, draft.uid)
    qtbot.waitUntil(page.drafts.isHidden)
