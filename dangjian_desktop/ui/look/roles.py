"""What a reader of the screen takes a widget of our own for.

Apart from what is spoken, which the first window needs: the bridge to C takes 1 ms to load.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from PySide6 import QtGui, QtWidgets
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from dangjian_desktop.frozen import dataclass


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
