"""Several records chosen: their papers at once, on the pages that have them."""

from __future__ import annotations

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtWidgets import QMenu

from dangjian_desktop.ui.members.paper import RosterPaper
from tests.ui.meetings_world import FolderChooser
from tests.ui.records.hands import act, settle
from tests.ui.records.worlds import WORLDS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def choose(page, title):
    menu = next(m for m in page.detail.findChildren(QMenu) if m.isVisible())
    next(a for a in menu.actions() if a.text() == title).trigger()
    menu.close()


def test_a_paper_of_several_projects_is_chosen_exported_and_printed(
    qtbot, show, tmp_path, shell, toasts
):
    page = show(WORLDS["projects"](tmp_path, shell))
    shell.choosers = FolderChooser(tmp_path / "导出")
    assert act(page, "word").isHidden()
    page.table.all.click()
    assert act(page, "word").text() == "Word（3）"
    act(page, "word").click()
    choose(page, "一页汇报")
    qtbot.waitUntil(lambda: bool(toasts))
    files = [file.name for file in (tmp_path / "导出").iterdir()]
    assert len(files) == 3
    assert all(name.endswith(".docx") for name in files)


def test_a_roster_of_the_chosen_names_nobody_else(qtbot, show, tmp_path, shell):
    page = show(WORLDS["members"](tmp_path, shell))
    settle(qtbot, page, shell)
    names = [page.table.model.record(uid).member.name for uid in page.table.model.ids]
    for place in (0, 2):
        model = page.table.view.selectionModel()
        way = model.SelectionFlag.Select if place else model.SelectionFlag.ClearAndSelect
        model.select(page.table.model.index(place, 0), way | model.SelectionFlag.Rows)
    assert act(page, "paper").text().strip() == "打印名册（2）"
    act(page, "paper").click()
    paper = page.findChild(RosterPaper)
    qtbot.waitUntil(lambda: bool(paper.pane.preview.pdf))
    document = PdfDocument(paper.pane.preview.pdf)
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert "选列2人" in text
    assert [name for name in names if name in text] == [names[0], names[2]]
