from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.demo import make_demo_library
from dangjian_desktop.ui.desk import keeper
from dangjian_desktop.ui.fields.cells import Cell
from dangjian_desktop.ui.month_grid import ValuesGrid
from dangjian_desktop.ui.projects.body import ProjectBody
from dangjian_desktop.ui.projects.context import FORM, context_of
from dangjian_desktop.ui.projects.editor import project_editor
from dangjian_desktop.ui.projects.form import read, state_of
from tests.services.make import a_library, clock
from tests.ui.project_world import a_stored_project

TARGETS = (("t1", "单进水平（米/月）"), ("t2", "材料消耗（元/吨）"))
MONTHS = ("2026-01", "2026-02", "2026-03")


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    yield made
    made.close()


@pytest.fixture
def editor(qtbot, desk, shell, monkeypatch):
    monkeypatch.setattr(keeper, "AFTER_LAST_KEY", 40)
    made = project_editor(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    yield made
    made.keeper.give_up()
    qtbot.waitUntil(lambda: not shell.jobs.busy)


@pytest.fixture
def grid(qtbot, theme):
    made = ValuesGrid(theme)
    qtbot.addWidget(made)
    made.show_values(TARGETS, MONTHS, {})
    made.setCurrentIndex(made.values.index(0, 0))
    made.show()
    return made


def opened(qtbot, editor, uid):
    editor.open(uid)
    qtbot.waitUntil(lambda: editor.body is not None and editor._last.get("id") == uid)
    return editor.body


def test_a_block_copied_from_a_sheet_is_pasted_with_every_way_of_writing_numbers(qtbot, grid):
    QGuiApplication.clipboard().setText("1,200.5\t85%\t１９０\r\n-3\t\t0.41\r\n")
    qtbot.keyClick(grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert grid.values.cells() == {
        ("t1", "2026-01"): "1200.5",
        ("t1", "2026-02"): "85",
        ("t1", "2026-03"): "190",
        ("t2", "2026-01"): "-3",
        ("t2", "2026-03"): "0.41",
    }
    assert grid.values.problems() == ()


def test_text_among_pasted_numbers_stays_and_is_named_by_its_cell(grid):
    grid.paste("185\t约190\t192")
    (problem,) = grid.values.problems()
    assert problem == "“单进水平（米/月）”2026年2月：“约190”不是数字，请改为数字或清空"
    assert grid.values.index(0, 1).data() == "✕ 约190"
    assert grid.values.cells()["t1", "2026-03"] == "192"


def test_a_column_of_months_is_turned_to_fit_the_row(grid):
    grid.paste("1\n2\n3")
    assert [grid.values.index(0, column).data() for column in range(3)] == ["1", "2", "3"]


def test_what_has_no_place_in_the_grid_is_told_and_pasting_can_be_undone(qtbot, grid):
    grid.paste("7")
    with qtbot.waitSignal(grid.pasted) as told:
        grid.setCurrentIndex(grid.values.index(0, 2))
        grid.paste("1\t2\t3")
    count, before, remark = told.args
    assert count == 1
    assert "有 2 个数值超出表格" in remark
    grid.restore(before)
    assert grid.values.cells() == {("t1", "2026-01"): "7"}


def test_cells_are_typed_emptied_and_copied_by_keys(qtbot, grid):
    qtbot.keyClicks(grid.viewport(), "5")
    qtbot.keyClick(grid.findChild(QLineEdit), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: grid.currentIndex().row() == 1)
    assert grid.values.cells() == {("t1", "2026-01"): "5"}
    grid.setCurrentIndex(grid.values.index(0, 0))
    qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "5"
    qtbot.keyClick(grid, Qt.Key.Key_Delete)
    assert grid.values.cells() == {}


def test_what_stands_in_an_open_cell_is_told_and_counts_before_it_is_closed(qtbot, grid):
    told = []
    grid.changed.connect(lambda: told.append(grid.cells()))
    qtbot.keyClicks(grid.viewport(), "5")
    qtbot.keyClicks(grid.findChild(QLineEdit), "6")
    assert told[-1] == {("t1", "2026-01"): "56"}
    assert grid.values.cells() == {}


def test_a_project_goes_through_the_editor_unchanged(qtbot, editor, desk):
    stored = a_stored_project(desk)
    body = opened(qtbot, editor, stored.id)
    reading = read(body.state(), stored, desk.meetings.members(), clock().date())
    assert reading.problems == {}
    assert reading.project == stored


def test_every_project_of_the_sample_goes_through_the_editor_unchanged(qtbot, shell, tmp_path):
    library = make_demo_library(tmp_path / "示例.dangjian")
    sample = Desk(library)
    projects = sample.projects.all(ProjectFilter())
    body = None
    for project in projects:
        context = context_of(sample, project.id)
        body = body or ProjectBody(shell, context)
        qtbot.addWidget(body)
        body.show_context(context, state_of(project))
        reading = read(body.state(), project, context.members, context.today)
        assert reading.problems == {}, project.title
        assert reading.project == project, project.title
    assert len(projects) == 3
    library.close()


def test_what_is_typed_is_kept_as_a_draft_and_found_again(qtbot, editor, desk, shell):
    stored = a_stored_project(desk)
    body = opened(qtbot, editor, stored.id)
    body.head.editor("title").set_value("减人提效（修改）")
    qtbot.waitUntil(lambda: desk.drafts.get(FORM, stored.id) is not None)
    qtbot.waitUntil(lambda: "已自动保存" in editor.head.state.text())
    again = project_editor(desk, shell)
    qtbot.addWidget(again)
    opened(qtbot, again, stored.id)
    assert again.body.head.editor("title").value() == "减人提效（修改）"
    assert "草稿" in again.head.found_words.text()
    again.head.drop.click()
    qtbot.waitUntil(
        lambda: bool(again.uid) and again.body.head.editor("title").value() == "减人提效"
    )
    qtbot.waitUntil(lambda: desk.drafts.get(FORM, stored.id) is None)


def test_problems_stand_at_their_cells_and_nothing_is_stored(qtbot, editor, desk):
    stored = a_stored_project(desk)
    body = opened(qtbot, editor, stored.id)
    body.tables["milestones"].rows[1].cells["planned"].editor.set_value("三月底")
    body.tables["targets"].rows[0].cells["target"].set_value("两百")
    body.tables["targets"].rows[0].cells["unit"].set_value("")
    body.values.grid.setCurrentIndex(body.values.grid.values.index(0, 1))
    body.values.grid.paste("约190")
    qtbot.waitUntil(lambda: editor._last == editor.state())
    editor.save()
    milestone = body.tables["milestones"].rows[1]
    assert "计划完成“三月底”无法识别，应为日期" in milestone.cells["planned"].note.text()
    assert "“两百”不是数字" in body.tables["targets"].rows[0].cells["target"].note.text()
    assert "2026年2月：“约190”不是数字" in body.values.note.text()
    assert body.tables["targets"].rows[0].cells["unit"].note.text() == "请填写单位"
    assert "有 4 处需要改正" in editor.head.state.text()
    assert desk.projects.one(stored.id) == stored


def test_what_the_service_refuses_is_said_at_its_part(qtbot, editor, desk, shell):
    stored = a_stored_project(desk)
    body = opened(qtbot, editor, stored.id)
    body.tables["milestones"].rows[2].cells["planned"].editor.set_value("2027-05-01")
    body.head.editor("secretary").set_value("李四")
    qtbot.waitUntil(lambda: editor._last == editor.state())
    editor.save()
    qtbot.waitUntil(lambda: "需要改正" in editor.head.state.text())
    late = body.tables["milestones"].rows[2].cells["planned"]
    assert "2027-05-01不在项目起止时间" in late.note.text()
    assert "不是支部书记" in body.head.cells["secretary"].note.text()
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    assert desk.projects.one(stored.id) == stored


def test_values_of_months_outside_the_period_stay_visible_and_are_told(qtbot, editor, desk):
    stored = a_stored_project(desk)
    body = opened(qtbot, editor, stored.id)
    body.head.editor("start").set_value("2026-02-01")
    qtbot.waitUntil(lambda: "不在项目起止时间内" in body.values.note.text())
    assert "2026年1月" in body.values.note.text()
    assert "2026-01" in body.values.grid.values.months


def test_the_sum_of_the_weights_is_shown_while_typing(qtbot, editor, desk):
    body = opened(qtbot, editor, a_stored_project(desk).id)
    body.tables["milestones"].rows[0].cells["weight"].editor.set_value("35")
    qtbot.waitUntil(lambda: "权重合计 105" in body.tables["milestones"].stack.foot.text())


def test_saving_keeps_what_other_parts_of_the_page_wrote(qtbot, editor, desk):
    stored = a_stored_project(desk)
    desk.projects.set_values(stored.id, stored.targets[0].id, {"2026-02": Decimal(190)})
    body = opened(qtbot, editor, stored.id)
    body.head.editor("number").set_value("2026-书-01")
    qtbot.waitUntil(lambda: editor._last == editor.state())
    with qtbot.waitSignal(editor.saved):
        editor.save()
    kept = desk.projects.one(stored.id)
    assert kept.number == "2026-书-01"
    assert kept.targets[0].values["2026-02"] == Decimal(190)


def test_a_masked_field_is_covered_here_too_while_nobody_types_there(qtbot, editor, desk):
    body = opened(qtbot, editor, a_stored_project(desk, phone="13912345678").id)
    masked = [cell for cell in body.findChildren(Cell) if cell.editor.field.masked]
    assert [cell.editor.field.name for cell in masked] == ["phone"]
    line = masked[0].editor.line
    assert line.text() == "13912345678"
    assert line.echoMode() is QLineEdit.EchoMode.Password
    for kind, mode in (
        (QEvent.Type.FocusIn, QLineEdit.EchoMode.Normal),
        (QEvent.Type.FocusOut, QLineEdit.EchoMode.Password),
    ):
        QApplication.sendEvent(line, QFocusEvent(kind))
        assert line.echoMode() is mode
