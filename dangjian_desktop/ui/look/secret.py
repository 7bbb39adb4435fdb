"""A value that is shown only when asked."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, space

SHOWN_FOR = 60_000
"""Milliseconds for which it stays readable."""


class Secret(QWidget):
    """A value that is masked; 显示 uncovers it for a minute. ``unknown`` stands where it is not
    known; with ``wrap`` it may take several lines, the button below them."""

    def __init__(
        self, theme: Theme, name: str, *, unknown: str = "待补", wrap: bool = False
    ) -> None:
        super().__init__()
        self._words, self._mask, self._unknown, self._wrap = "", "", unknown, wrap
        self.text = label(name=f"{name}.text")
        self.show_button = button(
            "显示", theme, look="quiet", name=f"{name}.show", then=self._switch
        )
        line = QVBoxLayout(self) if wrap else QHBoxLayout(self)
        space(line, margins=(0, 0, 0, 0), gap=4)
        line.addWidget(self.text)
        line.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        if not wrap:
            line.addStretch()
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_FOR)
        self.timer.timeout.connect(self.cover)

    def set_words(self, words: str | None, mask: str) -> None:
        """Take another value, covered."""
        self._words, self._mask = words or "", mask
        self.show_button.setVisible(bool(words))
        self.cover()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: D102
        super().hideEvent(event)
        self.cover()

    @Slot()
    def cover(self) -> None:
        """Mask it again."""
        self.timer.stop()
        self.text.setWordWrap(False)
        self.text.setText(self._mask if self._words else self._unknown)
        self.show_button.setText("显示")

    @Slot()
    def _switch(self) -> None:
        if self.timer.isActive():
            self.cover()
            return
        self.text.setWordWrap(self._wrap)
        self.text.setText(self._words)
        self.show_button.setText("隐藏")
        self.timer.start()
