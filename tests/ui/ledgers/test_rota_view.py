"""排轮次 in the window: proposed, written with one key, taken back with one."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.ledgers.rota import RotaView
from tests.ui.ledger_world import opened, press


def test_a_year_is_assigned_and_taken_back(qtbot, page, desk, shell):
    said = []
    shell.toasted.connect(said.append)
    rows = opened(qtbot, page, shell, "short_lessons")
    press(rows, "rows.rota")
    qtbot.waitUntil(lambda: bool(rows.findChildren(RotaView)))
    [view] = rows.findChildren(RotaView)
    qtbot.waitUntil(lambda: len(view.table.model.ids) == 10)
    press(view, "rota.write")
    qtbot.waitUntil(lambda: bool(said) and said[-1].text == "已排定 10 个轮次")
    qtbot.waitUntil(lambda: not view.table.model.ids)
    qtbot.waitUntil(lambda: "已排、尚未讲的" in view.spoken.text())
    assert len(desk.ledgers.as_json("short_lessons")) == 10
    said[-1].undo()
    qtbot.waitUntil(lambda: desk.ledgers.as_json("short_lessons") == [])


def test_other_ledgers_have_no_turns(qtbot, page, desk, shell):
    rows = opened(qtbot, page, shell, "training")
    [button] = rows.findChildren(QPushButton, "rows.rota")
    assert button.isHidden()
