"""What has the focus stays where it is seen, and is brought into view where it was put."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from shiboken6 import delete

from dangjian_desktop.ui.look.ring import Focus
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.widgets import column_of


@pytest.fixture
def form(qtbot, theme):
    """A sentence that is not said yet over thirty fields in a low window."""
    focus, window, inside = Focus(theme), QWidget(), QWidget()
    qtbot.addWidget(window)
    said, fields = QLabel("不合规定\n" * 4), [QLineEdit() for _ in range(30)]
    said.hide()
    column_of(said, *fields, on=inside)
    area = scrolling(inside)
    column_of(area, on=window)
    window.resize(300, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window, area, said, fields
    delete(focus)


def place(window, field):
    return field.mapTo(window, QPoint()).y()


def test_a_field_stays_while_what_stands_above_it_comes_and_goes(qtbot, form):
    window, _area, said, fields = form
    fields[12].setFocus()
    qtbot.waitUntil(lambda: not fields[12].visibleRegion().isEmpty())
    before, top = place(window, fields[12]), fields[12].y()
    for shown in (True, False):
        said.setVisible(shown)
        qtbot.waitUntil(lambda shown=shown: (fields[12].y() > top) is shown)
        qtbot.waitUntil(lambda: place(window, fields[12]) == before)


def test_a_field_that_gets_the_focus_is_seen(qtbot, form):
    window, _area, _said, fields = form
    fields[0].setFocus()
    fields[28].setFocus()
    qtbot.waitUntil(lambda: fields[28].visibleRegion().boundingRect() == fields[28].rect())
    window.resize(300, 200)  # as a banner takes some of the room
    qtbot.waitUntil(lambda: fields[28].visibleRegion().boundingRect() == fields[28].rect())
