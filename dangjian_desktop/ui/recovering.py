"""From a library that could not be opened to the window that leads back."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot


class Recovering(QObject):
    """Looks what is wrong; shows it where there is a way back, else says why in the first window.

    It belongs to the running program and uses its doors, as that module says.
    """

    def __init__(self, program: Any, doors: Any) -> None:
        super().__init__(program)
        self._program, self._doors = program, doors
        self.window: Any = None

    def refused(self, library: Path | None, error: Exception) -> None:
        """A library was not opened, or not made where none is named; perhaps for its password."""
        if self._program.locking.takes(error, self._program.open, self._program.show_first):
            self._program.leave_windows()
            return
        if library is None:
            self._say(error)
            return
        look = partial(self._doors.damage, library)
        told, failed = partial(self._looked, error), partial(self._not_looked, error)
        self._program.jobs.library(look, told, failed, title="正在查看资料库")

    def _looked(self, error: Exception, damage: Any) -> None:
        if damage is None:
            self._say(error)
            return
        self._program.leave_windows()
        self.window = self._doors.recovery(self._program.shell, damage)
        self.window.restore_asked.connect(self._restore)
        self.window.rebuild_asked.connect(self._rebuild)
        self.window.open_asked.connect(self._program.open)
        self.window.left.connect(self._program.show_first)
        self._program.frame.hold(self.window)
        self.window.focus_first()

    def _not_looked(self, error: Exception, _why: Exception) -> None:
        self._say(error)

    def _say(self, error: Exception) -> None:
        self._program.show_first()
        self._program.messages.report(error)

    @Slot(Path)
    def _restore(self, copy: Path) -> None:
        work = partial(self._doors.put_back, copy, self.window.damage.library)
        self._run(work, "正在恢复备份")

    @Slot()
    def _rebuild(self) -> None:
        self._run(partial(self._doors.rebuild, self.window.damage.library), "正在重建")

    def _run(self, work: Any, title: str) -> None:
        self.window.setEnabled(False)
        library = self.window.damage.library
        done = partial(self._done, library)
        self._program.jobs.library(work, done, self._failed, title=title)

    def _done(self, library: Path, said: str) -> None:
        self._program.open(library)
        if said:
            # Behind the opening: it is for whoever sees the library then.
            self._program.jobs.library(lambda: said, self._program.messages.notice)

    def _failed(self, error: Exception) -> None:
        self.window.setEnabled(True)
        self._program.messages.report(error)
