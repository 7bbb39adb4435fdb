"""No list of the first page makes widgets by the number of what it lists."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.ui.home.gathering import Hint, Todo
from dangjian_desktop.ui.home.parts import HintList, TodoList

DAY = date(2026, 3, 1)


def todos(theme, count):
    made = TodoList(theme)
    made.show_todos([Todo(DAY, f"第{n}项", "去填写", "projects") for n in range(count)], DAY)
    return made


def hints(theme, count):
    made = HintList(theme, lambda _field: None)
    finding = Finding("vote", Verdict.NOTICE, "会议", "提示", "依据")
    made.show_hints([Hint(finding, f"第{n}项", "", "") for n in range(count)])
    return made


@pytest.mark.parametrize("make", [todos, hints])
def test_ten_and_a_hundred_make_the_same_widgets(qtbot, theme, make):
    few, many = make(theme, 10), make(theme, 100)
    for each in (few, many):
        qtbot.addWidget(each)
    assert len(many.findChildren(QWidget)) == len(few.findChildren(QWidget))
