"""The page of talks: what the form offers, who lacks one, papers, the way from the first page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.home.gathering import load_home
from dangjian_desktop.ui.look.lines import Lines
from dangjian_desktop.ui.talks.page import talks_page
from tests.services.make import a_meeting, a_member
from tests.services.talks.talks_world import GIST, a_desk, a_talk, talks
from tests.ui.roster_world import quiet

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("quick_passwords"),
]


@pytest.fixture(params=[False, True], ids=["in clear", "behind a password"])
def desk(request, tmp_path):
    with a_desk(tmp_path, protected=request.param) as opened:
        talks(opened).import_json([a_talk(), a_talk(talker="李四", partner="张三")])
        yield opened


@pytest.fixture
def page(qtbot, desk, shell):
    page = talks_page(desk, shell)
    qtbot.addWidget(page)
    page.resize(1300, 700)
    desk.announce = shell.changes.announce
    shell.changes.changed.connect(page.refresh)
    page.show()
    page.refresh(page.topics)
    quiet(qtbot, shell)
    return page


def columns(page):
    model = page.table.model
    return [column.title for column in model.columns]


def test_the_list_says_between_whom_and_nothing_of_what_was_said(qtbot, page):
    assert "谈话类型" in columns(page)
    assert not {"内容要点", "意见建议"} & set(columns(page))
    model = page.table.model
    qtbot.waitUntil(lambda: all(model.record(uid) for uid in model.ids))
    between = sorted(model.record(uid).between for uid in model.ids)
    assert between == ["支委与党员", "支委之间"]


def test_the_form_offers_what_was_said_behind_a_password_only(qtbot, desk, shell, page):
    page.edit(page.table.model.ids[0])
    qtbot.waitUntil(lambda: bool(page.editor.uid))
    cells = page.editor.body.form.cells
    note = page.editor.body.findChild(QLabel, "form.note")
    if not desk.protected:
        assert not {"gist", "opinion"} & cells.keys()
        assert "内容要点、意见建议不在这里填写" in note.text()
        return
    assert note is None
    cells["gist"].set_value(GIST)
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert GIST in {talk.gist for talk in talks(desk).all()}
    shown = page.findChild(Lines)
    qtbot.waitUntil(lambda: GIST in {label.text() for label in shown.values.values()})


def test_who_lacks_a_talk_is_listed_opened_and_talked_with(qtbot, desk, shell, page):
    page.focus_record("coverage/2026")
    qtbot.waitUntil(lambda: bool(page.views.currentWidget().people.model.ids))
    view = page.views.currentWidget()
    assert "支委之间应谈3对，已谈1对；支委与党员应谈7人，已谈1人" in view.words.text()
    view.parts.chip("lacking").click()
    by_name = {view.people.model.record(u).member.name: u for u in view.people.model.ids}
    assert set(by_name) > {"孙八", "王五"}
    view.people.select(by_name["孙八"])
    view.talk.click()
    qtbot.waitUntil(lambda: page.editing and bool(page.editor.uid))
    page.editor.body.form.cells["talkers"].set_value(["张三"])
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert len(talks(desk).find()) == 3
    [talk] = [t for t in talks(desk).all() if t.partners[0].name == "孙八"]
    assert talk.partners[0].member_id == by_name["孙八"]
    assert talk.occasion.value == "yearly"


def test_the_form_is_printed_of_a_talk_and_empty(qtbot, desk, shell, page):
    page.findChild(QPushButton, "talks.blank").click()
    view = page.views.currentWidget()
    qtbot.waitUntil(lambda: view.pane.preview.pdf.startswith(b"%PDF"))
    page.to_list()
    page.acts.actions["paper"].trigger()
    qtbot.waitUntil(lambda: page.views.currentWidget() is view)
    quiet(qtbot, shell)


def test_a_moment_on_the_first_page_leads_to_a_talk_that_is_filled_in(qtbot, desk, shell, page):
    desk.meetings.import_json([a_meeting()])
    came = Span("正常", PartialDate(2026, 3, 16))
    with desk._library.changing(Topic.MEMBERS) as work:
        work.members.save(a_member("新来", standings=(came,)))
    assert not any("新来" in todo.words for todo in load_home(desk).todos)
    desk.check.switch_rule("TALK-IN", enabled=True)
    [todo] = [todo for todo in load_home(desk).todos if "新来" in todo.words]
    assert (todo.verb, todo.place) == ("记录谈话", "heart_talk")
    page.focus_record(todo.uid)
    qtbot.waitUntil(lambda: page.editing and bool(page.editor.uid))
    cells = page.editor.body.form.cells
    assert cells["partners"].value() == ["新来"]
    record = talks(desk).record
    assert text_of(record.field("occasion"), cells["occasion"].value()) == "组织关系转入"
