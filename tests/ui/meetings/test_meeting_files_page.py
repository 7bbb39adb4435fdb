"""Files of meetings in the window: dropped, added in the form, taken away and back, opened."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.look.text_area import TextArea
from dangjian_desktop.ui.meetings import files
from tests.ui.dropping import drop
from tests.ui.meetings_world import select

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
TITLE = "2026年第一季度支部党员大会"


@pytest.fixture
def scan(tmp_path):
    file = tmp_path / "签字&记录.pdf"
    file.write_bytes(b"%PDF-1.4 signed")
    return file


def quiet(qtbot, shell):
    qtbot.waitUntil(lambda: not shell.jobs.busy)


def edited(qtbot, page, uid):
    page.edit(uid)
    qtbot.waitUntil(lambda: page.editing and page.editor.uid == uid)
    return page.editor


def chips(editor):
    found = editor.body.files.findChildren(QPushButton, "picked")
    return [chip for chip in found if not chip.isHidden()]


def test_a_file_dropped_on_the_list_is_kept_with_the_chosen_meeting_and_opens_from_its_card(
    qtbot, page, desk, shell, scan, monkeypatch
):
    uid = select(qtbot, page, desk, TITLE)
    assert page.detail.files.isHidden()
    drop(page, scan)
    qtbot.waitUntil(lambda: bool(desk.meetings.one(uid).files))
    qtbot.waitUntil(lambda: not page.detail.files.isHidden())
    assert page.detail.files.open.accessibleName() == "附件 1 个：签字&记录.pdf"
    opened = []
    monkeypatch.setattr(files, "open_path", opened.append)
    [act] = page.detail.files.menu.actions()
    act.trigger()
    qtbot.waitUntil(lambda: bool(opened))
    assert (opened[0].name, opened[0].read_bytes()) == (scan.name, scan.read_bytes())
    said = []
    shell.toasted.connect(said.append)
    drop(page, scan)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == f"这次会议已有附件“{scan.name}”"
    assert len(desk.meetings.one(uid).files) == 1


def test_what_was_dropped_on_the_list_is_taken_back(qtbot, page, desk, shell, scan):
    uid = select(qtbot, page, desk, TITLE)
    said = []
    shell.toasted.connect(said.append)
    drop(page, scan)
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == f"已添加附件：{scan.name}"
    said[0].undo()
    qtbot.waitUntil(lambda: desk.meetings.one(uid).files == ())
    qtbot.waitUntil(page.detail.files.isHidden)


def test_without_a_chosen_meeting_it_is_told_what_to_do(qtbot, page, desk, shell, scan):
    page.detail.uid = ""
    with qtbot.waitSignal(shell.messages.noticed) as said:
        drop(page, scan)
    assert said.args[0].text.endswith("请先在列表中选择会议，再放入文件。")
    assert "附件" in said.args[0].remedy


def test_a_file_dropped_on_the_editor_is_saved_with_it_and_goes_and_comes_back(
    qtbot, page, desk, shell, scan
):
    uid = select(qtbot, page, desk, TITLE)
    editor = edited(qtbot, page, uid)
    drop(page, scan)
    qtbot.waitUntil(lambda: bool(editor.body.files.value()))
    assert desk.meetings.one(uid).files == ()
    editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    [kept] = desk.meetings.one(uid).files
    assert kept.name == scan.name

    editor = edited(qtbot, page, uid)
    qtbot.waitUntil(lambda: bool(editor.body.files.value()))
    qtbot.waitUntil(lambda: bool(chips(editor)))
    back = []
    editor.body.dropped.connect(lambda words, undo: back.append((words, undo)))
    chips(editor)[0].click()
    assert editor.body.files.value() == []
    [(words, undo)] = back
    assert words == f"已去掉“{scan.name}”"
    undo()
    undo()
    assert [each["uid"] for each in editor.body.files.value()] == [kept.uid]
    qtbot.waitUntil(lambda: bool(chips(editor)))
    chips(editor)[0].click()
    editor.saver.save_and_leave()
    qtbot.waitUntil(lambda: not page.editing)
    assert desk.meetings.one(uid).files == ()


def test_a_file_that_comes_too_late_goes_to_no_other_meeting(qtbot, page, desk, shell, scan):
    uid = select(qtbot, page, desk, TITLE)
    editor = edited(qtbot, page, uid)
    said = []
    shell.messages.noticed.connect(said.append)
    editor.body.files.keep(scan)
    editor.body.files.set_value([])
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == f"“{scan.name}”没有添加：复制完以前已离开这条记录。"
    assert editor.body.files.value() == []


def test_a_text_leaves_dragged_files_to_the_form(qtbot, tmp_path):
    area = TextArea()
    qtbot.addWidget(area)
    data = QMimeData()
    data.setText("链接")
    assert area.canInsertFromMimeData(data)
    data.setUrls([QUrl("https://example.com/")])
    assert area.canInsertFromMimeData(data)
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "照片.jpg"))])
    assert not area.canInsertFromMimeData(data)
