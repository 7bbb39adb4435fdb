"""What is shown only when asked, and then for a minute."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, row_of

SHOWN_FOR = 60_000
"""Milliseconds for which it stays readable."""


class Uncovering(QObject):
    """The button 显示: ``turned`` says that what is covered is to be read, or no longer. It lives
    as long as its ``parent``."""

    turned = Signal(bool)

    def __init__(self, theme: Theme, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self.button = button("显示", theme, look="quiet", name=name, then=self._switch)
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setInterval(SHOWN_FOR)
        self.timer.timeout.connect(self.cover)

    @property
    def shown(self) -> bool:
        """Whether it may be read just now."""
        return self.timer.isActive()

    @Slot()
    def cover(self) -> None:
        """Cover it again."""
        self.timer.stop()
        self.button.setText("显示")
        self.turned.emit(False)

    @Slot()
    def _switch(self) -> None:
        if self.shown:
            self.cover()
            return
        self.timer.start()
        self.button.setText("隐藏")
        self.turned.emit(True)


class Secret(QWidget):
    """A value that is masked; 显示 uncovers it for a minute. ``unknown`` stands where it is not
    known; with ``wrap`` it may take several lines, the button beside the first."""

    def __init__(
        self, theme: Theme, name: str, *, unknown: str = "待补", wrap: bool = False
    ) -> None:
        super().__init__()
        self._words, self._mask, self._unknown, self._wrap = "", "", unknown, wrap
        self.text = label(name=f"{name}.text")
        self.asked = Uncovering(theme, f"{name}.show", self)
        self.show_button, self.timer = self.asked.button, self.asked.timer
        self.asked.turned.connect(self._show)
        top = Qt.AlignmentFlag.AlignTop
        self._line = row_of(self.text, (self.show_button, 0, top), ..., on=self, gap=4)

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
        self.asked.cover()

    @Slot(bool)
    def _show(self, shown: bool) -> None:
        long = shown and self._wrap
        self.text.setWordWrap(long)
        self._line.setStretch(0, int(long))
        self._line.setStretch(2, int(not long))
        covered = self._mask if self._words else self._unknown
        self.text.setText(self._words if shown else covered)
