"""A short line over the foot of the window, with 撤销 for ten seconds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QFrame, QWidget

from dangjian_desktop.ui.desk.shell import UNDO, Toast
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.look.spoken import announce
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.look.widgets import button, label, row_of

SECONDS = 10
ABOVE = 24


class ToastLine(QFrame):
    """Stays over its parent's foot; the pointer over it or the focus in it keeps it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "toast")
        self._undo: Callable[[], object] | None = None
        self._other: Callable[[], object] | None = None
        self.text = label(name="toast.text")
        self.button = button("", theme, name="toast.undo", then=self._on_undo)
        self.more = button("", theme, name="toast.more", then=self._on_more)
        row_of(self.text, self.more, self.button, on=self, gap=16, margins=(16, 8, 8, 8))
        self._timer = once(self, 0, self._expire)
        parent.installEventFilter(self)
        self.hide()

    @Slot(Toast)
    def show_toast(self, toast: Toast) -> None:
        """Say it, in place of what was said before."""
        self._undo = toast.undo
        self.text.setText(toast.text)
        self.button.setText(toast.label)
        self.button.setVisible(toast.undo is not None)
        word, self._other = toast.more or ("", None)
        self.more.setText(word)
        self.more.setVisible(bool(word))
        self.show()
        self.raise_()
        self._place()
        self._timer.start(SECONDS * 1000)
        way = f"，按 Ctrl+Z {toast.label}" if toast.undo is not None else ""
        announce(self.text, toast.text + way)

    @property
    def offering(self) -> bool:
        """Whether a way back is on offer."""
        return not self.isHidden() and self._undo is not None and self.button.text() == UNDO

    @Slot()
    def take_back(self) -> None:
        """Do what 撤销 does, if it is still on offer."""
        if self.offering:
            self._on_undo()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: D102
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _expire(self) -> None:
        if self.underMouse() or self.button.hasFocus() or self.more.hasFocus():
            self._timer.start(1000)
            return
        self.hide()

    @Slot()
    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    @Slot()
    def _on_more(self) -> None:
        if self._other is not None:
            self._other()

    def _place(self) -> None:
        self.adjustSize()
        parent = self.parentWidget()
        if parent is not None:
            left = (parent.width() - self.width()) // 2
            self.move(max(left, 0), parent.height() - self.height() - ABOVE)
