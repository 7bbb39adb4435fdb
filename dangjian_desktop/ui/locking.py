"""The lock of the window: before a library that has a password, and over one that was left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.ui.covering import Covering
from dangjian_desktop.ui.desk.forgetting import Forgetting
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.keeper import Keeper, keep_all
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.timers import once
from dangjian_desktop.ui.window.frame import Frame

AGAIN = 100
LEFT = "锁定时，下面这些打开过的附件没能删除，可能正由别的程序打开。"
CLOSE_IT = "请关闭打开它的程序；下次锁定或关闭本程序时再删除。"
NOT_KEPT = "还有内容没有存进资料库，现在关闭会丢失。请先输入密码打开，保存或另存以后再关闭。"
NO_PASSWORD = "资料库没有密码，不能锁定。需要时请在“设置 → 密码”中设置。"


@dataclass(frozen=True, slots=True)
class Locks:
    """What the composition root hands in; each but ``refused`` belongs to the library's thread.

    ``refused`` gives the library that was refused for its password; ``recover`` is told whether
    nobody has the library open here. The last two are told near which library a copy lies.
    """

    refused: Callable[[Exception], Path | None]
    unlock: Callable[[Path, str], object]
    recover: Callable[..., object]
    make: Callable[[Path, str, str, Any, str], Any]
    unlock_copy: Callable[[Path, Path, str], object]
    recover_copy: Callable[[Path, Path, str, str], object]


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
        self._covering = Covering(frame, self)
        self._page: Any = None
        self._left: Sequence[str] = ()
        self._after: list[Callable[[], object]] = []
        self._focus: QWidget | None = None
        self._idle: Any = None
        self._ending = once(self, AGAIN, self._end)
        self._closing = once(self, AGAIN, frame.close)
        shell.lock_asked.connect(self.lock)
        shell.unlock_asked.connect(self.ask_for_copy)
        shell.changes.changed.connect(self.follow)

    @property
    def covered(self) -> bool:
        """Whether the window is covered."""
        return self._covered is not None

    def wants_password(self, error: Exception) -> bool:
        """Whether something was refused for a password that was not given."""
        return self._locks.refused(error) is not None

    def takes(
        self, error: Exception, then: Callable[[Path], object], back: Callable[[], object]
    ) -> bool:
        """Whether a library was refused for its password, which is then asked for."""
        library = self._locks.refused(error)
        if library is None:
            return False
        recover = partial(self._locks.recover, alone=True)
        self._ask(library, "返回", (self._locks.unlock, recover), (partial(then, library), back))
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
        for guard in cast("list[Forgetting]", self._shell.findChildren(Forgetting)):
            guard.forget()
        self._focus = QApplication.focusWidget()
        if self._focus is not None:
            self._focus.clearFocus()  # what is being composed there is typed by that
        keep_all(self._frame, _nothing)
        self._shell.jobs.hold_back()
        self._covered = window
        self._covering.begin()
        self._frame.takeCentralWidget()
        window.setParent(self._frame)  # hidden by that, and it ends with the frame
        recover = partial(self._locks.recover, alone=False)
        ways = self._locks.unlock, recover
        self._ask(desk.path, "关闭程序", ways, (self._uncover, self._frame.close))
        self._end()

    @Slot(Path, object)
    def ask_for_copy(self, copy: Path, then: Callable[[], object]) -> None:
        """Ask for the password of a copy of the open library."""
        desk = self._desk()
        if desk is not None and not self.covered:
            self.ask_near(desk.path, copy, then)

    def ask_near(self, library: Path, copy: Path, then: Callable[[], object]) -> None:
        """Ask for the password of a copy of this library, which may be gone, in the place of what
        the frame holds; that comes back after."""
        window = self._frame.centralWidget()
        self._frame.takeCentralWidget()
        window.setParent(self._frame)

        def back() -> None:
            self._frame.hold(window)

        def unlocked() -> None:
            back()
            then()

        locks = self._locks
        ways = partial(locks.unlock_copy, library), partial(locks.recover_copy, library)
        self._ask(copy, "返回", ways, (unlocked, back))

    def let_through(self) -> bool:
        """The program ends: what pages wanted to read meanwhile is not read any more. False where
        something typed is not kept yet; it waits behind the cover."""
        if self._covered is None:
            return True
        keepers = cast("list[Keeper]", self._frame.findChildren(Keeper))
        if not all(keeper.safe for keeper in keepers):
            if self._shell.jobs.busy:
                self._closing.start()
            else:
                self._page.say_first(NOT_KEPT)
            return False
        self._covered = None
        self._covering.stop()
        self._ending.stop()
        self._after.clear()
        self._shell.jobs.go_on(drop=True)
        return True

    @Slot()
    def _end(self) -> None:
        desk = self._desk()
        if self._shell.jobs.busy:
            self._ending.start()
        elif self.covered and desk is not None:
            self._jobs.library(desk.lock.lock, self._locked, title="正在锁定")

    def _locked(self, left: Sequence[str]) -> None:
        self._left = left

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
        ways: tuple[Callable[..., object], Callable[..., object]],
        then: tuple[Callable[[], object], Callable[[], object]],
    ) -> None:
        """``ways`` are by password and by code; ``then`` is what follows, and what does where it
        is given up."""
        make = Late("ui.window.lock_page:LockPage").read()
        page = make(self._shell.theme, self._jobs, library, *ways, back)
        page.unlocked.connect(then[0])
        page.left.connect(then[1])
        self._page = page
        self._frame.hold(page)

    @Slot()
    def _uncover(self) -> None:
        window, self._covered = self._covered, None
        if window is None:
            return
        self._ending.stop()
        self._frame.hold(window)
        self._covering.end()
        self._shell.jobs.go_on()
        if self._focus is not None and isValid(self._focus):
            self._focus.window().activateWindow()
            self._focus.setFocus()
        left, self._left = self._left, ()
        if left:
            self._shell.messages.notice(LEFT, CLOSE_IT, tuple(left))
        waited, self._after = self._after, []
        for go in waited:
            go()


def _nothing() -> None:
    """What is typed is kept behind the cover; nobody waits for it."""
