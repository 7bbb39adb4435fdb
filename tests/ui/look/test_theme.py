from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.theme import Mode, Theme, speak_chinese, ui_family
from dangjian_desktop.ui.look.tokens import DARK, LIGHT, SIZES
from dangjian_desktop.ui.look.widgets import button


@pytest.mark.parametrize("points", [*SIZES])
def test_the_sheet_is_complete_at_every_size(theme, points):
    theme.choose(points=points)
    assert "$" not in theme.sheet()
    assert QApplication.font().pointSizeF() == points
    assert theme.row_height == round(34 * points / 10.5)


def test_dark_takes_the_other_table(theme):
    theme.choose(mode=Mode.DARK)
    assert theme.color("ground").name().upper() == DARK["ground"]
    assert LIGHT["ground"] not in theme.sheet()


def test_the_sheet_of_a_program_is_that_of_its_window(qtbot, qapp, theme):
    """On the application it would dress each part of a page once for all that it is put into."""
    window, before = QWidget(), qapp.styleSheet()
    qtbot.addWidget(window)
    own = Theme(qapp, Mode.DARK, wearer=window)
    own.apply()
    assert window.styleSheet() == own.sheet()
    own.choose(points=12)
    assert window.styleSheet() == own.sheet()
    assert qapp.styleSheet() == before
    theme.apply()


def test_icons_have_the_colour_of_their_token_and_follow_the_theme(qtbot, theme):
    button = QPushButton()
    qtbot.addWidget(button)
    theme.wear(button, "plus", "accent")
    assert _near(button, LIGHT["accent"])
    theme.choose(mode=Mode.DARK)
    assert _near(button, DARK["accent"])


@pytest.mark.parametrize(("mode", "table"), [(Mode.LIGHT, LIGHT), (Mode.DARK, DARK)])
def test_a_disabled_button_keeps_an_icon_that_can_be_seen(qtbot, theme, mode, table):
    button = QPushButton()
    qtbot.addWidget(button)
    theme.choose(mode=mode)
    theme.wear(button, "plus", "on_accent")
    assert _near(button, table["on_accent"])
    assert _near(button, table["edge"], QIcon.Mode.Disabled)


def _near(button, wanted, mode=QIcon.Mode.Normal):
    image = button.icon().pixmap(QSize(18, 18), mode).toImage()
    found = image.pixelColor(image.width() // 2, image.height() // 2)
    parts = zip(found.getRgb()[:3], QColor(wanted).getRgb()[:3], strict=True)
    return all(abs(one - other) <= 3 for one, other in parts)


def test_a_drop_down_has_its_arrow(theme):
    line = next(line for line in theme.sheet().splitlines() if "down-arrow" in line)
    file = line.split("url(")[1].split(")")[0]
    assert LIGHT["soft"] in Path(file).read_text(encoding="utf-8")


def test_every_icon_that_the_window_names_is_there():
    assert resources("icons", "LICENSE").is_file()
    assert resources("icons", "users.svg").is_file()


def test_the_standard_buttons_speak_chinese(qapp):
    assert speak_chinese(qapp)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"


def test_the_window_has_a_chinese_face(qapp):
    assert ui_family()


def test_a_choice_box_shows_in_both_themes(qtbot, theme):
    box = QComboBox()
    qtbot.addWidget(box)
    box.addItem("正式党员")
    box.show()
    theme.choose(mode=Mode.DARK)
    assert box.grab().toImage().pixelColor(6, 8).name().upper() == DARK["surface"]


@pytest.mark.parametrize("kind", ["", "primary", "quiet", "row", "chip"])
def test_what_is_disabled_does_not_look_enabled(qtbot, theme, kind):
    made = button("导出名册", theme, look=kind)
    qtbot.addWidget(made)
    made.setCheckable(True)
    made.show()
    for checked in (False, True):
        made.setChecked(checked)
        made.setEnabled(True)
        enabled = made.grab().toImage()
        made.setEnabled(False)
        assert made.grab().toImage() != enabled


@pytest.mark.parametrize("points", [10.5, 14.0])
def test_a_chip_stays_round_and_a_length_follows_the_type(qtbot, theme, points):
    page = QWidget()
    qtbot.addWidget(page)
    chip, box = button("x", theme, look="chip"), QComboBox()
    chip.setParent(page)
    box.setParent(page)
    theme.fit(box, QWidget.setFixedWidth, 110)
    assert box.width() == 110
    page.show()
    theme.choose(points=points)
    assert box.width() == theme.px(110)
    assert chip.sizeHint().height() >= 2 * theme.px(13)
    theme.choose(points=10.5)
    assert box.width() == 110


def test_the_toolkit_uses_the_words_of_the_program(qtbot, qapp):
    assert speak_chinese(qapp)
    offered = []
    for kind in (QLineEdit, QPlainTextEdit):
        field = kind()
        qtbot.addWidget(field)
        menu = field.createStandardContextMenu()
        offered.append([re.split(r"[(\t]", a.text())[0] for a in menu.actions() if a.text()])
    assert offered == [["撤销", "重做", "剪切", "复制", "粘贴", "删除", "全选"]] * 2
    box = QMessageBox()
    qtbot.addWidget(box)
    buttons = [
        box.addButton(each)
        for each in (
            QMessageBox.StandardButton.Discard,
            QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Save,
        )
    ]
    assert [each.text() for each in buttons] == ["放弃", "取消", "保存"]
    assert qapp.translate("QUndoStack", "Undo %1") == "撤销 %1"
