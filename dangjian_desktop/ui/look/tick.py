"""A choice that is on or off, with a tick when it is on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button

SIGN = 14


def tick(text: str, theme: Theme, *, name: str, tip: str = "") -> QPushButton:
    """A button that stays pressed; ``toggled`` and ``isChecked`` as any button has them. The tick
    has a place of its own, so that nothing moves when it comes."""
    made = button(f" {text}", theme, look="chip", name=name, tip=tip)
    made.setCheckable(True)
    made.setAccessibleName(text)
    theme.fit(made, partial(_sign, theme), SIGN)
    return made


def _sign(theme: Theme, made: QPushButton, pixels: int) -> None:
    size = QSize(pixels, pixels)
    shown = theme.icon("check", "accent", SIGN).pixmap(size)
    none = QPixmap(shown.size())
    none.setDevicePixelRatio(shown.devicePixelRatio())
    none.fill(Qt.GlobalColor.transparent)
    icon = QIcon()
    icon.addPixmap(shown, QIcon.Mode.Normal, QIcon.State.On)
    icon.addPixmap(none, QIcon.Mode.Normal, QIcon.State.Off)
    made.setIcon(icon)
    made.setIconSize(size)
