from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

from dangjian_desktop.domain.meetings.meeting import MeetingFilter, VoteMethod
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.meetings.meetings import meetings_page
from tests.services.make import a_library, a_meeting, clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(tmp_path):
    library = a_library(tmp_path)
    made = Desk(library, clock)
    made.meetings.import_json(a_meeting())
    yield made
    library.close()


@pytest.fixture
def toasts(shell):
    said = []
    shell.toasted.connect(said.append)
    return said


def shown_page(qtbot, desk, shell):
    desk.announce = shell.changes.announce
    page = meetings_page(desk, shell)
    shell.changes.changed.connect(page.refresh)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    page.show()
    page.refresh(page.topics)
    qtbot.waitUntil(lambda: bool(page.table.model.ids))
    return page


@pytest.fixture
def page(qtbot, desk, shell):
    made = shown_page(qtbot, desk, shell)
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy, timeout=10_000)


@pytest.fixture
def new(qtbot, page):
    """The editor of a new meeting of the committee."""
    page.start_new("committee_meeting")
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    return page.editor


@pytest.fixture
def stored(qtbot, page, desk):
    """The editor of the general meeting that is stored."""
    page.edit(desk.meetings.find(MeetingFilter())[0])
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    return page.editor


def chip(editor, name):
    return next(c for c in editor.body.attendance.chips.values() if c.name == name)


def line(editor, name):
    return editor.body.head.cells[name].editor.focusProxy()


def standing(editor):
    entries = editor.body.attendance.value()
    return {e["name"]: (e["presence"], e["reason"], e["made_up"]) for e in entries}


def only(desk, kind):
    uid = desk.meetings.find(MeetingFilter(kind=kind))[0]
    return desk.meetings.one(uid)


def test_a_new_meeting_is_filled_in_saved_and_listed(qtbot, page, new, desk, toasts):
    line(new, "date").setText("3.30")
    line(new, "start").setText("1500")
    for name in ("zs", "ls"):
        qtbot.keyClicks(new.body.attendance.names, name)
        qtbot.keyClick(new.body.attendance.names, Qt.Key.Key_Return)
    card = new.body.agenda.cards[0]
    card.topic.editor.line.setText("研究发展党员工作")
    card.content.editor.area.setPlainText("听取汇报。\n同意上报。")
    card.add_part("actions")
    actions = card.sections["actions"].inner
    actions.rows[0].cells["what"].editor.area.setPlainText("报送预审材料")
    actions.rows[0].cells["responsible"].editor.names.setText("李四")
    actions.rows[0].cells["due"].editor.inner.setText("4.10")

    new.head.done.click()

    qtbot.waitUntil(lambda: not page.editing)
    meeting = only(desk, "committee_meeting")
    qtbot.waitUntil(lambda: page.table.current() == meeting.id)
    assert {a.person.name for a in meeting.attendance} == {"张三", "李四"}
    assert meeting.agenda[0].content == ("听取汇报。", "同意上报。")
    assert meeting.agenda[0].actions[0].responsible.member_id
    assert desk.drafts.all("meeting") == ()
    assert toasts[-1].text == "会议记录已保存"


def test_members_are_marked_by_keys_and_by_clicks(qtbot, new):
    one, other, third = (chip(new, name) for name in ("张三", "李四", "王五"))

    qtbot.mouseClick(one, Qt.MouseButton.LeftButton)
    qtbot.keyClick(other, Qt.Key.Key_V)
    qtbot.keyClick(third, Qt.Key.Key_X)
    assert standing(new) == {
        "张三": ("present", None, None),
        "李四": ("video", None, None),
        "王五": ("absent", None, None),
    }
    assert [c.text() for c in (one, other, third)] == ["✓ 张三", "✓ 李四 · 视频", "✕ 王五 · 缺席"]

    qtbot.keyClick(one, Qt.Key.Key_Space)
    qtbot.keyClick(third, Qt.Key.Key_Backspace)
    assert set(standing(new)) == {"李四"}
    new.body.attendance.everyone.click()
    assert [state[0] for state in standing(new).values()] == ["video", "present", "present"]


