"""The result of a ledger's import in the window: their sheet with the problems, and on paper."""

from __future__ import annotations

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.services.narrowing import narrowed
from tests.ui.ledger_world import opened, press, show_page
from tests.ui.roster_world import Chosen, quiet

HEAD = ("开始日期", "培训名称", "类别", "主办单位", "参训党员", "学时", "计入集中学习培训", "天气")
GOOD = ("2026-03-02", "安全规程", "集中培训", "矿党委", "张三、李四", 8, "是", "晴")
BAD = ("2026-03-03", "消防", "集中培训", "矿党委", "路人甲", 8, "是", "雨")


@pytest.fixture
def source(tmp_path):
    book = openpyxl.Workbook()
    for row in (HEAD, GOOD, BAD):
        book.active.append(row)
    file = tmp_path / "培训.xlsx"
    book.save(file)
    return file


@pytest.fixture
def view(qtbot, desk, shell, source, monkeypatch):
    page = show_page(qtbot, desk, shell)
    rows = opened(qtbot, page, shell, "training")
    monkeypatch.setattr(shell, "choosers", Chosen(source))
    press(rows, "rows.import")
    made = rows.views.currentWidget()
    press(made, "import.choose")
    qtbot.waitUntil(made.partly.isVisible)
    assert not made.kept.report.isVisible()
    assert not made.kept.print.isVisible()
    made.partly.click()
    press(made, "import.run")
    qtbot.waitUntil(made.kept.report.isVisible)
    yield made
    quiet(qtbot, shell)


def test_the_problems_go_to_a_workbook_beside_their_own_sheet(qtbot, view, shell, tmp_path):
    assert "已新增 1 条" in view.words.text()
    assert view.kept.report.text().strip() == "另存原表和问题"
    shell.choosers = Chosen(tmp_path / "清单.xlsx")
    with qtbot.waitSignal(shell.toasted) as said:
        press(view, "import.report")
    assert said.args[0].text == "已导出：清单.xlsx"
    assert shell.choosers.suggested == ["教育培训学时导入问题清单.xlsx"]
    book = openpyxl.load_workbook(tmp_path / "清单.xlsx")
    head, good, bad = book.worksheets[1].iter_rows(values_only=True)
    assert (head[:-1], head[-1]) == (HEAD, "问题")
    assert good[-1] is None
    assert bad[1] == "消防"
    assert bad[-1].startswith("【不能导入】")
    assert "路人甲" in bad[-1]


def test_what_cannot_be_written_is_said(qtbot, view, shell, source):
    shell.choosers = Chosen(source / "清单.xlsx")
    with qtbot.waitSignal(shell.messages.noticed) as said:
        press(view, "import.report")
    assert "无法在" in said.args[0].text


def test_the_result_is_shown_as_it_prints_and_goes_with_another_file(qtbot, view, source):
    assert view.kept.print.text().strip() == "打印结果"
    press(view, "import.paper")
    qtbot.waitUntil(lambda: view.kept.pane.preview.pages > 0, timeout=30_000)
    assert view.kept.print.text().strip() == "返回逐行结果"
    press(view, "import.paper")
    qtbot.waitUntil(view.lines.isVisible)
    press(view, "import.paper")
    view.take_file(source)
    qtbot.waitUntil(view.run.isVisible)
    assert view.lines.isVisible()
    assert not view.kept.report.isVisible()


def at(lines, kind):
    """Put the cursor on the first line of this kind."""
    chip = lines.chips.chip(kind)
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    lines.table.select(lines.table.model.ids[0])


def test_a_line_opens_its_record_and_the_result_is_found_again(qtbot, view, desk, shell):
    asked = []
    shell.place_asked.connect(lambda place, uid: asked.append((place, uid)))
    at(view.lines, "refused")
    assert not view.lines.open.isEnabled()
    assert "路人甲" in view.lines.whole.text()
    at(view.lines, "added")
    press(view, "ledger.import.open")
    [uid] = desk.ledgers.listed("training", narrowed(0, ""))
    QTest.keyClick(view.lines.table.view, Qt.Key.Key_Return)
    assert asked == [("ledgers", f"training/edit/{uid}")] * 2
    view.resume()
    assert "已新增 1 条" in view.words.text()
    press(view, "import.undo")
    qtbot.waitUntil(lambda: "已撤销" in view.words.text())
    assert not view.lines.open.isEnabled()
    view.resume()
    assert not view.lines.chips.isVisible()


def test_before_the_import_only_what_is_there_can_be_opened(qtbot, view, shell, source):
    view.take_file(source)
    qtbot.waitUntil(view.run.isVisible)
    at(view.lines, "unchanged")
    assert view.lines.open.isEnabled()
    at(view.lines, "refused")
    assert not view.lines.open.isEnabled()
    view.start()
    view.resume()
    assert "任何版式" in view.words.text()
    press(view, "import.choose")
    qtbot.waitUntil(view.run.isVisible)
    view.resume()
    quiet(qtbot, shell)
    assert view.run.isVisible()


def test_a_sample_sheet_is_handed_out_from_the_import_and_from_the_list(
    qtbot, view, shell, tmp_path
):
    menu = view.window().findChild(QPushButton, "rows.excel").menu()
    sheet = view.findChild(QPushButton, "import.sample")
    for number, act in enumerate((sheet.click, menu.actions()[-1].trigger)):
        file = tmp_path / f"样表{number}.xlsx"
        shell.choosers = Chosen(file)
        with qtbot.waitSignal(shell.toasted):
            act()
        assert shell.choosers.suggested == ["教育培训学时（样表）.xlsx"]
        assert openpyxl.load_workbook(file).active["A4"].value == "填法"
