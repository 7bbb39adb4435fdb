"""Nobody's words are filled in for him."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest

import dangjian_desktop
from dangjian_desktop.ui.look.free_box import FreeBox


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_what_is_typed_stays_what_was_typed(qtbot):
    box, told = FreeBox(), []
    qtbot.addWidget(box)
    box.addItems(["out at work", "out in hospital"])
    box.setCurrentIndex(-1)
    box.editTextChanged.connect(told.append)
    box.show()
    box.lineEdit().setFocus()
    QTest.keyClicks(box.lineEdit(), "out")
    assert told == ["o", "ou", "out"]
    assert box.currentText() == "out"
    assert box.lineEdit().selectedText() == ""
    assert box.completer().popup().parent() is box  # and so has the look of its window
    box.completer().popup().hide()


def test_every_box_that_can_be_typed_into_is_one():
    files = Path(dangjian_desktop.__file__).parent.rglob("*.py")
    assert [f.name for f in files if "setEditable(True)" in f.read_text(encoding="utf-8")] == [
        "free_box.py"
    ]
