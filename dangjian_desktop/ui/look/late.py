"""What the look needs soon, but not for the first painting."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from dangjian_desktop.paths import resources
from dangjian_desktop.ui.look.contrast import Contrast
from dangjian_desktop.ui.look.ring import Focus
from dangjian_desktop.ui.look.screens import Screens
from dangjian_desktop.ui.look.theme import Theme

FILES = ("heiti.ttf", "hanamin.ttf")
"""The faces of ``theme.OURS``."""


def complete(theme: Theme) -> None:
    """Bring in, once, the faces behind the system's, the ring of the focus and the system's high
    contrast, and an eye on the screens; what was drawn without the rare characters is drawn
    again."""
    if theme.findChild(Focus) is not None:
        return
    for file in FILES:
        QFontDatabase.addApplicationFont(str(resources("fonts", file)))
    for window in QApplication.topLevelWidgets():
        QWidget.update(window)  # a list has another of that name
    Focus(theme)
    Contrast(theme)
    if isinstance(theme.wearer, QWidget):
        Screens(theme.wearer)
