"""The look as the program has it: one window wears the sheet, and everything lies in it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMainWindow
from shiboken6 import delete

from dangjian_desktop.ui.look.theme import Mode, Theme


@pytest.fixture
def worn(qtbot, qapp, theme):
    """Theme and window."""
    window = QMainWindow()
    qapp.setStyleSheet("")
    own = Theme(qapp, Mode.LIGHT, wearer=window)
    own.apply()
    yield own, window
    delete(window)  # before it would be dressed once more
    theme.apply()
