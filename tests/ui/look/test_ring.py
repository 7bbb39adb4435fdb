"""One ring stands around whatever has the focus, and can be told from all that is beside it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import delete

from dangjian_desktop.ui.look.ring import APART, WIDE, Focus
from dangjian_desktop.ui.look.stage import scrolling
from dangjian_desktop.ui.look.tick import tick
from dangjian_desktop.ui.look.widgets import button, frame, look
from tests.ui.look.test_tokens import contrast

FAR = WIDE + APART


@pytest.fixture
def focus(theme):
    made = Focus(theme)
    yield made
    made.deleteLater()


def controls(theme):
    """One in each state that has a colour of its own."""
    wrong = QLineEdit("x")
    wrong.setProperty("wrong", True)
    checked = tick("要点", theme, name="tick")
    checked.setChecked(True)
    box = QComboBox()
    box.addItem("正式党员")
    return {
        "plain": button("导出", theme),
        "primary": button("保存", theme, look="primary"),
        "quiet": button("返回", theme, look="quiet"),
        "checked": checked,
        "field": QLineEdit("x"),
        "wrong": wrong,
        "box": box,
        "toast": button("撤销", theme),
    }


def shown(qtbot, theme, ground="ground"):
    page = QWidget()
    look(page, ground)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(20, 20, 20, 20)
    column.setSpacing(20)
    made = controls(theme)
    for name, each in made.items():
        holder = frame("toast") if name == "toast" else page
        if holder is not page:
            QVBoxLayout(holder).addWidget(each)
            column.addWidget(holder)
        else:
            column.addWidget(each)
    page.resize(400, 560)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    return page, made


def at(image, x, y):
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio)).name()


@pytest.mark.parametrize("mode", ["light", "dark", "stark"])
def test_every_state_has_the_same_ring_outside(qtbot, theme, focus, mode):
    theme.choose(mode=type(theme.mode)(mode))
    page, made = shown(qtbot, theme)
    for name, control in made.items():
        control.setFocus()
        qtbot.waitUntil(control.hasFocus)
        corner, image = control.mapTo(page, QPoint()), page.grab().toImage()
        x, y = corner.x() + control.width() // 2, corner.y()
        ring = at(image, x, y - FAR + 1)
        beside = [at(image, x, y - far) for far in (FAR + 3, 1)]
        assert ring == theme.color("ring").name(), name
        if name == "toast":  # there its own light line is beside it
            beside = [at(image, x, y - FAR + WIDE)]
        assert min(contrast(ring, each) for each in beside) >= 3, (name, ring, beside)


def test_it_goes_with_its_control_and_hides_with_it(qtbot, theme, focus):
    page, made = shown(qtbot, theme)
    line = made["field"]
    line.setFocus()
    qtbot.waitUntil(lambda: focus.ring is not None)
    line.move(line.x(), line.y() + 7)
    assert focus.ring.geometry() == line.geometry().adjusted(-FAR, -FAR, FAR, FAR)
    line.setParent(made["toast"].parentWidget())
    line.show()
    line.setFocus()
    qtbot.waitUntil(lambda: page.focusWidget() is line)
    corner = line.mapTo(page, QPoint())
    assert focus.ring.pos() == corner - QPoint(FAR, FAR)
    page.hide()
    assert focus.ring is None


def test_in_a_part_that_scrolls_it_scrolls_too_and_is_never_cut_off(qtbot, theme, focus):
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.setContentsMargins(0, 0, 0, 0)
    lines = [QLineEdit() for _ in range(30)]
    for each in lines:
        column.addWidget(each)
    area = scrolling(inner)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    lines[0].setFocus()
    qtbot.waitUntil(lambda: focus.ring is not None)
    assert focus.ring.parentWidget() is area.viewport()
    assert area.viewport().rect().contains(focus.ring.geometry())
    before = focus.ring.y()
    area.verticalScrollBar().setValue(0)
    lines[2].setFocus()
    area.verticalScrollBar().setValue(20)
    assert focus.ring.y() == lines[2].mapTo(area.viewport(), QPoint()).y() - FAR
    assert focus.ring.y() != before


def test_the_ring_of_a_page_that_is_gone_is_made_anew(qtbot, theme, focus):
    page, made = shown(qtbot, theme)
    made["field"].setFocus()
    qtbot.waitUntil(lambda: focus.ring is not None)
    page.deleteLater()
    qtbot.waitUntil(lambda: focus.ring is None)
    _page, again = shown(qtbot, theme)
    again["field"].setFocus()
    qtbot.waitUntil(lambda: focus.ring is not None)


def test_a_holder_that_is_gone_takes_no_ring(qtbot, focus):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    field = QLineEdit()
    column.addWidget(field)
    window.show()
    gone = QWidget()
    focus._control, focus._watched = field, [field, gone]
    delete(gone)
    focus._place()
    assert focus.ring is None
