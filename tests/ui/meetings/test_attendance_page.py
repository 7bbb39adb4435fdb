from __future__ import annotations

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.attendance_page import AttendancePage

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


class FileChooser:
    def __init__(self, file):
        self.file = file

    def save_file(self, parent, title, suggested, patterns, then, *, purpose):
        then(self.file)


@pytest.fixture
def view(qtbot, page):
    page.findChild(QPushButton, "meetings.attendance").click()
    view = page.findChild(AttendancePage)
    qtbot.waitUntil(lambda: bool(view.people.model.ids))
    return view


def names(view):
    return [view.people.model.record(uid).member.name for uid in view.people.model.ids]


def test_who_missed_how_often_is_found_sorted_and_opened(qtbot, view, desk, shell):
    assert "应到" in view.people.foot.text()
    view.kinds.chip("committee_meeting").click()
    qtbot.waitUntil(lambda: set(names(view)) == {"张三", "李四", "王五"})
    view.least.setCurrentIndex(1)
    qtbot.waitUntil(lambda: names(view) == ["王五"])

    [uid] = view.stood.model.ids
    assert desk.meetings.one(uid).title == "3月支委会"
    with qtbot.waitSignal(shell.place_asked) as asked:
        qtbot.keyClick(view.stood.view, Qt.Key.Key_Return)
    assert asked.args == ["meetings", uid]

    view.least.setCurrentIndex(0)
    qtbot.waitUntil(lambda: len(names(view)) == 3)
    columns = [column.code for column in view.people.model.columns]
    header = view.people.view.horizontalHeader()
    header.setSortIndicator(columns.index("缺席"), Qt.SortOrder.DescendingOrder)
    assert names(view)[0] == "王五"


def test_it_is_printed_and_goes_to_excel(qtbot, view, shell, toasts, tmp_path):
    view.sides.chip("paper").click()
    qtbot.waitUntil(lambda: view.pane.preview.pdf.startswith(b"%PDF"))
    shell.choosers = FileChooser(tmp_path / "出勤.xlsx")
    view.excel.click()
    qtbot.waitUntil(lambda: bool(toasts))
    assert toasts[-1].more[0] == "打开文件"
    assert load_workbook(tmp_path / "出勤.xlsx").active.max_row > 10
