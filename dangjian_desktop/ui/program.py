"""The running program: one frame, in it the first window or the desk of an open library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.late import Late
from dangjian_desktop.ui.carried import Carried
from dangjian_desktop.ui.checking import Checking
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.composing import Composing
from dangjian_desktop.ui.desk.ending import Ending
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.following import Following
from dangjian_desktop.ui.locking import Locking, Locks
from dangjian_desktop.ui.look.theme import Theme
from dangjian_desktop.ui.read_only import ask_to_read
from dangjian_desktop.ui.recovering import Recovering
from dangjian_desktop.ui.window.frame import Frame

if TYPE_CHECKING:
    from dangjian_desktop.ui.desk.page import Place
    from dangjian_desktop.ui.window.first_window import FirstWindow
    from dangjian_desktop.ui.window.main_window import MainWindow
    from dangjian_desktop.ui.window.search_box import Search

_BEGIN = Late("ui.opened:begin")
Then = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Doors:
    """What the composition root hands in: ways to libraries, and what an open one offers.

    A desk is whatever ``open`` and ``new`` give back; both run in the library's thread, as do
    ``demo``, ``close``, ``state`` (short name of the branch, time of the newest copy) and
    ``restore``, which closes the desk as well and gives what is to be said after. ``bring_in``
    makes, beside that, a library of a folder of everything and calls with it, or why not.
    ``follow`` hears of every change.
    ``damage`` looks at a library that was refused, ``recovery`` shows what it found; ``compare``
    tells what a copy has beside it, ``name_inside`` what the library is called that was carried
    out; ``put_back``
    and ``rebuild`` make it one that can be opened and say what is left to do.
    """

    first: Callable[[Shell], FirstWindow]
    window: Callable[[Shell], MainWindow]
    open: Callable[[Path], Any]
    new: Callable[[Path, str, str], Any]
    demo: Callable[[Path], Path]
    close: Callable[[Any], None]
    state: Callable[[Any], tuple[str, datetime | None]]
    places: Callable[[Any, Shell], Sequence[Place]]
    search: Callable[[Any, Shell], Search]
    follow: Callable[[Any, Shell], None]
    restore: Callable[..., str]
    locks: Locks
    bring_in: Callable[..., None]
    damage: Callable[[Path], Any]
    recovery: Callable[[Shell, Any], Any]
    compare: Callable[[Path, Path], str]
    name_inside: Callable[[Path], str]
    put_back: Callable[[Path, Path, Sequence[str]], str]
    rebuild: Callable[[Path], str]


class Program(QObject):
    """The way from one library to the next, and out."""

    def __init__(
        self, application: QApplication, frame: Frame, settings: SettingsStore, doors: Doors
    ) -> None:
        super().__init__(application)
        self._application, self.frame, self._doors = application, frame, doors
        self.settings = settings
        self.messages = Messages(self, frame)
        self.messages.install_hooks()
        self.jobs = Jobs(self.messages.report, self)
        self.changes = ChangeBus(self)
        self.carried, self.recovering = Carried(self, doors), Recovering(self, doors)
        self.checking = Checking(self, doors.close)
        self.composing, self.ending = Composing(application, self), Ending(application, frame, self)
        theme = Theme(application, settings.mode, settings.points, frame)
        theme.apply()
        self.shell = _shell_of(self, theme)
        self.shell.library_asked.connect(self.change_library)
        self.shell.restore_asked.connect(self.restore)
        self.shell.apart_asked.connect(self.do_apart)
        self.locking = Locking(frame, self.shell, doors.locks, lambda: self.desk, self)
        self.following = Following(self.shell, lambda: self.desk, doors.follow, doors.state)
        frame.closing.connect(self.close)
        self.desk: Any = None
        self.window: MainWindow | None = None
        self.first: FirstWindow | None = None
        self._closing = False
        self._wanted: Path | None = None

    def start(self, library: Path | None) -> None:
        """Open the library, or the last one, or show the first window."""
        # Another one than the last is never opened in its place without a word.
        wanted = library or next(iter(self.settings.recent), None)
        if wanted is None:
            self.show_first()
            return
        self._show_window()
        # Painted first: opening imports much in the other thread, which would hold that up.
        self.frame.repaint()
        QTimer.singleShot(0, self, partial(self.open, wanted))

    def show_first(self) -> None:
        """Hold the first window."""
        self._closing, self.window = False, None
        if self.first is None:
            self.first = self._doors.first(self.shell)
            self.first.open_asked.connect(self.open)
            self.first.new_asked.connect(self._make_new)
            self.first.locked_asked.connect(self._make_locked)
            self.first.demo_asked.connect(self._make_demo)
            bring_in = partial(self._doors.bring_in, self.jobs, self.open)
            self.first.bring_asked.connect(partial(bring_in, self.first.bring_refused))
            self.frame.hold(self.first)
        self.first.start.list_recent()

    @Slot(Path)
    def open(self, library: Path) -> None:
        """Open a library; where that is refused, say so in the first window."""
        if not self.carried.takes(library):
            title, work = f"正在打开 {library.stem}", partial(self._doors.open, library)
            self._open_with(work, title, library)

    @Slot(Path)
    def change_library(self, library: Path) -> None:
        """Close the open library as at the end of the program, then open another."""
        self._leave(partial(self._close, library))

    @Slot()
    def close(self) -> None:
        """Finish drafts, let running work end, make the copy, close."""
        self._leave(partial(self._close, None))

    def _leave(self, go: Callable[[], None]) -> None:
        if self._closing or not self.locking.let_through():
            return
        if self.window is None:
            go()
        else:
            self.window.leave_all(go)

    def _close(self, wanted: Path | None) -> None:
        if self._closing:
            return
        self._wanted = wanted
        self.settings.keep_shape("window", self.frame.saveGeometry())
        self.jobs.cancel_all()
        desk, self.desk = self.desk, None
        if desk is None or self.window is None:
            self._closed(None)
            return
        self.say_closing("正在备份……")
        work = partial(self._doors.close, desk)
        self.jobs.library(work, self._closed, self._close_failed, title="正在备份")

    @Slot(Path, object)
    def restore(self, copy: Path, accepted: Any) -> None:
        """Finish drafts, put a copy in the place of the open library and open that again."""
        work = partial(self._doors.restore, copy=copy, accepted=accepted)
        self.do_apart(work, "正在恢复备份", self.recovering.tell)

    @Slot(object, str, object)
    def do_apart(self, work: Then, title: str, then: Then) -> None:
        """Finish drafts, do what closes the library, open that again, tell what came of it."""
        self._leave(partial(self._do_apart, work, title, then))

    def _do_apart(self, work: Then, title: str, then: Then) -> None:
        desk, self.desk = self.desk, None
        if desk is None:
            return
        self.jobs.cancel_all()
        self._wanted = desk.path
        self.say_closing(f"{title}……")
        done = partial(self._closed, then=then)
        self.jobs.library(partial(work, desk), done, self._not_restored, title=title)

    def say_closing(self, text: str) -> None:
        """The library is let go of: nobody works at the window meanwhile."""
        self._closing = True
        if self.window is not None:
            self.window.strip.say(text)
            self.window.setEnabled(False)

    def _open_with(self, work: Callable[[], Any], title: str, of: Path | None = None) -> None:
        if self.window is not None:
            self.window.say_waiting(f"{title}……")
        self.jobs.library(work, self._opened, partial(self.recovering.refused, of), title=title)

    def leave_windows(self) -> None:
        """Another one is held now: the next of these is made anew."""
        self._closing, self.window, self.first = False, None, None

    @Slot(str, str, Path)
    def _make_new(self, name: str, superior: str, file: Path) -> None:
        self._open_with(partial(self._doors.new, file, name, superior), "正在新建")

    @Slot(str, str, Path, object, str)
    def _make_locked(self, name: str, superior: str, file: Path, *given: Any) -> None:
        self._open_with(partial(self._doors.locks.make, file, name, superior, *given), "正在新建")

    @Slot(Path)
    def _make_demo(self, folder: Path) -> None:
        self.jobs.library(partial(self._doors.demo, folder), self.open, title="正在生成示例资料")

    def _opened(self, desk: Any) -> None:
        ask_to_read(self.messages, desk, self.show_desk, self._not_opened)

    def _not_opened(self, desk: Any) -> None:
        self.jobs.library(partial(self._doors.close, desk))
        self.show_first()

    def show_desk(self, desk: Any) -> None:
        """Show an open library."""
        self.desk = desk
        desk.announce = self.changes.announce
        self.settings.remember_library(desk.path)
        window = self._show_window()
        _BEGIN.read()(self.shell, desk, window, self.change_library)
        self.locking.follow()
        window.set_places(self._doors.places(desk, self.shell))
        window.set_search(self._doors.search(desk, self.shell))
        self.following.ask()
        self.checking.begin(desk)

    def _show_window(self) -> MainWindow:
        if self.window is None:
            self.first = None
            self.window = self._doors.window(self.shell)
            self.frame.hold(self.window)
        return self.window

    def _closed(self, result: object, then: Then | None = None) -> None:
        self._closing = False
        self.settings.sync()
        wanted, self._wanted = self._wanted, None
        if wanted is None:
            self.frame.may_close = True
            self.frame.close()
            self._application.quit()
            return
        self.window = None
        self._show_window()
        self.open(wanted)
        if then is not None:  # behind the opening: for whoever sees the library by then
            self.jobs.library(lambda: result, then)

    def _close_failed(self, error: Exception) -> None:
        # The library is released either way; the user must still learn that no copy was made.
        self._wanted = None
        self.show_first()
        self.messages.report(error)

    def _not_restored(self, error: Exception) -> None:
        # The present library was released but not changed: it is opened again.
        self._closed(None)
        self.messages.report(error)


def _shell_of(program: Program, theme: Theme) -> Shell:
    return Shell(
        jobs=program.jobs,
        messages=program.messages,
        theme=theme,
        settings=program.settings,
        changes=program.changes,
        choosers=Choosers(program.settings),
        parent=program,
    )
