"""The page of talks: what the form offers, who lacks one, papers, the way from the first page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from dangjian_desktop.domain.dates import PartialDate
from dangjian_desktop.domain.field_texts import COVERED
from dangjian_desktop.domain.members.member import Span
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.records.exporting import text_of
from dangjian_desktop.ui.home.gathering import load_home
from dangjian_desktop.ui.talks.page import talks_page
from tests.services.make import a_meeting, a_member
from tests.services.talks.talks_world import GIST, OPINION, a_desk, a_talk, talks
from tests.ui.roster_world import held, quiet

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
    return held(qtbot, desk, shell, talks_page(desk, shell), (1300, 700))


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
        assert not {"gist", "opinion", "about", "follow_up"} & cells.keys()
        assert "时机说明、内容要点、意见建议、跟进事项不在这里填写" in note.text()
        return
    assert note is None
    cells["gist"].set_value(GIST)
    page.editor.saver.save_and_leave()
    quiet(qtbot, shell)
    assert GIST in {talk.gist for talk in talks(desk).all()}


def said(widget):
    return {each.text() for each in widget.findChildren(QLabel)}


def seen(table):
    places = [(row, at) for row in range(table.rowCount()) for at in range(table.columnCount())]
    return {table.item(*place).text() for place in places}


def test_what_was_said_is_read_one_click_away_and_for_a_minute(qtbot, desk, shell, page):
    [talk, other] = [talks(desk).one(uid) for uid in page.table.model.ids]
    if not desk.protected:
        qtbot.waitUntil(lambda: "谈话时机" in said(page.card))
        assert "内容要点" not in said(page.card)
        return
    for each in (talk, other):
        talks(desk).save(replace(each, gist=f"{GIST}{each.id}", opinion=OPINION))
    gist = page.detail.secrets["内容要点"]
    for uid in (talk.id, other.id):
        page.table.select(uid)
        qtbot.waitUntil(lambda uid=uid: page.card.shown == uid and gist.text.text() == COVERED)
        assert not {f"{GIST}{uid}", OPINION} & said(page)
        gist.show_button.click()
        assert gist.text.text() == f"{GIST}{uid}"
        assert OPINION not in said(page), "each by itself"
    assert gist.timer.interval() == 60_000
    gist.timer.timeout.emit()
    assert not {f"{GIST}{talk.id}", f"{GIST}{other.id}"} & said(page)
    quiet(qtbot, shell)


def test_a_version_shows_what_was_said_when_it_is_asked_for(qtbot, desk, shell, page):
    if not desk.protected:
        pytest.skip("nothing is said there")
    uid = page.table.model.ids[0]
    for gist in (GIST, OPINION):
        talks(desk).save(replace(talks(desk).one(uid), gist=gist, place=f"在{gist[:2]}"))
    page.table.select(uid)
    qtbot.waitUntil(lambda: page.card.shown == uid)
    page.acts.actions["versions"].trigger()
    view = page.versions
    qtbot.waitUntil(lambda: {"在希望", "在建议", COVERED} <= seen(view.table))
    assert not {GIST, OPINION} & seen(view.table)
    view.secret.button.click()
    assert {GIST, OPINION} <= seen(view.table)
    view.secret.timer.timeout.emit()
    assert not {GIST, OPINION} & seen(view.table)
    view.secret.button.click()
    view.ways.chip("whole").click()
    qtbot.waitUntil(lambda: "谈话人" in seen(view.table))
    assert not {GIST, OPINION} & seen(view.table), "another look covers it again"
    view.secret.button.click()
    page.to_list()
    qtbot.waitUntil(lambda: not {GIST, OPINION} & seen(view.table))
    quiet(qtbot, shell)


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


def test_where_reminders_are_chosen_is_said_beside_who_lacks_a_talk(qtbot, desk, shell, page):
    page.focus_record("coverage/2026")
    qtbot.waitUntil(lambda: bool(page.views.currentWidget().people.model.ids))
    view, asked = page.views.currentWidget(), []
    assert view.moments.text() == "没有启用必谈时机的提醒"
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    view.rules.click()
    assert asked == [("settings", "rules")]
    desk.check.switch_rule("TALK-IN", enabled=True)
    qtbot.waitUntil(lambda: view.moments.text() == "提醒 1 种必谈时机")
    quiet(qtbot, shell)


def test_of_two_of_one_name_the_one_that_was_meant_is_talked_with(qtbot, desk, shell, page):
    with desk._library.changing(Topic.MEMBERS) as work:
        twin = work.members.save(a_member("赵六"))
    page.focus_record(f"new//赵六/{twin.id}")
    qtbot.waitUntil(lambda: page.editing and bool(page.editor.uid))
    cells = page.editor.body.form.cells
    assert cells["occasion"].value() is None
    cells["talkers"].set_value(["张三"])
    page.editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: len(talks(desk).find()) == 3)
    assert twin.id in {talk.partners[0].member_id for talk in talks(desk).all()}
    quiet(qtbot, shell)


def test_the_form_is_printed_of_a_talk_and_empty(qtbot, desk, shell, page):
    page.findChild(QPushButton, "talks.blank").click()
    view = page.views.currentWidget()
    qtbot.waitUntil(lambda: view.pane.preview.pdf.startswith(b"%PDF"))
    page.to_list()
    page.acts.actions["paper"].trigger()
    qtbot.waitUntil(lambda: page.views.currentWidget() is view)
    quiet(qtbot, shell)


def test_a_filled_form_says_that_it_holds_what_is_sensitive(qtbot, desk, shell, page):
    uid = page.table.model.ids[0]
    if desk.protected:
        talks(desk).save(replace(talks(desk).one(uid), opinion=OPINION))
    page.table.select(uid)
    page.acts.actions["paper"].trigger()
    view = page.views.currentWidget()
    qtbot.waitUntil(lambda: view.pane.preview.pdf.startswith(b"%PDF"))
    quiet(qtbot, shell)
    said = "本表含敏感内容（意见建议），打印的纸张和导出的文件不受密码保护，请妥善保管。"
    assert view.pane.warning.text() == (said if desk.protected else "")
    assert view.pane.warning.isVisibleTo(view) is desk.protected
    page.to_list()
    page.findChild(QPushButton, "talks.blank").click()
    qtbot.waitUntil(lambda: not view.pane.warning.isVisibleTo(view))
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