def test_leave_asks_for_its_reason_and_how_it_was_made_up_for(qtbot, new):
    qtbot.keyClick(chip(new, "王五"), Qt.Key.Key_Q)
    bar = new.body.attendance.bar
    offered = [bar.reason.itemText(n) for n in range(bar.reason.count())]
    assert offered[0] == "出差"

    bar.reason.setEditText("住院")
    bar.made_up.setText("3月25日补学")

    assert standing(new)["王五"] == ("leave", "住院", "3月25日补学")
    assert chip(new, "王五").text() == "王五 · 请假：住院"
    qtbot.waitUntil(lambda: "未登记 2 人" in new.body.attendance.counts.text())


def test_a_name_that_fits_no_member_is_said_under_the_list(qtbot, new):
    names = new.body.attendance.names
    names.setText("外人")
    qtbot.keyClick(names, Qt.Key.Key_Return)
    assert "不是当日的在册党员" in new.body.attendance.note.text()
    assert standing(new) == {}


def test_a_host_from_outside_is_kept_and_asks_who_delegated(qtbot, new):
    line(new, "host").setText("上级领导")
    assert new.body.head.cells["delegated_by"].isVisible()
    assert "按填写的姓名记录" in new.body.head.cells["host"].note.text()
    line(new, "host").setText("张三")
    assert not new.body.head.cells["delegated_by"].isVisible()


def test_votes_are_typed_and_only_what_the_method_has_is_asked(qtbot, stored, page, desk):
    vote = stored.body.agenda.cards[0].vote
    assert not vote.counts["written_yes"].isHidden()

    yes = vote.counts["yes"].editor.line
    qtbot.keyClick(yes, Qt.Key.Key_Down)
    vote.counts["abstain"].editor.line.setText("2")
    vote.counts["written_yes"].editor.line.setText("1")
    stored.head.done.click()

    qtbot.waitUntil(lambda: not page.editing)
    saved = only(desk, "general_meeting").agenda[0].vote
    assert (saved.yes, saved.abstain, saved.written_yes) == (5, 2, 1)
    assert saved.method is VoteMethod.SECRET_BALLOT


def test_hands_ask_for_three_numbers_only(new):
    card = new.body.agenda.cards[0]
    card.add_part("vote")
    card.vote.method.editor.set_value("hands")
    asked = [name for name, cell in card.vote.counts.items() if not cell.isHidden()]
    assert asked == ["yes", "no", "abstain"]


def test_what_is_read_first_can_be_marked_where_the_branch_goes_by_it(qtbot, page, new, desk):
    card = new.body.agenda.cards[0]
    box = card.matter.editor.box
    assert box.findData("first_topic") < 0
    assert card.source.isHidden()
    new.body.agenda.offer_first_topic(offered=True)
    box.setCurrentIndex(box.findData("first_topic"))
    assert not card.source.isHidden()
    card.topic.editor.line.setText("重要讲话")
    card.source.editor.line.setText("《求是》第3期")
    line(new, "date").setText("3.30")
    new.head.done.click()
    qtbot.waitUntil(lambda: not page.editing)
    (item,) = only(desk, "committee_meeting").agenda
    assert (item.matter.value, item.source) == ("first_topic", "《求是》第3期")
    new.body.agenda.set_value(
        [{"topic": "重要讲话", "matter": "first_topic", "source": "《求是》"}]
    )
    shown = new.body.agenda.cards[0].matter.editor.box
    assert shown.currentText() == "第一议题", "also where the rule was switched off since"


def test_a_joint_sitting_shows_the_fields_of_all_its_kinds(qtbot, stored, desk, page):
    stored.body.head.kinds.chip("party_lecture").click()
    form = stored.body.details.form
    assert {"scrutineers", "lecturer", "outline"} <= {field.name for field in form.fields}

    form.editor("lecturer").line.setText("张三")
    stored.head.done.click()

    qtbot.waitUntil(lambda: not page.editing)
    meeting = only(desk, "general_meeting")
    assert meeting.kinds == ("general_meeting", "party_lecture")
    assert (meeting.details["lecturer"], meeting.details["scrutineers"]) == ("张三", ["赵六"])


