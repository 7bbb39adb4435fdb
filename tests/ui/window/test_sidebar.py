"""The side bar: places in groups, in sight on the usual screen, each with its own picture."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QToolButton

from dangjian_desktop.domain.declared import SHARED
from dangjian_desktop.paths import resources
from dangjian_desktop.ui import places
from dangjian_desktop.ui.desk.page import SEARCH
from dangjian_desktop.ui.look.late import complete
from dangjian_desktop.ui.look.tokens import SIZES
from dangjian_desktop.ui.window.sidebar import LOW, NUMBERED, SideBar
from tests.ui.look.reaching import cut, too_small
from tests.ui.roster_world import a_desk

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
SPARE = 696
"""What a screen of 768 pixels leaves between the window's title and the system's bar."""


@pytest.fixture
def offered(tmp_path, shell):
    desk = a_desk(tmp_path)
    yield [place for place in places.places(desk, shell) if place.icon]
    desk.close()


@pytest.fixture
def bar(qtbot, theme, offered):
    complete(theme)
    made = SideBar(theme)
    qtbot.addWidget(made)
    made.branch.setText("综采三队党支部")
    for place in offered:
        made.add(place)
    made.mark(places.FIRST)
    made.resize(made.width(), SPARE)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def entries(bar) -> list[QToolButton]:
    return bar.findChildren(QToolButton)


def in_sight(bar) -> list[str]:
    return [e.objectName() for e in entries(bar) if e.visibleRegion().boundingRect() == e.rect()]


def test_each_place_has_a_picture_of_its_own_and_stands_with_its_group(offered):
    named = [place for place in offered if place.group != places.OTHERS]
    assert {n: c for n, c in Counter(place.icon for place in named).items() if c > 1} == {}
    assert all(resources("icons", f"{place.icon}.svg").is_file() for place in offered)
    groups = [group for group, _each in groupby(p.group for p in offered if not p.at_foot)]
    assert groups[0] == ""
    assert len(groups) == len(set(groups)) > 3


def test_every_shared_record_has_a_place(offered):
    assert {record.code for record in SHARED} <= {place.code for place in offered}


def test_all_is_in_sight_on_the_usual_screen(qtbot, bar):
    names = [entry.objectName() for entry in entries(bar)]
    qtbot.waitUntil(lambda: in_sight(bar) == names)
    assert not bar.findChild(QScrollArea).verticalScrollBar().isVisible()
    assert too_small(bar) == []
    assert cut(bar) == []


@pytest.mark.parametrize("points", SIZES)
def test_no_title_is_wider_than_the_bar(qtbot, bar, theme, points):
    theme.choose(points=points)
    area = bar.findChild(QScrollArea)
    qtbot.waitUntil(lambda: area.widget().width() == area.viewport().width())
    assert area.widget().minimumSizeHint().width() <= area.viewport().width()
    assert cut(bar) == []


def test_room_that_is_left_makes_the_entries_higher_up_to_a_bound(qtbot, bar, theme):
    low = entries(bar)[1].height()
    assert low >= theme.px(LOW)
    bar.resize(bar.width(), 1040)
    qtbot.waitUntil(lambda: entries(bar)[1].height() > low + 6)
    heights = {entry.height() for entry in entries(bar)[:-1]}
    assert max(heights) - min(heights) <= 1


def test_large_type_scrolls_to_the_place_that_is_shown_and_keeps_the_settings(qtbot, bar, theme):
    theme.choose(points=16.0)
    last = [entry for entry in entries(bar) if entry.property("place") != "settings"][-1]
    qtbot.waitUntil(lambda: "place.settings" in in_sight(bar))
    assert last.objectName() not in in_sight(bar)
    bar.mark(last.property("place"))
    qtbot.waitUntil(lambda: last.objectName() in in_sight(bar))


def test_headings_are_read_with_their_places_and_give_way_to_icons(qtbot, bar, offered):
    shown = [e.text() for e in bar.findChildren(QLabel) if e.property("look") == "group"]
    assert shown == list(dict.fromkeys(place.group for place in offered if place.group))
    entry = bar.findChild(QToolButton, "place.indicator")
    told = QAccessible.queryAccessibleInterface(entry)
    assert told.text(QAccessible.Text.Name) == "指标"
    assert told.text(QAccessible.Text.Description) == places.FUSION
    wide = bar.width()
    bar.set_narrow(True)
    qtbot.waitUntil(lambda: bar.width() < wide)
    assert {e.text() for e in bar.findChildren(QLabel) if e.property("look") == "group"} == {""}
    bar.set_narrow(False)
    assert shown[0] in {e.text() for e in bar.findChildren(QLabel)}


def test_keys_go_by_number_as_far_as_there_are_numbers(bar, offered):
    keys = [entry.shortcut().toString() for entry in entries(bar)]
    numbered = [f"Ctrl+{n}" for n in range(1, NUMBERED + 1)]
    assert keys == numbered + [""] * (len(offered) - NUMBERED)
    tips = [entry.toolTip() for entry in entries(bar)]
    assert tips[:2] == ["工作台（Ctrl+1）", "党员（Ctrl+2）"]
    assert tips[NUMBERED] == offered[NUMBERED].title


def test_arrows_go_from_group_to_group(qtbot, bar):
    asked = []
    bar.asked.connect(asked.append)
    upper = [e for e in entries(bar) if e.property("place") != "settings"]
    upper[0].setFocus()
    for entry in upper[1:]:
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        bar.mark(entry.property("place"))
    assert asked == [entry.property("place") for entry in upper[1:]]
    assert SEARCH not in asked
