"""A choice that is on or off, with a tick when it is on."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button


def tick(text: str, theme: Theme, *, name: str, tip: str = "") -> QPushButton:
    """A button that stays pressed; ``toggled`` and ``isChecked`` as any button has them."""
    made = button(text, theme, look="chip", name=name, tip=tip)
    made.setCheckable(True)
    made.toggled.connect(partial(_tell, made, text))
    return made


def _tell(made: QPushButton, text: str, on: bool) -> None:
    made.setText(f"✓ {text}" if on else text)