def test_what_cannot_be_saved_is_said_under_its_field_and_kept_as_a_draft(
    qtbot, stored, desk, page
):
    line(stored, "end").setText("14:00")
    stored.head.save.click()

    note = stored.body.head.cells["end"].note
    qtbot.waitUntil(lambda: "早于开始时间" in note.text())
    assert page.editing
    assert not note.text().startswith("本次会议")
    uid = stored.state()["id"]
    qtbot.waitUntil(lambda: desk.drafts.get("meeting", uid) is not None)
    assert desk.drafts.get("meeting", uid).content["end"] == "14:00"

    line(stored, "end").setText("下班")
    stored.head.save.click()
    assert "应为时间，例如 14:30" in note.text()


def test_ctrl_s_saves_and_stays(qtbot, stored, desk, page):
    line(stored, "place").setText("二楼会议室")
    qtbot.keySequence(stored.body, QKeySequence("Ctrl+S"))
    stored.save()
    qtbot.waitUntil(lambda: only(desk, "general_meeting").place == "二楼会议室")
    qtbot.waitUntil(lambda: "已保存" in stored.head.state.text())
    assert page.editing

    revision = desk.meetings.revision(stored.state()["id"])
    stored.save()
    qtbot.waitUntil(lambda: not stored.saver.busy)
    assert desk.meetings.revision(stored.state()["id"]) == revision


def test_esc_goes_back_and_loses_nothing(qtbot, stored, desk, page):
    line(stored, "place").setText("二楼会议室")
    assert page.back()
    qtbot.waitUntil(lambda: not page.editing)
    qtbot.waitUntil(page.list.drafts.isVisible)

    page.list.drafts.resumed.emit(desk.drafts.all("meeting")[0].uid)
    qtbot.waitUntil(stored.head.found.isVisible)
    assert stored.state()["place"] == "二楼会议室"
    assert "自动保存的草稿" in stored.head.found_words.text()


def test_an_unfinished_form_is_found_after_the_window_is_gone(qtbot, desk, shell, page, new):
    line(new, "start").setText("下午三点多")
    new.body.closing.area.setPlainText("没有写完")
    qtbot.waitUntil(lambda: bool(desk.drafts.all("meeting")), timeout=4000)
    page.hide()

    again = shown_page(qtbot, desk, shell)
    qtbot.waitUntil(again.list.drafts.isVisible)
    again.edit(desk.drafts.all("meeting")[0].uid)
    qtbot.waitUntil(lambda: again.editor.body is not None)
    assert again.editor.state()["start"] == "下午三点多"
    assert again.editor.state()["closing"] == "没有写完"


def test_a_draft_is_kept_at_the_latest_after_five_seconds_of_typing(qtbot, new, desk, monkeypatch):
    assert (keeper.AFTER_LAST_KEY, keeper.AT_THE_LATEST) == (1000, 5000)
    new.keeper._latest.setInterval(150)
    new.keeper._idle.setInterval(60_000)
    for letter in "abc":
        new.body.closing.area.insertPlainText(letter)
        new.settle()
    qtbot.waitUntil(lambda: bool(desk.drafts.all("meeting")))
    assert desk.drafts.all("meeting")[0].content["closing"] == "abc"


