"""What is wrong with a meeting is said at its cell, at any depth, and gone to."""

from __future__ import annotations

import pytest

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.meetings.editor import meeting_editor
from tests.services.make import a_library, a_meeting, clock

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def editor(qtbot, shell, tmp_path):
    desk = Desk(a_library(tmp_path), clock)
    desk.meetings.import_json(a_meeting())
    made = meeting_editor(desk, shell)
    qtbot.addWidget(made)
    made.resize(1180, 700)
    made.show()
    made.activateWindow()
    made.open(desk.meetings.find(MeetingFilter())[0])
    qtbot.waitUntil(lambda: made.opened is not None)
    yield made
    made.keeper.give_up()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    desk.close()


def test_problems_of_an_item_stand_at_their_cells_and_the_first_has_the_cursor(editor):
    agenda = editor.body.agenda
    agenda.stack.insert(0, {"topic": ""})
    agenda.stack.insert(9, {"topic": "", "speeches": [{"speaker": "张三", "text": "同意"}]})
    first, card, last = agenda.cards
    card.vote.counts["yes"].editor.line.setText("三十")
    card.add_part("actions")
    actions = card.sections["actions"].inner
    place = len(actions.rows) - 1
    actions.rows[place].cells["due"].editor.set_value("月底")
    editor.save()

    yes = card.vote.counts["yes"]
    assert yes.note.text() == "赞成“三十”无法识别，应为 0 至 999999 的整数"
    assert yes.editor.line.hasFocus()
    assert yes.editor.line.accessibleDescription() == f"有误，{yes.note.text()}"
    notes = {name: cell.note.text() for name, cell in actions.rows[place].cells.items()}
    assert notes["what"] == "请填写事项"
    assert "完成时限“月底”无法识别" in notes["due"]
    assert last.topic.note.text() == "请填写议题"
    assert not agenda.stack.note.text()
    assert not first.topic.note.text()
    assert editor.head.state.text() == "有 4 处需要改正，草稿已保留"
    assert not editor.head.problem.text()

    yes.editor.line.setText("9")
    assert not yes.note.text()
    assert not yes.editor.line.accessibleDescription()


def test_what_the_service_refuses_of_a_vote_stands_at_the_vote(qtbot, editor):
    editor.body.agenda.stack.insert(0, {"topic": ""})
    card = editor.body.agenda.cards[1]
    card.vote.set_value({"method": "secret_ballot", "issued": 9, "returned": 9, "yes": 30})
    editor.body.changed.emit()
    editor.save()
    section = card.sections["vote"]
    qtbot.waitUntil(lambda: "票数不可能" in section.note.text())
    assert section.isVisibleTo(editor)


def test_a_part_that_is_closed_is_opened_for_its_problem(editor):
    body = editor.body
    rest = body.point_out(
        {"excluded.0.name": "请填写姓名", "stated.eligible": "请核对", "number": "第×次应从 1 起"}
    )
    assert rest == ("第×次应从 1 起",)
    assert body.more.sections["excluded"].isVisibleTo(editor)
    assert body.more.excluded.stack.note.text() == "请填写姓名"
    assert body.more.eligible.note.text() == "请核对"
    body.point_out({"attendance.1.reason": "原因太长"})
    assert body.attendance.note.text() == "原因太长"
    assert body.attendance.chips[body.attendance.value()[1]["member_id"]].hasFocus()
