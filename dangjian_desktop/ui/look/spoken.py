"""What a reader of the screen says: messages as they come, and what a widget of our own is.

The enumerations of QAccessible take 5 ms to load: it is reached by its module, when it is needed.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from dangjian_desktop.frozen import dataclass

SIGN = "✕ "


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a message said, wherever the focus is; an ``urgent`` one before all others."""
    said = QtGui.QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        said.setPoliteness(QtGui.QAccessible.AnnouncementPoliteness.Assertive)
    QtGui.QAccessible.updateAccessibility(said)


class Problem(QLabel):
    """A sentence on what is wrong, with its sign before it; hidden while there is none. With
    another ``look`` (warn) it is a remark without the sign."""

    def __init__(self, name: str = "", look: str = "problem") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", look)
        self.setWordWrap(True)
        self.hide()

    def say(self, text: str) -> None:
        """Show this in the place of what was said before; what is new is spoken."""
        new = bool(text) and (text != self.text() or self.isHidden())
        self.setText(text)
        self.setVisible(bool(text))
        if new:
            announce(self, text, urgent=self._wrong)

    def setText(self, text: str) -> None:  # noqa: D102
        wide = QFontMetrics(self.font()).horizontalAdvance(SIGN) if self._wrong else 0
        self.setContentsMargins(wide, 0, 0, 0)
        super().setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102
        super().paintEvent(event)
        if self._wrong and self.text():
            painter, metrics = QPainter(self), QFontMetrics(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            one = self.height() < 2 * metrics.lineSpacing()
            top = (self.height() - metrics.height()) // 2 if one else 0
            painter.drawText(QPoint(0, top + metrics.ascent()), SIGN)
            painter.end()

    @property
    def _wrong(self) -> bool:
        return str(self.property("look")) == "problem"


@dataclass(frozen=True, slots=True)
class Reads:
    """What a widget is: its ``role``, what pressing it does, whether it is open just now."""

    role: str
    press: Callable[[], object] | None = None
    expanded: Callable[[], bool] | None = None


def reads_as(
    widget: QWidget,
    role: str,
    *,
    press: Callable[[], object] | None = None,
    expanded: Callable[[], bool] | None = None,
) -> None:
    """Say what a widget is (``Button``: a role of QAccessible) where Qt takes it for something
    else; before it gets its name, at which Qt makes up its mind."""
    _teach()
    widget.reads = Reads(role, press, expanded)  # type: ignore[attr-defined]


def turned(widget: QWidget) -> None:
    """It was opened or closed."""
    state: Any = QtGui.QAccessible.State()
    state.expanded = state.collapsed = True
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleStateChangeEvent(widget, state))


@cache
def _teach() -> None:
    """Let Qt ask our own widgets what they are, from the first of them on."""
    press = QtGui.QAccessibleActionInterface.pressAction()

    class Told(QtWidgets.QAccessibleWidget):
        # It keeps nothing of the widget: Python's half of it outlives that.
        @property
        def reads(self) -> Reads:
            reads: Reads = self.object().reads  # type: ignore[attr-defined]
            return reads

        def state(self) -> Any:
            return _with(self.reads, super().state())

        def actionNames(self) -> list[str]:
            return [*([press] if self.reads.press else []), *super().actionNames()]

        def doAction(self, name: str) -> None:
            if name == press and self.reads.press is not None:
                self.reads.press()
            else:
                super().doAction(name)

    QtGui.QAccessible.installFactory(partial(_told, Told))


def _told(make: Any, _class: str, widget: QObject) -> Any:
    reads = getattr(widget, "reads", None)
    if isinstance(reads, Reads) and isinstance(widget, QWidget):
        made = make(widget, QtGui.QAccessible.Role[reads.role])
        # It is Qt's and dies with its widget: Python, which takes it for its own, would free it
        # once more when the program ends.
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(made))
        return made
    return None


def _with(reads: Reads, state: Any) -> Any:
    if reads.expanded is not None:
        open_now = reads.expanded()
        state.expandable, state.expanded, state.collapsed = True, open_now, not open_now
    return state
