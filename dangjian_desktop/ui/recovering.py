"""From a library that could not be opened to the window that leads back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot

from dangjian_desktop.errors import DoubtedError
from dangjian_desktop.ui.desk.doubts import doubts_told


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
        else:
            self._show(damage)

    def _show(self, damage: Any) -> None:
        self._program.leave_windows()
        self.window = self._doors.recovery(self._program.shell, damage)
        self.window.restore_asked.connect(self._restore)
        self.window.compare_asked.connect(self._compare)
        self.window.unlock_asked.connect(self._unlock)
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
    def _restore(self, copy: Path, accepted: Sequence[str] = ()) -> None:
        work = partial(self._doors.put_back, copy, self.window.damage.library, accepted)
        self._run(work, "正在恢复备份", partial(self._not_restored, copy))

    @Slot(Path)
    def _unlock(self, copy: Path) -> None:
        """Ask for the password of a copy, and look at all of them anew."""
        library = self.window.damage.library
        look = partial(self._doors.damage, library)
        jobs, title = self._program.jobs, "正在查看资料库"
        again = partial(jobs.library, look, self._show, title=title)
        self._program.locking.ask_near(library, copy, again)

    @Slot(Path)
    def _compare(self, copy: Path) -> None:
        """Tell what is in a copy from elsewhere before it is put back, once it opens."""
        window = self.window
        work = partial(self._doors.compare, copy, window.damage.library)
        told, failed = partial(window.ask_restore, copy), partial(self._not_compared, copy)
        self._program.jobs.library(work, told, failed, title="正在查看备份")

    def _not_compared(self, copy: Path, error: Exception) -> None:
        if self._program.locking.wants_password(error):
            library, again = self.window.damage.library, partial(self._compare, copy)
            self._program.locking.ask_near(library, copy, again)
        else:
            self._program.messages.report(error)

    def _not_restored(self, copy: Path, error: Exception) -> None:
        """One under a password asks for it; a copy that is whole in itself, in which not all is as
        it was saved, is asked for once more."""
        if self._program.locking.wants_password(error):
            self.window.setEnabled(True)
            library, go = self.window.damage.library, partial(self._restore, copy)
            self._program.locking.ask_near(library, copy, go)
            return
        if not isinstance(error, DoubtedError):
            self._failed(error)
            return
        self.window.setEnabled(True)
        doubts = tuple(issue.message for issue in error.issues)
        go = partial(self._restore, copy, doubts)
        ask = self._program.messages.ask
        question = f"要照样恢复“{copy.name}”吗？"
        ask(question, doubts_told(doubts).strip(), "照样恢复", go, parent=self.window)

    @Slot()
    def _rebuild(self) -> None:
        work = partial(self._doors.rebuild, self.window.damage.library)
        self._run(work, "正在重建", self._not_rebuilt)

    def _not_rebuilt(self, error: Exception) -> None:
        """What was sealed when it was printed may be all that is left, and wait for a password."""
        if not self._program.locking.wants_password(error):
            self._failed(error)
            return
        self.window.setEnabled(True)
        library = self.window.damage.library
        self._program.locking.ask_near(library, library, self._rebuild)

    def _run(self, work: Any, title: str, failed: Any) -> None:
        self.window.setEnabled(False)
        library = self.window.damage.library
        done = partial(self._done, library)
        self._program.jobs.library(work, done, failed, title=title)

    def _done(self, library: Path, said: str) -> None:
        self._program.open(library)
        # Behind the opening: it is for whoever sees the library then.
        self._program.jobs.library(lambda: said, self.tell)

    def tell(self, said: str) -> None:
        """What is to be said once a library was put back, if anything."""
        if said:
            self._program.messages.notice(said)

    def _failed(self, error: Exception) -> None:
        self.window.setEnabled(True)
        self._program.messages.report(error)
