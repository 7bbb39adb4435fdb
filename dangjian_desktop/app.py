"""The composition root of the window: shows a frame first, then brings in everything else."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from dangjian_desktop.ui.changes import ChangeBus
from dangjian_desktop.ui.choosers import Choosers
from dangjian_desktop.ui.input_method import choose_input_method, has_display, plugins
from dangjian_desktop.ui.jobs import Jobs
from dangjian_desktop.ui.main_window import MainWindow
from dangjian_desktop.ui.messages import Messages
from dangjian_desktop.ui.settings_store import SettingsStore
from dangjian_desktop.ui.shell import Shell
from dangjian_desktop.ui.theme import Theme, speak_chinese

if TYPE_CHECKING:
    from dangjian_desktop.domain.branch import Branch
    from dangjian_desktop.services.desk import Desk
    from dangjian_desktop.ui.first_window import FirstWindow

NO_DISPLAY = (
    "没有找到可用的显示器，不能打开窗口。"
    "请在桌面环境中运行 dangjian-desktop；没有桌面时可使用命令行 dangjian。"
)


class Program(QObject):
    """Holds the window that is shown, the open library, and the way from one to the next."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self.settings = SettingsStore(parent=self)
        self.messages = Messages(self)
        self.messages.install_hooks()
        self.jobs = Jobs(self.messages.report, self)
        self.changes = ChangeBus(self)
        theme = Theme(application, self.settings.mode, self.settings.points)
        theme.apply()
        self.shell = Shell(
            jobs=self.jobs,
            messages=self.messages,
            theme=theme,
            settings=self.settings,
            changes=self.changes,
            choosers=Choosers(self.settings),
            parent=self,
        )
        self.shell.library_asked.connect(self.change_library)
        self.changes.changed.connect(self._on_changed)
        self.desk: Desk | None = None
        self.window: MainWindow | None = None
        self.first: FirstWindow | None = None
        self._after_closing: Path | None = None

    def start(self, library: Path | None) -> None:
        """Show the frame and open the library behind it, or show the first window."""
        wanted = library or next((p for p in self.settings.recent if p.is_file()), None)
        if wanted is None:
            self.show_first()
            return
        self._show_frame()
        QTimer.singleShot(0, self, partial(self.open, wanted))

    def show_first(self) -> None:
        """The first window, in place of any other."""
        from dangjian_desktop.ui.first_window import FirstWindow

        if self.first is None:
            self.first = FirstWindow(self.shell)
            self.first.open_asked.connect(self.open)
            self.first.new_asked.connect(self._make_new)
            self.first.demo_asked.connect(self._make_demo)
            self.first.closing.connect(self._on_first_closed)
        self.first.start.list_recent()
        self.first.show()
        self._drop_frame()

    @Slot(Path)
    def open(self, library: Path) -> None:
        """Open a library in its thread; where that is refused, say so in the first window."""
        self._open_with(partial(_open, library), f"正在打开 {library.stem}")

    @Slot(Path)
    def change_library(self, library: Path) -> None:
        """Close the open library as at the end of the program, then open another."""
        self._after_closing = library
        self.close()

    @Slot()
    def close(self) -> None:
        """Finish drafts, let running work end, make the copy, close."""
        window = self.window
        if window is None or not window.isEnabled():
            return
        if not window.leave_all():
            self._after_closing = None
            return
        self.jobs.cancel_all()
        desk, self.desk = self.desk, None
        if desk is None:
            self._closed(None)
            return
        window.strip.say("正在备份……")
        window.setEnabled(False)
        self.jobs.library(desk.close, self._closed, self._close_failed, title="正在备份")

    def _open_with(self, work: partial[Desk], title: str) -> None:
        if self.window is not None:
            self.window.say_waiting(f"{title}……")
        self.jobs.library(work, self._opened, self._refused, title=title)

    def _make_new(self, name: str, superior: str, file: Path) -> None:
        from dangjian_desktop.domain.branch import Branch

        branch = Branch(name=name, superior=superior)
        self._open_with(partial(_new, file, branch), "正在新建")

    def _make_demo(self, folder: Path) -> None:
        self.jobs.library(partial(_demo, folder), self.open, title="正在生成示例资料")

    def _opened(self, desk: Desk) -> None:
        from dangjian_desktop.ui.places import places, search

        self.desk = desk
        desk.announce = self.changes.announce
        self.settings.remember_library(desk.path)
        self._show_frame()
        assert self.window is not None
        self.window.set_places(places(desk, self.shell))
        self.window.set_search(partial(search, desk, self.shell))
        if self.first is not None:
            first, self.first = self.first, None
            first.hide()
            first.deleteLater()
        self._ask_state()

    def _refused(self, error: Exception) -> None:
        self.show_first()
        self.messages.report(error)

    @Slot()
    def _on_changed(self) -> None:
        self.shell.set_saved(datetime.now().astimezone())
        self._ask_state()

    def _ask_state(self) -> None:
        if self.desk is not None:
            self.jobs.library(partial(_state, self.desk), self._show_state)

    def _show_state(self, state: tuple[str, datetime | None]) -> None:
        name, copied = state
        self.shell.set_branch(name)
        if copied is not None:
            self.shell.set_copied(copied)

    def _show_frame(self) -> None:
        if self.window is None:
            self.window = MainWindow(self.shell)
            self.window.closing.connect(self.close)
        self.window.show()

    def _drop_frame(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.may_close = True
            window.close()
            window.deleteLater()

    def _closed(self, _result: None) -> None:
        self.settings.sync()
        wanted, self._after_closing = self._after_closing, None
        self._drop_frame()
        if wanted is None:
            self._application.quit()
            return
        self._show_frame()
        self.open(wanted)

    def _close_failed(self, error: Exception) -> None:
        # The library is released either way; the user must still learn that no copy was made.
        self.show_first()
        self._after_closing = None
        self.messages.report(error)

    @Slot()
    def _on_first_closed(self) -> None:
        if self.window is None:
            self._application.quit()


def _open(library: Path) -> Desk:
    from dangjian_desktop.services.desk import open_desk

    return open_desk(library)


def _new(library: Path, branch: Branch) -> Desk:
    from dangjian_desktop.services.branch import new_library
    from dangjian_desktop.services.desk import Desk

    return Desk(new_library(library, branch))


def _demo(folder: Path) -> Path:
    from dangjian_desktop.services.demo import make_demo

    return make_demo(folder).library


def _state(desk: Desk) -> tuple[str, datetime | None]:
    copy = desk.copies.newest()
    return desk.branch.get().short, copy.at if copy else None


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; 1 when there is no display, 2 when the command line was wrong."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not has_display(os.environ, sys.platform):
        sys.stderr.write(f"{NO_DISPLAY}\n")
        return 1
    if len(arguments) > 1 or any(a.startswith("-") for a in arguments):
        sys.stderr.write("用法：dangjian-desktop [资料文件]\n")
        return 2
    said = choose_input_method(os.environ, sys.platform, plugins())
    application = make_application()
    program = Program(application)
    program.start(Path(arguments[0]) if arguments else None)
    QTimer.singleShot(0, partial(_start_log, said))
    status = application.exec()
    program.jobs.close()
    return status


def make_application() -> QApplication:
    """The application with its names and Chinese standard buttons."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("dangjian-desktop")
    application.setApplicationDisplayName("党支部工作台")
    application.setDesktopFileName("dangjian-desktop")
    speak_chinese(application)
    return application


def _start_log(said: str) -> None:
    import logging

    from dangjian_desktop import logs, paths

    logs.start(paths.log_folder())
    if said:
        logging.getLogger(__name__).info(said)
