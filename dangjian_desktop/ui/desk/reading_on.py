"""What the first page does not need is imported while nothing else is under way."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.page import Place
from dangjian_desktop.ui.desk.timers import once

REST = 1_000
"""Milliseconds between two looks; after two in which nothing is under way, reading begins."""


class Imports(QObject):
    """Imports what is left to the window's thread, a module in each turn of its events."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._left: list[Callable[[], object]] = []
        self._turn = once(self, 0, self._next)

    def bring(self, part: Late | Place, then: Callable[[], object], title: str) -> None:
        """Have a part prepared in the library's thread and its rest imported here, then call."""
        self._jobs.library(part.prepare, partial(self._do, then), title=title)

    def _do(self, then: Callable[[], object], names: list[str]) -> None:
        self._left += [*(partial(import_module, name) for name in names), then]
        self._turn.start(0)

    @Slot()
    def _next(self) -> None:
        work = self._left.pop(0)
        if self._left:
            self._turn.start(0)
        work()


class ReadingOn(QObject):
    """Reads part after part: in the library's thread what makes no class of Qt, the rest module by
    module in the window's; what is asked for meanwhile comes between."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._left: list[Late] = []
        self._idle = False
        self._imports = Imports(jobs, self)
        self._turn = once(self, REST, self._read_next)

    def read(self, parts: Iterable[Late]) -> None:
        """Have these read by and by."""
        self._left = [part for part in dict.fromkeys(parts) if not part.ready]
        if self._left:
            self._turn.start(REST)

    @Slot()
    def _read_next(self) -> None:
        was_idle, self._idle = self._idle, not self._jobs.busy
        if self._left and was_idle and self._idle:
            self._imports.bring(self._left.pop(0), self._go_on, "正在准备其他页面")
        elif self._left:
            self._turn.start(REST)

    @Slot()
    def _go_on(self) -> None:
        self._turn.start(0)
