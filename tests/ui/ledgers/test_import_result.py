"""The result of a ledger's import in the window: their sheet with the problems, and on paper."""

from __future__ import annotations

import openpyxl
import pytest

from tests.ui.ledger_world import opened, press, show_page
from tests.ui.roster_world import Chosen, a_desk, quiet

HEAD = ("开始日期", "培训名称", "类别", "主办单位", "参训党员", "学时", "计入集中学习培训", "天气")
GOOD = ("2026-03-02", "安全规程", "集中培训", "矿党委", "张三、李四", 8, "是", "晴")
BAD = ("2026-03-03", "消防", "集中培训", "矿党委", "路人甲", 8, "是", "雨")


@pytest.fixture
def desk(tmp_path):
    made = a_desk(tmp_path / "library")
    yield made
    made._library.close()


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
    qtbot.waitUntil(view.table.isVisible)
    press(view, "import.paper")
    view.take_file(source)
    qtbot.waitUntil(view.run.isVisible)
    assert view.table.isVisible()
    assert not view.kept.report.isVisible()
