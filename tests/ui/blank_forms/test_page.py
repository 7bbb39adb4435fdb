"""上级空表: chosen or dropped, looked through, filled, and filled at once the next time."""

from __future__ import annotations

import docx
import pytest
from PySide6.QtCore import QPoint, Qt

from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.blank_forms.page import BlankFormsPage
from tests.services.make import a_library, a_meeting, clock
from tests.ui.dropping import drop
from tests.ui.roster_world import Chosen

LABELS = (
    ("填报党支部", "", "填报月份", ""),
    ("党员总数", "", "主要内容", ""),
    ("党支部意见", "", "", ""),
)


def a_form(path, labels=LABELS):
    file = docx.Document()
    file.add_paragraph("情况月报表")
    table = file.add_table(len(labels), 4)
    for row, texts in zip(table.rows, labels, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    file.save(str(path))
    return path


@pytest.fixture
def desk(tmp_path):
    made = Desk(a_library(tmp_path), clock)
    made.meetings.import_json(a_meeting())
    yield made
    made.close()


@pytest.fixture
def page(qtbot, desk, shell, tmp_path):
    shell.choosers = Chosen(a_form(tmp_path / "月报.docx"))
    made = BlankFormsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 700)
    made.show()
    made.refresh(frozenset(Topic))
    qtbot.waitUntil(lambda: made.bar.about.count() > 1)
    yield made
    qtbot.waitUntil(lambda: not shell.jobs.busy)


@pytest.fixture
def opened(qtbot, page, shell):
    page.start.click()
    qtbot.waitUntil(lambda: bool(page.blanks.model.ids) and not shell.jobs.busy)
    return page


def told(page):
    """What goes into each blank, by its name."""
    return {line.blank.name: line.text for line in page._lines.values()}


def key_of(page, name):
    return next(key for key, line in page._lines.items() if line.blank.name == name)


def test_what_is_sure_stands_there_and_the_rest_waits(opened):
    found = told(opened)
    assert found["填报党支部"] == "中共测试公司机关党支部"
    assert found["填报月份"] == "2026年3月"
    assert found["党员总数"] == "10"
    assert found["主要内容"] == ""
    assert "填上 3 个，空着 2 个" in opened.blanks.foot.text()
    assert opened.blanks.current() == key_of(opened, "主要内容")
    assert opened.pane.reason.text()


def test_a_blank_is_chosen_by_clicking_into_the_form(qtbot, opened):
    place = opened.drawing.place_of(key_of(opened, "党员总数")).center().toPoint()
    qtbot.mouseClick(opened.drawing, Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert opened.blanks.current() == key_of(opened, "党员总数")
    assert opened.pane.box.currentData() == "members.total"


def test_a_suggestion_is_taken_and_another_source_chosen(qtbot, opened, shell):
    opened.pane.take.click()
    qtbot.waitUntil(lambda: not shell.jobs.busy and told(opened)["主要内容"] != "")
    opened.blanks.select(key_of(opened, "党员总数"))
    place = opened.pane.box.findData("members.formal")
    opened.pane.box.setCurrentIndex(place)
    opened.pane.box.activated.emit(place)
    qtbot.waitUntil(lambda: told(opened)["党员总数"] == "9")


def test_the_form_is_filled_and_remembered(qtbot, opened, shell, tmp_path, desk):
    opened.pane.take_all.click()
    qtbot.waitUntil(lambda: not shell.jobs.busy and told(opened)["主要内容"] != "")
    out = tmp_path / "填 好"
    out.mkdir()
    shell.choosers = Chosen(out)
    said = []
    shell.toasted.connect(said.append)
    opened.fill.click()
    qtbot.waitUntil(lambda: bool(said))
    [file] = out.iterdir()
    table = docx.Document(str(file)).tables[0]
    assert table.cell(0, 1).text == "中共测试公司机关党支部"
    assert table.cell(1, 3).text
    assert table.cell(2, 1).text == ""
    assert "空着 1 处" in said[0].text
    opened.open_file(a_form(tmp_path / "四月.docx"))
    qtbot.waitUntil(lambda: "记住的对应" in opened.name.text())
    assert told(opened)["主要内容"] != ""


def test_a_changed_form_says_what_changed(qtbot, opened, shell, tmp_path, desk):
    desk.blank_forms.confirm(opened._view.form, opened._view.chosen)
    other = (("填报党支部", "", "填报月份", ""), ("正式党员", "", "主要内容", ""), LABELS[2])
    opened.open_file(a_form(tmp_path / "新.docx", other))
    qtbot.waitUntil(lambda: not opened.changes.isHidden())
    assert "正式党员" in opened.changes.text()


def test_a_form_about_a_record_is_filled_from_it(qtbot, page, shell, tmp_path):
    form = a_form(tmp_path / "会.docx", (("会议名称", "", "主持人", ""),))
    page.open_file(form)
    qtbot.waitUntil(lambda: bool(page._lines))
    assert told(page)["会议名称"] == ""
    page.bar.about.setCurrentIndex(page.bar.about.findText("第一季度", Qt.MatchFlag.MatchContains))
    page.bar.changed.emit()
    qtbot.waitUntil(lambda: told(page)["主持人"] == "张三")
    assert told(page)["会议名称"] == "2026年第一季度支部党员大会"


def test_a_form_may_be_dropped_and_what_is_none_is_refused_in_words(
    qtbot, page, shell, tmp_path, monkeypatch
):
    said = []
    monkeypatch.setattr(shell.messages, "notice", lambda *words, **_: said.append(words))
    (tmp_path / "图.png").write_bytes(b"x")
    drop(page, tmp_path / "图.png")
    assert "不能放在这里" in said[0][0]
    drop(page, tmp_path / "月报.docx")
    qtbot.waitUntil(lambda: bool(page._lines))


def test_a_file_that_is_no_form_is_told_and_the_page_stays(qtbot, page, shell, tmp_path):
    (tmp_path / "坏.docx").write_bytes(b"x")
    said = []
    shell.jobs._report = said.append
    page.open_file(tmp_path / "坏.docx")
    qtbot.waitUntil(lambda: bool(said))
    assert "坏.docx" in str(said[0])
    assert page.start.isVisible()
