"""The lock of the window: before a library that has a password, and over one that was left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.keeper import keep_all
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.window.frame import Frame

AGAIN = 100
NO_PASSWORD = "资料库没有密码，不能锁定。需要时请在“设置 → 密码”中设置。"


@dataclass(frozen=True, slots=True)
class Locks:
    """What the composition root hands in; each but ``refused`` belongs to the library's thread.

    ``refused`` gives the library that was refused for its password; ``recover`` is told whether
    nobody has the library open here.
    """

    refused: Callable[[Exception], Path | None]
    unlock: Callable[[Path, str], object]
    recover: Callable[..., object]
    make: Callable[[Path, str, str, Any, str], Any]


class Locking(QObject):
    """Asks for the password, and covers the window where nobody works at it or that is wanted."""

    def __init__(
        self, frame: Frame, shell: Shell, locks: Locks, desk: Callable[[], Any], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._frame, self._shell, self._locks, self._desk = frame, shell, locks, desk
        # Its own: those of the library wait while the window is covered.
        self._jobs = Jobs(shell.messages.report, self)
        self._covered: QWidget | None = None
        self._hidden: list[QWidget] = []
        self._after: list[Callable[[], object]] = []
        self._focus: QWidget | None = None
        self._idle: Any = None
        self._ending = once(self, AGAIN, self._end)
        shell.lock_asked.connect(self.lock)
        shell.changes.changed.connect(self.follow)

    @property
    def covered(self) -> bool:
        """Whether the window is covered."""
        return self._covered is not None

    def takes(
        self, error: Exception, then: Callable[[Path], object], back: Callable[[], object]
    ) -> bool:
        """Whether a library was refused for its password, which is then asked for."""
        library = self._locks.refused(error)
        if library is None:
            return False
        self._ask(library, "返回", partial(then, library), back, alone=True)
        return True

    @Slot()
    def follow(self) -> None:
        """Lock the open library, where it has a password, when nobody works at it."""
        desk = self._desk()
        if desk is not None and not self.covered:
            self._shell.jobs.library(desk.lock.minutes, self._set_minutes)

    def once_open(self, go: Callable[[], object]) -> None:
        """Call this now, or as soon as the window is not covered any more."""
        if self.covered:
            self._after.append(go)
        else:
            go()

    @Slot()
    def lock(self) -> None:
        """Keep what is typed, cover the window, and let go of the keys once all work has ended."""
        desk = self._desk()
        if desk is None or self.covered:
            return
        if not desk.lock.there:
            self._shell.toast(NO_PASSWORD)
            return
        window = self._frame.centralWidget()
        keep_all(window, _nothing)
        self._shell.jobs.hold_back()
        self._covered, self._focus = window, QApplication.focusWidget()
        self._hide_others()
        self._frame.takeCentralWidget()
        window.setParent(self._frame)  # hidden by that, and it ends with the frame
        self._ask(desk.path, "关闭程序", self._uncover, self._frame.close, alone=False)
        self._end()

    def let_through(self) -> None:
        """The program ends: what pages wanted to read meanwhile is not read any more."""
        if self._covered is not None:
            self._covered = None
            self._ending.stop()
            self._after.clear()
            self._shell.jobs.go_on(drop=True)

    @Slot()
    def _end(self) -> None:
        desk = self._desk()
        if self._shell.jobs.busy:
            self._ending.start()
        elif self.covered and desk is not None:
            self._jobs.library(desk.lock.lock, title="正在锁定")

    def _set_minutes(self, minutes: int | None) -> None:
        if self._idle is None and minutes:
            self._idle = Late("ui.window.idle:Idle").read()(self)
            self._idle.idle.connect(self.lock)
        if self._idle is not None:
            self._idle.set_minutes(minutes)

    def _ask(
        self,
        library: Path,
        back: str,
        then: Callable[[], object],
        otherwise: Callable[[], object],
        *,
        alone: bool,
    ) -> None:
        make = Late("ui.window.lock_page:LockPage").read()
        recover = partial(self._locks.recover, alone=alone)
        page = make(self._shell.theme, self._jobs, library, self._locks.unlock, recover, back)
        page.unlocked.connect(then)
        page.left.connect(otherwise)
        self._frame.hold(page)

    @Slot()
    def _uncover(self) -> None:
        window, self._covered = self._covered, None
        if window is None:
            return
        self._ending.stop()
        self._frame.hold(window)
        for other in self._hidden:
            if isValid(other):
                other.show()
        self._hidden.clear()
        self._shell.jobs.go_on()
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        waited, self._after = self._after, []
        for go in waited:
            go()

    def _hide_others(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        others = [each for each in QApplication.topLevelWidgets() if each is not self._frame]
        self._hidden = [each for each in others if each.isVisible()]
        for other in self._hidden:
            other.hide()


def _nothing() -> None:
    """What is typed is kept behind the cover; nobody waits for it."""
