"""Nobody's words are filled in for him; who chooses finds as everywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import dangjian_desktop
from dangjian_desktop.domain.fields import Field, FieldType
from dangjian_desktop.ui.fields.picked import LinkEditor
from dangjian_desktop.ui.look.free_box import FreeBox

TITLES = ("2026-03-05 研究设备检修", "2026-04-09 学习新党章", "2026-04-10 设备改造动员")

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def opened(qtbot, words, *, choosing=False):
    box = FreeBox(choosing=choosing)
    qtbot.addWidget(box)
    box.addItems(words)
    box.setCurrentIndex(-1)
    box.show()
    box.activateWindow()
    box.lineEdit().setFocus()
    qtbot.waitUntil(box.lineEdit().hasFocus)
    return box


def commit(line, sign):
    """As an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(sign)
    QApplication.sendEvent(line, event)


def offered(box):
    model = box.completer().completionModel()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_what_is_typed_stays_what_was_typed(qtbot):
    box, told = opened(qtbot, ["out at work", "out in hospital"]), []
    box.editTextChanged.connect(told.append)
    QTest.keyClicks(box.lineEdit(), "out")
    assert told == ["o", "ou", "out"]
    assert box.currentText() == "out"
    assert box.lineEdit().selectedText() == ""
    popup = box.completer().popup()
    assert popup.parent() is box  # and so has the look of its window
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert (box.currentText(), box.currentIndex()) == ("out", -1)
    popup.hide()


@pytest.mark.parametrize(
    ("typed", "fits"), [("xx", [1]), ("shebei", [2]), ("设备", [0, 2]), ("学西", [1]), ("4-1", [2])]
)
def test_words_are_found_by_initials_pinyin_part_and_sound(qtbot, typed, fits):
    box = opened(qtbot, TITLES, choosing=True)
    told = []
    box.activated.connect(told.append)
    for sign in typed:
        commit(box.lineEdit(), sign)
    qtbot.waitUntil(lambda: offered(box) == [TITLES[place] for place in fits])
    qtbot.waitUntil(box.completer().popup().isVisible)
    QTest.keyClick(box.completer().popup(), Qt.Key.Key_Return)
    assert told == fits[:1]
    assert box.currentIndex() == fits[0]


def test_enter_links_the_first_record_that_fits_once(qtbot, theme):
    targets = [{"id": str(at), "title": title} for at, title in enumerate(TITLES)]
    links = LinkEditor(Field("about", "关联", FieldType.LINK), theme, lambda: targets)
    qtbot.addWidget(links)
    links.set_value(None)
    links.show()
    links.activateWindow()
    line = links.box.lineEdit()
    for typed in ("sbgz", "sbgz", "none such"):
        line.setFocus()
        qtbot.waitUntil(line.hasFocus)
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
        links.box.completer().popup().hide()
    assert [each["id"] for each in links.value()] == ["2"]
    assert line.text() == "none such"


def test_every_box_that_can_be_typed_into_is_one():
    files = Path(dangjian_desktop.__file__).parent.rglob("*.py")
    assert [f.name for f in files if "setEditable(True)" in f.read_text(encoding="utf-8")] == [
        "free_box.py"
    ]
