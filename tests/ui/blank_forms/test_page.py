"""上级空表: chosen or dropped, looked through, filled, and filled at once the next time."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest
from PySide6.QtCore import QPoint, Qt

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.ui.blank_forms.blanks import COLUMNS
from dangjian_desktop.ui.blank_forms.page import BlankFormsPage
from tests.services.make import a_library, a_meeting, clock
from tests.spreadsheets.blank_forms.books import statistic
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


def clicked(qtbot, page, name):
    place = page.drawing.place_of(key_of(page, name)).center().toPoint()
    qtbot.mouseClick(page.drawing, Qt.MouseButton.LeftButton, pos=QPoint(place))


def test_a_form_that_was_filled_is_listed_and_the_next_month_is_one_click(
    qtbot, opened, shell, tmp_path, desk
):
    out = tmp_path / "出"
    out.mkdir()
    opened.pane.take_all.click()
    qtbot.waitUntil(lambda: not shell.jobs.busy and told(opened)["主要内容"] != "")
    opened.bar.period.show_period(Period(2026, 2, 1))
    shell.choosers = Chosen(out)
    said = []
    shell.toasted.connect(said.append)
    opened.fill.click()
    qtbot.waitUntil(lambda: bool(said))
    opened.refresh(frozenset({Topic.SETTINGS}))
    opened.to_known.click()
    qtbot.waitUntil(opened.known.isVisible)
    [row] = opened.known._forms.values()
    assert (row.title, row.name, row.filled.period) == (
        "情况月报表",
        "月报.docx",
        Period(2026, 2, 1),
    )
    assert "填写2026年3月" in opened.known.fill.text()
    (tmp_path / "月报.docx").unlink()  # the blank is kept with the library
    opened.known.fill.click()
    qtbot.waitUntil(lambda: len(said) == 2)
    [made] = out.glob("*_月报_202603.docx")
    second = docx.Document(str(made)).tables[0]
    assert second.cell(0, 3).text == "2026年3月"
    assert second.cell(1, 3).text
    opened.refresh(frozenset({Topic.SETTINGS}))
    qtbot.waitUntil(lambda: not shell.jobs.busy)
    [row] = opened.known._forms.values()
    assert row.filled.period == Period(2026, 3, 1)
    opened.known.look.click()
    qtbot.waitUntil(lambda: "记住的对应" in opened.name.text())
    assert opened.bar.period.period == Period(2026, 3, 1)  # the next one has not begun


def test_a_form_is_taken_off_the_list_after_asking(qtbot, opened, shell, desk, monkeypatch):
    form = opened._view.form
    scope = opened.bar.scope()
    desk.blank_forms.confirm(form, opened._view.chosen, opened._file, scope)
    opened.refresh(frozenset({Topic.SETTINGS}))
    qtbot.waitUntil(lambda: bool(opened.known._forms))
    monkeypatch.setattr(shell.messages, "ask", lambda _q, _d, _y, then, **_: then())
    opened.known.drop.click()
    qtbot.waitUntil(lambda: not desk.blank_forms.known())


def test_a_letter_is_drawn_and_its_gaps_are_chosen_by_clicking(qtbot, page, tmp_path):
    file = docx.Document()
    file.add_paragraph("关于组织生活情况的函")
    file.add_paragraph("我支部现有党员____名，其中预备党员____名。" + "情况良好，" * 30)
    file.save(str(tmp_path / "函.docx"))
    page.open_file(tmp_path / "函.docx")
    qtbot.waitUntil(lambda: bool(page._lines))
    for name in ("其中预备党员", "现有党员"):
        clicked(qtbot, page, name)
        assert page.blanks.current() == key_of(page, name)
    placed = next(p for p in page.drawing._placed if len(p.keys) == 2)
    assert "现有党员 10 名" in "".join(piece.text for piece in placed.flow._pieces)


def test_the_picture_is_gone_through_with_keys(qtbot, opened):
    keys = list(opened._lines)
    opened.blanks.select(keys[0])
    opened.drawing.setFocus()
    qtbot.keyClick(opened.drawing, Qt.Key.Key_Down)
    assert opened.blanks.current() == keys[1]
    qtbot.keyClick(opened.drawing, Qt.Key.Key_Left)
    qtbot.keyClick(opened.drawing, Qt.Key.Key_Left)
    assert opened.blanks.current() == keys[0]
    qtbot.keyClick(opened.drawing, Qt.Key.Key_Return)
    assert opened.pane.box.hasFocus() or opened.pane.box.isAncestorOf(opened.focusWidget())


def test_in_a_narrow_window_the_picture_is_a_page_of_its_own(qtbot, opened):
    opened.set_narrow(True)
    assert opened.picture.isVisible()
    assert not opened.drawing.isVisible()
    opened.picture.click()
    assert opened.drawing.isVisible()
    clicked(qtbot, opened, "党员总数")
    assert not opened.drawing.isVisible()
    assert opened.blanks.current() == key_of(opened, "党员总数")


def test_a_workbook_is_drawn_and_chosen_from_as_well(qtbot, page, tmp_path):
    (tmp_path / "统计.xlsx").write_bytes(statistic())
    page.open_file(tmp_path / "统计.xlsx")
    qtbot.waitUntil(lambda: bool(page._lines))
    for name in ("预备党员", "填报人", "填报单位"):
        clicked(qtbot, page, name)
        assert page.blanks.current() == key_of(page, name)


def test_a_number_is_covered_in_the_list_and_written_whole(qtbot, page, desk, shell, tmp_path):
    [uid] = desk.roster.find("张三")
    desk.roster.save(replace(desk.roster.get([uid])[uid], phone="13800138000"))
    labels = (("姓名", "", "联系电话", ""),)
    shell.choosers = Chosen(a_form(tmp_path / "登记.docx", labels))
    page.bar.about.setCurrentIndex(page.bar.about.findText("张三", Qt.MatchFlag.MatchContains))
    page.start.click()
    qtbot.waitUntil(lambda: told(page).get("联系电话") == "13800138000")
    [text] = [column.text for column in COLUMNS if column.code == "text"]
    assert text(page._lines[key_of(page, "联系电话")]) == "138****8000"


def test_a_form_about_a_record_says_so(qtbot, page, tmp_path):
    labels = (("会议名称", "", "主持人", ""), ("记录人", "", "列席人员", ""))
    page.open_file(a_form(tmp_path / "会.docx", labels))
    qtbot.waitUntil(lambda: not page.hints.isHidden())
    assert "会议记录" in page.hints.text()


def test_the_first_lines_stand_at_the_top_where_no_form_is_known(page):
    assert page.start.mapTo(page, page.start.rect().bottomLeft()).y() < page.height() // 3