def test_a_record_saved_meanwhile_is_named_beside_the_draft(qtbot, page, desk, stored):
    uid = stored.state()["id"]
    line(stored, "place").setText("草稿的地点")
    page.back()
    qtbot.waitUntil(lambda: not page.editing)
    qtbot.waitUntil(lambda: desk.drafts.get("meeting", uid) is not None)
    draft = desk.drafts.get("meeting", uid)
    changed = desk.meetings.as_json(desk.meetings.one(uid)) | {"place": "别处改的地点", "id": uid}
    desk.meetings.import_json(changed)
    desk.drafts.put("meeting", uid, draft.content)
    assert desk.drafts.get("meeting", uid) is not None

    page.edit(uid)
    qtbot.waitUntil(stored.head.found.isVisible)
    assert stored.state()["place"] == "草稿的地点"
    stored.head.drop.click()
    qtbot.waitUntil(lambda: stored.state().get("place") == "别处改的地点")


def test_items_are_added_moved_and_taken_away_with_a_way_back(qtbot, stored, toasts):
    agenda = stored.body.agenda
    agenda.stack.add.click()
    agenda.cards[1].topic.editor.line.setText("第二项")
    agenda.cards[1].asked.emit("up")
    assert [card.topic.value() for card in agenda.cards] == ["第二项", "讨论接收预备党员"]

    agenda.cards[1].asked.emit("remove")
    assert [card.topic.value() for card in agenda.cards] == ["第二项"]
    toasts[-1].undo()
    assert agenda.cards[1].vote.value()["yes"] == 6


def test_a_speech_taken_away_can_be_brought_back(stored, toasts):
    section = stored.body.agenda.cards[0].sections["speeches"]
    section.remove.click()
    assert section.inner.value() == []
    toasts[-1].undo()
    assert section.inner.value() == [{"speaker": "王五", "text": "工作踏实，同意接收。"}]


def test_the_verdicts_follow_the_typing(qtbot, stored):
    qtbot.waitUntil(lambda: bool(stored.body.verdicts.lines))
    before = [verdict.finding.message for verdict in stored.body.verdicts.lines]
    for name in ("张三", "李四", "王五", "赵六"):
        qtbot.keyClick(chip(stored, name), Qt.Key.Key_X)

    def after():
        return [verdict.finding.message for verdict in stored.body.verdicts.lines]

    qtbot.waitUntil(lambda: after() != before, timeout=5000)
    assert "到会 4/10" in stored.body.attendance.counts.text()


def test_the_preview_shows_what_is_not_saved_yet(qtbot, stored):
    line(stored, "place").setText("二楼会议室")
    stored.head.preview.click()
    qtbot.waitUntil(lambda: stored.aside.preview.pdf.startswith(b"%PDF"), timeout=10_000)


def test_an_old_date_offers_late_entry(qtbot, new, page, desk):
    assert not new.body.late.isVisible()
    line(new, "date").setText("2026-03-02")
    assert new.body.late.isVisible()
    new.body.late.reason.editor.line.setText("停电，事后补录")
    new.body.attendance.everyone.click()
    new.head.done.click()
    qtbot.waitUntil(lambda: not page.editing)
    assert only(desk, "committee_meeting").late_entry.reason == "停电，事后补录"


def test_a_person_is_left_out_of_those_expected_with_reason(qtbot, stored, desk, page):
    qtbot.keyClick(chip(stored, "冯二"), Qt.Key.Key_Backspace)
    stored.body.attendance.bar.exclude.click()
    rows = stored.body.more.excluded
    rows.rows[0].cells["reason"].editor.line.setText("长期患病、生活不能自理")
    rows.rows[0].cells["consent"].editor.line.setText("上级党委2026年3月2日批复")
    rows.rows[0].cells["approved_on"].editor.inner.setText("3.18")
    assert chip(stored, "冯二").text() == "冯二 · 不计入应到"

    stored.head.done.click()
    qtbot.waitUntil(lambda: not page.editing)
    excluded = only(desk, "general_meeting").excluded
    assert [(e.person.name, e.approved_on.isoformat()) for e in excluded] == [
        ("冯二", "2026-03-18")
    ]


def test_every_field_of_the_head_has_a_name_for_readers_of_the_screen(new):
    fields = {field.objectName(): field for field in new.body.head.findChildren(QLineEdit)}
    for name in ("title", "date", "start", "end", "place", "host", "recorder"):
        assert fields[name].accessibleName()
