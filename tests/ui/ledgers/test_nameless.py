"""A name that is typed into 职工思想动态 is noticed below its field and hinders nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from tests.ui.ledger_world import opened
from tests.ui.roster_world import quiet


def test_a_name_of_the_roster_is_noticed_while_typing_and_can_be_saved(qtbot, page, desk, shell):
    rows = opened(qtbot, page, shell, "mood")
    rows.start_new()
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    cells = rows.editor.body.form.cells
    note = rows.editor.findChild(QLabel, "matter.named")
    assert not note.isVisibleTo(rows.editor)
    for name, value in (("topic", "schedule"), ("count", 2), ("matter", "张三说夜班多")):
        cells[name].set_value(value)
        cells[name].changed.emit()
    qtbot.waitUntil(lambda: note.isVisibleTo(rows.editor))
    assert note.text() == ("其中的“张三”像是名册上的姓名。这本台账不写姓名和号码，请核对。")
    assert rows.editor.findChild(QLabel, "measures.named").text() == ""
    rows.editor.save()
    qtbot.waitUntil(lambda: len(desk.ledgers.as_json("mood")) == 1)
    cells["matter"].set_value("夜班多")
    cells["matter"].changed.emit()
    qtbot.waitUntil(lambda: not note.isVisibleTo(rows.editor))
    rows.editor.saver.save_and_leave()
    quiet(qtbot, shell)


def test_other_ledgers_notice_nothing(qtbot, page, shell):
    rows = opened(qtbot, page, shell, "visits")
    rows.start_new()
    qtbot.waitUntil(lambda: bool(rows.editor.uid))
    assert rows.editor.findChild(QLabel, "trouble.named") is None
    quiet(qtbot, shell)
