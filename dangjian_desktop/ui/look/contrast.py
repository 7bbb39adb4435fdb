"""Whether the system is set to high contrast; Qt tells that only from 6.10 on."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.theme import Theme

_ASK, _ON = 0x42, 0x1
"""Of Windows: what is asked for, and the bit that answers."""
_PURE = 8
"""How far a part of a colour may be from 0 or 255 to count as black or white."""
_CHANGES = {QEvent.Type.ThemeChange, QEvent.Type.WindowActivate}


class _Answer(ctypes.Structure):
    _fields_ = (
        ("size", ctypes.c_uint),
        ("flags", ctypes.c_uint),
        ("scheme", ctypes.c_wchar_p),
    )


class Contrast(QObject):
    """Has the theme follow the system, now and whenever the window comes to the front."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        if isinstance(theme.wearer, QWidget):
            theme.wearer.installEventFilter(self)
        self._ask()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() in _CHANGES:
            self._ask()
        return False

    def _ask(self) -> None:
        self._theme.follow_contrast(wanted(sys.platform, os.environ, self._theme.system))


def wanted(platform: str, environment: Mapping[str, str], palette: QPalette) -> bool:
    """Whether the system asks for high contrast; ``palette`` is its own, before ours."""
    if platform == "win32":
        return _windows_is_set()
    named = environment.get("GTK_THEME", "").casefold()
    return "highcontrast" in named or _is_stark(palette)


def _is_stark(palette: QPalette) -> bool:
    """Nothing but black and white, as the desktops' themes of high contrast have it."""
    pairs = (
        (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText),
        (QPalette.ColorRole.Button, QPalette.ColorRole.ButtonText),
    )
    return all(
        {_pure(palette.color(role)) for role in pair} == {"black", "white"} for pair in pairs
    )


def _pure(color: QColor) -> str:
    parts = color.red(), color.green(), color.blue()
    if max(parts) <= _PURE:
        return "black"
    return "white" if min(parts) >= 255 - _PURE else ""


def _windows_is_set() -> bool:
    answer = _Answer(size=ctypes.sizeof(_Answer))
    ask = ctypes.windll.user32.SystemParametersInfoW  # type: ignore[attr-defined,unused-ignore]
    return bool(ask(_ASK, answer.size, ctypes.byref(answer), 0)) and bool(answer.flags & _ON)
