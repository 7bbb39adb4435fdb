from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from dangjian_desktop.domain.field_values import value_problem
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.forms import Form
from dangjian_desktop.ui.fields.names import Candidate

COLUMNS = (Field("from", "批评人"), Field("due", "期限", FieldType.DATE))
FIELDS = (
    Field("title", "主题", required=True),
    Field("text", "内容", FieldType.LONG_TEXT),
    Field("date", "日期", FieldType.DATE, required=True),
    Field("joined", "入党时间", FieldType.PARTIAL_DATE),
    Field("start", "开始", FieldType.TIME),
    Field("hours", "学时", FieldType.DECIMAL),
    Field("grade", "等次", FieldType.CHOICE, choices=(("good", "优秀"), ("", "未定"))),
    Field("paper", "有原件", FieldType.YES_NO),
    Field("host", "主持人", FieldType.PERSON),
    Field("tellers", "计票人", FieldType.PEOPLE),
    Field("flow", "流程", FieldType.LIST),
    Field("record", "测评", FieldType.RECORD, columns=COLUMNS),
    Field("records", "批评", FieldType.RECORDS, columns=COLUMNS),
)
FILLED = {
    "title": "研究发展党员工作",
    "text": "第一段\n第二段",
    "date": "2026-03-05",
    "joined": "1998-07",
    "start": "14:30",
    "hours": "2.5",
    "grade": "good",
    "paper": False,
    "host": "邓涛",
    "tellers": ["马磊", "韩娟"],
    "flow": ["重温誓词", "集中学习"],
    "record": {"from": "邓涛"},
    "records": [{"from": "邓涛", "due": "2026-04-01"}, {"from": "马磊"}],
}


@pytest.fixture
def form(qtbot, theme):
    people = (Candidate("邓涛", "dt", "1"), Candidate("马磊", "ml", "2"))
    made = Form(FIELDS, theme, people=lambda: people, today=lambda: date(2026, 3, 5))
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_filled_in_comes_out_again(form):
    form.fill(FILLED)
    assert form.values() == FILLED


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.type.value)
def test_every_value_fits_its_field_as_the_domain_sees_it(form, field):
    form.fill(FILLED)
    assert value_problem(field, form.values()[field.name]) is None
    form.fill({})
    assert value_problem(field, form.values()[field.name]) is None


def test_an_empty_form_has_no_values(form):
    form.fill(FILLED)
    form.fill({})
    assert {name for name, value in form.values().items() if value} == set()


def test_problems_stand_under_their_fields_and_the_first_is_focused(form, qtbot):
    form.fill({"date": "2026-03-05"})
    rest = form.point_out(
        {"date": "日期不能晚于今天", "title": "请填写主题", "other": "没有这个字段"}
    )
    assert form.cells["title"].note.text() == "请填写主题"
    assert form.findChild(QLineEdit, "title").property("wrong") is True
    assert form.focusWidget().objectName() == "title"
    assert rest == {"other": "没有这个字段"}
    qtbot.keyClicks(form.findChild(QLineEdit, "title"), "x")
    assert form.cells["title"].note.text() == ""
    assert form.cells["date"].note.text() == "日期不能晚于今天"


def test_required_and_unreadable_fields_are_named(form):
    form.findChild(QLineEdit, "start").setText("开会后")
    form.findChild(QLineEdit, "hours").setText("两")
    found = form.problems()
    assert found["title"] == "请填写主题"
    assert found["hours"] == "学时“两”不是数字，应为数字，例如 1,200.5"
    assert "14:30" in found["start"]
    assert set(found) == {"title", "date", "hours", "start"}


def test_typing_is_never_lost(form):
    form.findChild(QLineEdit, "date").setText("三月初")
    assert form.values()["date"] == "三月初"
    form.fill(form.values())
    assert form.findChild(QLineEdit, "date").text() == "三月初"


def test_every_change_is_told(form, qtbot):
    with qtbot.waitSignal(form.changed):
        qtbot.keyClicks(form.findChild(QLineEdit, "title"), "x")
    with qtbot.waitSignal(form.changed):
        form.findChild(QPlainTextEdit, "text").setPlainText("x")


def test_an_old_choice_is_kept(form):
    form.fill({"grade": "retired"})
    assert form.values()["grade"] == "retired"


def test_rows_are_added_and_taken_away(form, qtbot):
    form.fill({"records": [{"from": "甲"}, {"from": "乙"}]})
    editor = form.editor("records")
    qtbot.mouseClick(editor.rows[0].remove, Qt.MouseButton.LeftButton)
    assert form.values()["records"] == [{"from": "乙"}]
    qtbot.mouseClick(editor.stack.add, Qt.MouseButton.LeftButton)
    assert len(editor.rows) == 2
    assert form.values()["records"] == [{"from": "乙"}]


def test_a_wrong_day_in_a_row_is_named_with_its_row(form):
    form.fill({**FILLED, "records": [{"from": "甲"}, {"due": "月底"}]})
    assert form.problems()["records"].startswith("第2行")


def test_what_no_paper_can_print_is_told_at_the_field_as_it_comes(form):
    cell = form.cells["title"]
    line = cell.editor.line
    line.setText("走访\u202e的")
    assert cell.note.text() == "其中的改变文字方向的字符不能显示和打印，保存时去掉。"
    assert not line.property("wrong")
    line.setText("走访的")
    assert cell.note.text() == ""


def test_what_is_being_composed_is_not_painted_over_the_hint(qtbot, theme):
    def picture(hint, composed):
        field = Field("text", "内容", FieldType.LONG_TEXT, hint=hint)
        form = Form((field,), theme)
        qtbot.addWidget(form)
        form.resize(400, 200)
        area = form.findChild(QPlainTextEdit)
        if composed is not None:
            QApplication.sendEvent(area, QInputMethodEvent(composed, []))
        return area.grab().toImage()

    assert picture("会议经过和决定", "xuexi") == picture("", "xuexi")
    assert picture("会议经过和决定", "xuexi") != picture("会议经过和决定", "")
    assert picture("会议经过和决定", "") == picture("会议经过和决定", None)
