"""Importing a roster in the window: steps, mapping, problems, result, taking back."""

from __future__ import annotations

from datetime import date

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.domain.members.member import MemberKind
from dangjian_desktop.services.import_report import LineKind
from dangjian_desktop.ui.members.deciding import DecideBar
from dangjian_desktop.ui.members.importing import ImportSteps
from tests.services.make import a_meeting
from tests.ui.roster_world import Chosen, choose, names, quiet, show_page


@pytest.fixture
def page(qtbot, desk, shell):
    made = show_page(qtbot, desk, shell)
    made.findChild(QPushButton, "roster.import").click()
    yield made
    quiet(qtbot, shell)


@pytest.fixture
def steps(page):
    return page.findChild(ImportSteps)


def take(qtbot, shell, steps, file):
    shell.choosers = Chosen(file)
    steps.choose.choose.click()
    quiet(qtbot, shell)


def go_on(qtbot, shell, steps):
    steps.found.next.click()
    assert steps.step == 2
    steps.agree.run.click()
    quiet(qtbot, shell)


def lines(table):
    model = table.model
    return [model.record(uid) for uid in model.ids]


def a_file(path, rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


SAMPLES = {
    "花名册-规范.xlsx": (36, 0, 0, 2),
    "花名册-混乱.xlsx": (36, 1, 4, 21),
    "花名册-GBK.csv": (34, 0, 0, 2),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_roster_goes_in_without_handwork(qtbot, page, steps, desk, shell, samples, name):
    added, refused, incomplete, warnings = SAMPLES[name]
    before = len(desk.roster.roll().members)
    take(qtbot, shell, steps, samples / name)
    assert steps.step == 1
    chips = steps.found.lines.chips
    assert chips.chip("incomplete").text() == f"信息待补 {incomplete}"
    assert chips.chip("warning").text() == f"提示 {warnings}"
    assert f"将新增 {added} 人，更新 0 人，无变化 0 人" in steps.found.summary.text()
    assert len(desk.roster.roll().members) == before
    steps.found.next.click()
    if refused:
        assert not steps.agree.run.isEnabled()
        steps.agree.partly.click()
    else:
        assert not steps.agree.partly.isVisible()
    steps.agree.run.click()
    quiet(qtbot, shell)
    assert steps.step == 3
    assert f"已导入：新增 {added} 人" in steps.done.words.text()
    assert len(desk.roster.roll().members) == before + added
    steps.done.close_button.click()
    qtbot.waitUntil(lambda: "邓涛" in names(page))


def test_problems_are_told_by_row_and_narrowed_by_kind(qtbot, page, steps, shell, samples):
    take(qtbot, shell, steps, samples / "花名册-混乱.xlsx")
    shown = steps.found.lines
    problems = lines(shown.table)
    kinds = [line.kind for line in problems]
    assert kinds.count(LineKind.REFUSED) == 1
    assert kinds.count(LineKind.INCOMPLETE) == 4
    assert problems[0].row == 45
    assert "同一人不能登记两次" in problems[0].text
    qtbot.mouseClick(shown.chips.chip("incomplete"), Qt.MouseButton.LeftButton)
    assert [line.name for line in lines(shown.table)] == ["钱堃", "李文博", "冯振华", "于建国"]
    assert shown.chips.chip("incomplete").text() == "信息待补 4"
    qtbot.mouseClick(shown.chips.chip("added"), Qt.MouseButton.LeftButton)
    assert len(lines(shown.table)) == 36
    shown.table.view.selectRow(3)
    assert shown.whole.text() == lines(shown.table)[3].text


def test_every_column_says_what_it_is_taken_for_with_numbers_covered(
    qtbot, page, steps, shell, samples
):
    take(qtbot, shell, steps, samples / "花名册-混乱.xlsx")
    table = steps.found.columns
    assert table.rowCount() == 11
    assert table.box("F").currentText() == "学历"
    assert table.box("I").currentText() == "党内职务/党小组"
    assert table.item(4, 3).text() == "430111********8955"
    assert steps.found.header.currentData() == 4


def test_another_choice_for_a_column_is_read_at_once(qtbot, page, steps, desk, shell, tmp_path):
    file = a_file(
        tmp_path / "表.xlsx",
        [
            ["姓名", "入党时间", "所在班", "人员类别"],
            ["卫某", "2001-07-01", "一班", "正式党员"],
            ["蒋某", "2002-07-01", "二班", "正式党员"],
        ],
    )
    take(qtbot, shell, steps, file)
    assert "没有导入的列：所在班" in steps.found.summary.text()
    box = steps.found.columns.box("C")
    box.setCurrentIndex(box.findData("work_post"))
    quiet(qtbot, shell)
    assert "没有导入的列" not in steps.found.summary.text()
    assert steps.found.columns.box("C").currentText() == "工作岗位"
    box = steps.found.columns.box("B")
    box.setCurrentIndex(box.findData("ignore"))
    quiet(qtbot, shell)
    go_on(qtbot, shell, steps)
    [found] = desk.roster.get(desk.roster.find("卫某")).values()
    assert (found.work_post, found.join_date) == ("一班", None)


def test_back_is_always_possible_and_writes_nothing(qtbot, page, steps, desk, shell, samples):
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    steps.found.next.click()
    assert steps.step == 2
    for wanted in (1, 0):
        assert page.back()
        assert steps.step == wanted
    assert page.back()
    assert page.table.isVisible()
    assert len(desk.roster.roll().members) == 10


def test_an_import_is_taken_back_as_a_whole(qtbot, page, steps, desk, shell, samples):
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    go_on(qtbot, shell, steps)
    steps.done.undo.click()
    quiet(qtbot, shell)
    assert steps.done.words.text() == "已撤销这次导入：移除 36 人，还原 0 人。"
    assert not steps.done.undo.isEnabled()
    assert len(desk.roster.roll().members) == 10


def test_an_import_that_minutes_rely_on_stays_and_the_reason_is_said(
    qtbot, page, steps, desk, shell, samples
):
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    go_on(qtbot, shell, steps)
    present = {"present": ["邓涛"], "video": [], "leave": [], "absent": [], "excluded": []}
    desk.meetings.import_json(a_meeting(host="邓涛", attendance=present, stated=None, agenda=[]))
    with qtbot.waitSignal(shell.messages.noticed) as said:
        steps.done.undo.click()
    assert "不能撤销" in said.args[0].text
    assert any("邓涛" in detail for detail in said.args[0].details)


def test_a_second_import_updates_from_the_chosen_day(qtbot, page, steps, desk, shell, tmp_path):
    head = ["姓名", "出生日期", "入党时间", "转正时间", "党小组"]
    first = ["卫某", "1980-01-01", "2001-07-01", "2002-07-01", "第一党小组"]
    take(qtbot, shell, steps, a_file(tmp_path / "一.xlsx", [head, first]))
    go_on(qtbot, shell, steps)
    steps.start()
    second = [*first[:4], "第二党小组"]
    take(qtbot, shell, steps, a_file(tmp_path / "二.xlsx", [head, second]))
    assert "更新 1 人" in steps.found.summary.text()
    steps.found.as_of.setText("2026-03-01")
    steps.found.as_of.editingFinished.emit()
    quiet(qtbot, shell)
    qtbot.mouseClick(steps.found.lines.chips.chip("updated"), Qt.MouseButton.LeftButton)
    [line] = lines(steps.found.lines.table)
    assert line.text == "党小组：第一党小组 → 第二党小组"
    go_on(qtbot, shell, steps)
    [found] = desk.roster.get(desk.roster.find("卫某")).values()
    assert found.group_on(date(2026, 2, 28)) == "第一党小组"
    assert found.group_on(date(2026, 3, 1)) == "第二党小组"


def test_the_problems_go_to_a_workbook(qtbot, page, steps, shell, samples, tmp_path):
    take(qtbot, shell, steps, samples / "花名册-混乱.xlsx")
    steps.found.next.click()
    steps.agree.partly.click()
    steps.agree.run.click()
    quiet(qtbot, shell)
    shell.choosers = Chosen(tmp_path / "清单.xlsx")
    with qtbot.waitSignal(shell.toasted):
        steps.done.kept.report.click()
    book = load_workbook(tmp_path / "清单.xlsx")
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[3][:3] == ("45", "马磊", "不能导入")
    theirs = list(book.worksheets[1].iter_rows(values_only=True))
    assert theirs[3][-1] == "问题"
    assert theirs[44][1] == "马磊"
    assert theirs[44][-1].startswith("【不能导入】")


def test_what_is_no_table_is_said_calmly_and_another_file_can_be_chosen(
    qtbot, page, steps, shell, samples, tmp_path
):
    wrong = tmp_path / "说明.xlsx"
    wrong.write_text("这不是表格", encoding="utf-8")
    take(qtbot, shell, steps, wrong)
    assert steps.step == 0
    assert steps.choose.problem.text() == "文件“说明.xlsx”不是Excel工作簿，也不是.csv表格。"
    assert steps.choose.remedy.isVisible()
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    assert steps.step == 1
    assert not steps.choose.problem.isVisible()


def test_a_sheet_without_names_can_be_read_once_the_column_is_told(
    qtbot, page, steps, desk, shell, tmp_path
):
    file = a_file(
        tmp_path / "无姓名.xlsx",
        [["同志", "入党时间", "转正时间"], ["卫某", "2001-07-01", "2002-07-01"]],
    )
    take(qtbot, shell, steps, file)
    assert steps.step == 1
    assert "没有找到“姓名”列" in steps.found.summary.text()
    assert "--" not in steps.found.summary.text()
    assert not steps.found.next.isEnabled()
    box = steps.found.columns.box("A")
    box.setCurrentIndex(box.findData("name"))
    quiet(qtbot, shell)
    assert "将新增 1 人" in steps.found.summary.text()
    go_on(qtbot, shell, steps)
    assert desk.roster.find("卫某")


def test_in_a_narrow_window_the_halves_take_turns(qtbot, page, steps, shell, samples):
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    found = steps.found
    assert found.columns.isVisible()
    assert found.lines.isVisible()
    page.resize(820, 600)
    qtbot.waitUntil(found.turns.isVisible)
    assert not found.columns.isVisible()
    qtbot.mouseClick(found.turns.chip("columns"), Qt.MouseButton.LeftButton)
    assert found.columns.isVisible()
    assert not found.lines.isVisible()


def test_the_undecided_are_decided_where_they_are_listed(qtbot, page, steps, desk, shell, tmp_path):
    rows = [["姓名", "人员类别"], *([name, "领导"] for name in ("卫某", "蒋某", "沈某"))]
    take(qtbot, shell, steps, a_file(tmp_path / "表.xlsx", rows))
    assert "身份未定 3 人" in steps.found.summary.text()
    go_on(qtbot, shell, steps)
    assert steps.done.decide.text() == "确定身份（3人）"
    steps.done.decide.click()
    qtbot.waitUntil(lambda: set(names(page)) == {"卫某", "蒋某", "沈某"})
    bar = page.findChild(DecideBar)
    qtbot.waitUntil(bar.isVisible)
    choose(page, "蒋某")
    bar.buttons[MemberKind.PROBATIONARY].click()
    qtbot.waitUntil(lambda: set(names(page)) == {"卫某", "沈某"})
    bar.everybody.click()
    assert bar.words.text() == "所选 2 人定为："
    bar.buttons[MemberKind.FORMAL].click()
    qtbot.waitUntil(lambda: not bar.isVisible())
    quiet(qtbot, shell)
    kinds = {m.name: m.kind_on(desk.clock().date()) for m in desk.roster.roll().members}
    assert [kinds[name] for name in ("卫某", "蒋某", "沈某")] == [
        MemberKind.FORMAL,
        MemberKind.PROBATIONARY,
        MemberKind.FORMAL,
    ]


def test_the_result_is_shown_as_it_prints(qtbot, page, steps, shell, samples):
    take(qtbot, shell, steps, samples / "花名册-规范.xlsx")
    go_on(qtbot, shell, steps)
    steps.done.kept.print.click()
    qtbot.waitUntil(lambda: steps.done.kept.pane.preview.pages > 0, timeout=30_000)
    steps.done.kept.print.click()
    assert steps.done.lines.isVisible()


def at(shown, kind, name):
    """Put the cursor on the line of this kind about this person."""
    QTest.mouseClick(shown.chips.chip(kind), Qt.MouseButton.LeftButton)
    [uid] = [u for u in shown.table.model.ids if shown.table.model.record(u).name == name]
    shown.table.select(uid)


def test_a_line_opens_its_person_once_there_is_one(qtbot, page, steps, desk, shell, samples):
    asked = []
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    known = desk.roster.roll().members[0]
    take(qtbot, shell, steps, samples / "花名册-混乱.xlsx")
    at(steps.found.lines, "incomplete", "李文博")
    assert not steps.found.lines.open.isEnabled()
    at(steps.found.lines, "absent", known.name)
    steps.found.lines.open.click()
    steps.found.next.click()
    steps.agree.partly.click()
    steps.agree.run.click()
    quiet(qtbot, shell)
    at(steps.done.lines, "incomplete", "李文博")
    steps.done.lines.open.click()
    QTest.keyClick(steps.done.lines.table.view, Qt.Key.Key_Return)
    [found] = desk.roster.find("李文博")
    assert asked == [("roster", f"edit/{u}") for u in (known.id, found, found)]
    steps.done.undo.click()
    quiet(qtbot, shell)
    assert not steps.done.lines.open.isEnabled()
    QTest.keyClick(steps.done.lines.table.view, Qt.Key.Key_Return)
    assert len(asked) == 3


def test_a_step_that_was_left_is_found_again(qtbot, page, steps, desk, shell, tmp_path):
    rows = [["姓名", "人员类别"], ["卫某", "领导"], ["蒋某", "正式党员"]]
    file = a_file(tmp_path / "表.xlsx", rows)
    bring = page.findChild(QPushButton, "roster.import")

    def again():
        steps.left.emit()
        bring.click()
        quiet(qtbot, shell)

    take(qtbot, shell, steps, file)
    steps.found.next.click()
    # It is read as it is by then, so it has to be agreed to again.
    a_file(file, [*rows, ["沈某", "正式党员"]])
    again()
    assert steps.step == 1
    assert "将新增 3 人" in steps.found.summary.text()
    go_on(qtbot, shell, steps)
    again()
    assert steps.step == 3
    assert "新增 3 人" in steps.done.words.text()
    steps.done.undo.click()
    quiet(qtbot, shell)
    again()
    assert steps.step == 0


def test_a_sample_sheet_is_handed_out_and_what_comes_back_is_read_at_once(
    qtbot, steps, shell, tmp_path
):
    shell.choosers = Chosen(tmp_path / "样表.xlsx")
    with qtbot.waitSignal(shell.toasted) as said:
        steps.choose.sample.click()
    assert said.args[0].text == "已生成样表：样表.xlsx，填好收回后直接导入"
    assert shell.choosers.suggested == ["党员名册（样表）.xlsx"]
    book = load_workbook(tmp_path / "样表.xlsx")
    book.active.cell(7, 2, "冯甲生")
    book.save(tmp_path / "样表.xlsx")
    take(qtbot, shell, steps, tmp_path / "样表.xlsx")
    assert steps.step == 1
    assert [row.name for row in steps._found.reading.rows] == ["冯甲生"]
