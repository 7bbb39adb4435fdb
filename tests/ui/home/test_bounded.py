"""No list of the first page makes widgets by the number of what it lists."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from dangjian_desktop.ui.home.gathering import MOST, Todo
from dangjian_desktop.ui.home.parts import PAGE, TodoList
from dangjian_desktop.ui.look.widgets import rest_words

DAY = date(2026, 3, 1)


def todos(theme, count):
    made = TodoList(theme)
    made.show_todos([Todo(DAY, f"第{n}项", "去填写", "projects") for n in range(count)], DAY, MOST)
    return made


def test_ten_and_a_hundred_make_the_same_widgets(qtbot, theme):
    few, many = todos(theme, 10), todos(theme, 100)
    for each in (few, many):
        qtbot.addWidget(each)
    assert len(many.findChildren(QWidget)) == len(few.findChildren(QWidget))


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 1, MOST + PAGE, MOST + PAGE + 1])
def test_only_what_is_left_is_offered(qtbot, theme, count):
    made = todos(theme, count)
    qtbot.addWidget(made)
    left = max(0, count - MOST)
    assert made.more.isHidden() is (left == 0)
    assert made.more.text() == rest_words(left, "项", PAGE)


def test_the_rest_is_never_less_than_nothing():
    assert [rest_words(left, "条", 40) for left in (-1, 0)] == ["", ""]
    assert rest_words(1, "个") == "显示其余 1 个"
    assert rest_words(40, "条", 40) == "显示其余 40 条"
    assert rest_words(41, "条", 40) == "显示后面 40 条，其余 41 条"


def test_a_list_is_as_high_as_its_lines_and_its_columns_follow_the_type(qtbot, theme):
    made = todos(theme, MOST + 1)
    qtbot.addWidget(made)
    made.resize(600, made.heightForWidth(600))
    made.show()
    line = made._lines.itemAt(MOST - 1).widget()
    assert line.geometry().bottom() < made.more.y() < made.height()
    day = line.findChild(QLabel)
    before, points = day.width(), theme.points
    theme.choose(points=16)
    qtbot.waitUntil(lambda: day.width() > before)
    theme.choose(points=points)
