"""The system's high contrast is followed, by a table of its own."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look import contrast
from dangjian_desktop.ui.look.contrast import Contrast, wanted
from dangjian_desktop.ui.look.theme import Mode, Theme
from dangjian_desktop.ui.look.tokens import DARK, LIGHT, STARK, STARK_DARK


def palette(ground, text):
    made = QPalette()
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Button):
        made.setColor(role, QColor(ground))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(role, QColor(text))
    return made


@pytest.mark.parametrize(
    ("ground", "text", "stark"),
    [
        ("#ffffff", "#000000", True),
        ("#000000", "#ffffff", True),
        ("#efefef", "#000000", False),
        ("#323232", "#ffffff", False),
        ("#ffffff", "#ffffff", False),
    ],
)
def test_a_system_of_nothing_but_black_and_white_is_of_high_contrast(ground, text, stark):
    assert wanted("linux", {}, palette(ground, text)) is stark


def test_so_is_one_whose_theme_says_it():
    plain = palette("#efefef", "#000000")
    assert wanted("linux", {"GTK_THEME": "HighContrastInverse"}, plain)
    assert not wanted("linux", {"GTK_THEME": "Adwaita:dark"}, plain)


def test_windows_is_asked_itself(monkeypatch):
    monkeypatch.setattr(contrast, "_windows_is_set", lambda: True)
    assert wanted("win32", {}, palette("#f0f0f0", "#000000"))


def test_the_window_follows_it_while_it_is_open(qtbot, qapp, theme, monkeypatch):
    answer = [False]
    monkeypatch.setattr(contrast, "wanted", lambda *_: answer[0])
    window = QWidget()
    qtbot.addWidget(window)
    own = Theme(qapp, Mode.SYSTEM, wearer=window)
    own.apply()
    Contrast(own)
    assert own.tokens in (LIGHT, DARK)
    answer[0] = True
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: own.stark)
    assert own.tokens in (STARK, STARK_DARK)
    assert window.styleSheet() == own.sheet()
    answer[0] = False
    own.choose(mode=Mode.LIGHT)
    assert own.tokens is LIGHT
    theme.apply()


def test_what_the_user_chose_himself_stays(qapp, theme):
    theme.follow_contrast(True)
    assert theme.tokens is LIGHT
    theme.follow_contrast(False)
    theme.choose(mode=Mode.STARK)
    assert theme.tokens is STARK
