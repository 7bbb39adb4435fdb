"""No list of the first page makes widgets by the number of what it lists."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from dangjian_desktop.domain.findings import Finding, Verdict
from dangjian_desktop.ui.home.gathering import Hint, Todo
from dangjian_desktop.ui.home.parts import PAGE, SHOWN, HintList, TodoList
from dangjian_desktop.ui.look.widgets import rest_words

DAY = date(2026, 3, 1)


def todos(theme, count):
    made = TodoList(theme)
    made.show_todos([Todo(DAY, f"第{n}项", "去填写", "projects") for n in range(count)], DAY)
    return made


def hints(theme, count):
    made = HintList(theme, lambda _field: None)
    finding = Finding("vote", Verdict.NOTICE, "会议", "提示", "依据")
    made.show_hints([Hint(finding, f"第{n}项", "", "") for n in range(count)], count)
    return made


@pytest.mark.parametrize("make", [todos, hints])
def test_ten_and_a_hundred_make_the_same_widgets(qtbot, theme, make):
    few, many = make(theme, 10), make(theme, 100)
    for each in (few, many):
        qtbot.addWidget(each)
    assert len(many.findChildren(QWidget)) == len(few.findChildren(QWidget))


@pytest.mark.parametrize("make", [todos, hints])
@pytest.mark.parametrize("count", [0, 1, SHOWN, SHOWN + 1, SHOWN + PAGE, SHOWN + PAGE + 1])
def test_only_what_is_left_is_offered(qtbot, theme, make, count):
    made = make(theme, count)
    qtbot.addWidget(made)
    left = max(0, count - SHOWN)
    assert made.more.isHidden() is (left == 0)
    assert made.more.text() == rest_words(left, "条", PAGE)


def test_the_rest_is_never_less_than_nothing():
    assert [rest_words(left, "条", 40) for left in (-1, 0)] == ["", ""]
    assert rest_words(1, "个") == "显示其余 1 个"
    assert rest_words(40, "条", 40) == "显示其余 40 条"
    assert rest_words(41, "条", 40) == "显示后面 40 条，其余 41 条"
