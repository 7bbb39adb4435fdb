"""What has a size follows the type, at once and back again, in the window that wears the sheet."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.screens import Screens, brought_back
from dangjian_desktop.ui.look.stage import Shortened, Stage
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import label
from dangjian_desktop.ui.window.frame import LEAST, SIZE, Frame

SMALLEST = QSize(683, 384)
"""1366 × 768 at twice the size."""


def test_a_change_of_the_type_size_shows_at_once_and_not_at_the_next(qtbot, worn):
    theme, window = worn
    parts = [label("组织生活"), label("标题", "title"), QPushButton("保存"), QLineEdit("甲")]
    inside = QWidget()
    window.setCentralWidget(inside)
    column = QVBoxLayout(inside)
    for each in parts:
        column.addWidget(each)
    window.show()
    window.resize(400, 400)
    heights = {}
    for points in (10.5, 14.0, 10.5, 16.0, 14.0):
        theme.choose(points=points)
        QApplication.processEvents()
        assert [each.font().pointSizeF() for each in (parts[0], *parts[2:])] == [points] * 3
        found = [each.sizeHint().height() for each in parts]
        assert heights.setdefault(points, found) == found
        qtbot.waitUntil(lambda: all(p.height() >= p.minimumSizeHint().height() for p in parts))
    assert heights[10.5] < heights[14.0] < heights[16.0]


def test_what_was_put_there_just_before_a_change_of_size_takes_part_in_it(worn):
    theme, window = worn
    inside = QWidget()
    window.setCentralWidget(inside)
    column = QVBoxLayout(inside)
    window.show()
    QApplication.processEvents()
    arrived, hidden = label("刚读出的一行"), label("还没有展开", shown=False)
    column.addWidget(arrived)
    column.addWidget(hidden)
    theme.choose(points=14)
    QApplication.processEvents()
    hidden.show()
    assert (arrived.font().pointSizeF(), hidden.font().pointSizeF()) == (14, 14)


def test_a_tick_moves_nothing(qtbot, theme):
    made = tick("要求填报", theme, name="tick")
    qtbot.addWidget(made)
    made.show()
    for points in (10.5, 14.0):
        theme.choose(points=points)
        made.setChecked(False)
        off, room = made.grab().toImage(), made.sizeHint()
        made.setChecked(True)
        assert made.sizeHint() == room
        assert made.grab().toImage() != off
        assert made.iconSize().width() == theme.px(14)
        assert made.text().strip() == made.accessibleName()


def test_of_several_parts_only_the_shown_one_asks_for_room(qtbot):
    holder = QWidget()
    qtbot.addWidget(holder)
    stage = Stage(holder)
    for width in (40, 4000):
        part = QLabel()
        part.setMinimumSize(width, width)
        stage.addWidget(part)
    assert holder.minimumSizeHint().width() < 100
    stage.setCurrentIndex(1)
    assert holder.minimumSizeHint().width() >= 4000


def test_a_line_without_room_is_shortened_and_tells_the_whole(qtbot):
    made = Shortened("已保存 10:12　·　备份 今天 08:31")
    qtbot.addWidget(made)
    made.resize(60, 20)
    made.show()
    short = made.grab().toImage()
    assert made.minimumSizeHint().width() <= 60
    assert made.toolTip() == made.text()
    made.resize(600, 20)
    assert made.grab().toImage() != short
    assert made.toolTip() == ""


def test_the_window_fits_the_smallest_screen(qtbot):
    assert LEAST[0] <= SMALLEST.width()
    assert LEAST[1] <= SMALLEST.height() - 60  # less bar and title
    frame = Frame()
    qtbot.addWidget(frame)
    frame.take_room()
    room = frame.screen().availableSize()
    assert frame.width() <= room.width()
    assert frame.height() <= room.height()
    assert frame.isMaximized() == (room.width() <= SIZE[0] or room.height() <= SIZE[1])


FIRST, SECOND = QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)


@pytest.mark.parametrize(
    ("place", "rooms", "wanted"),
    [
        (QRect(100, 50, 1000, 600), (FIRST, SECOND), QRect(100, 50, 1000, 600)),
        (QRect(1000, 50, 1000, 600), (FIRST, SECOND), QRect(1000, 50, 1000, 600)),
        (QRect(1500, 100, 1700, 900), (FIRST,), QRect(0, 0, 1366, 728)),
        (QRect(1500, 100, 900, 600), (FIRST,), QRect(466, 100, 900, 600)),
        (QRect(100, -40, 900, 600), (FIRST,), QRect(100, 0, 900, 600)),
        (QRect(20, 20, 1300, 700), (QRect(0, 0, 1024, 560),), QRect(0, 0, 1024, 560)),
    ],
)
def test_a_window_comes_back_from_a_screen_that_is_gone(place, rooms, wanted):
    assert brought_back(place, rooms) == wanted


def test_it_does_so_by_itself(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    frame.showNormal()
    screens = Screens(frame)
    frame.setGeometry(5000, 5000, 600, 400)
    screens.look()
    assert frame.screen().availableGeometry().contains(frame.geometry())


def test_a_place_that_is_remembered_from_a_screen_that_is_gone_is_given_up(qtbot):
    before = Frame()
    qtbot.addWidget(before)
    before.setGeometry(5000, 5000, 600, 400)
    after = Frame(before.saveGeometry())
    qtbot.addWidget(after)
    after.showNormal()
    assert after.screen().availableGeometry().contains(after.geometry())
