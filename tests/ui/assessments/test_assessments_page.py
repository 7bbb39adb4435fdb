"""对标自评 in the window: a table read, its paper drawn, done again without what was found."""

from __future__ import annotations

import openpyxl

from dangjian_desktop.ui.assessments.page import _COLUMNS, Assessments
from tests.ui.roster_world import held, quiet


def a_table(folder):
    book = openpyxl.Workbook()
    for row in (("项目", "标准", "分值"), ("三会一课", "每季度一次", 60), ("融合", "有数据", 30)):
        book.active.append(row)
    file = folder / "达标.xlsx"
    book.save(file)
    return file


def test_a_table_is_read_and_done_again(qtbot, desk, shell, messages, tmp_path):
    made = Assessments(desk, shell)
    page = held(qtbot, desk, shell, made.page)
    told = []
    messages.noticed.connect(lambda *words: told.append(" ".join(map(str, words))))
    made.take(a_table(tmp_path))
    qtbot.waitUntil(lambda: len(page.table.model.ids) == 1)
    qtbot.waitUntil(lambda: bool(told))
    assert "各项分值合计为90，不是100" in told[0]
    [uid] = page.table.model.ids
    qtbot.waitUntil(lambda: page.table.model.record(uid) is not None)
    shown = [column.text(page.table.model.record(uid)) for column in _COLUMNS]
    assert shown == ["", ""], "no score is known, nothing lacks"
    page.start_new(uid)
    qtbot.waitUntil(lambda: page.editor.body is not None and page.editor.body.isVisible())
    criteria = page.editor.body.state()["criteria"]
    assert [each["item"] for each in criteria] == ["三会一课", "融合"]
    page.editor.head.done.click()
    qtbot.waitUntil(lambda: len(desk.shared["assessment"].all()) == 2)
    quiet(qtbot, shell)
