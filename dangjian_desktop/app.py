"""The composition root of the window: a bare frame at once, everything else behind it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dangjian_desktop.ui.window import binding

# isort: split
from PySide6.QtCore import QDeadlineTimer, QThread, QTimer
from PySide6.QtWidgets import QApplication

from dangjian_desktop import paths
from dangjian_desktop.late import Late
from dangjian_desktop.traces import be_discreet
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.window.frame import TITLE, Frame
from dangjian_desktop.ui.window.input_method import choose_input_method, has_display, plugins
from dangjian_desktop.ui.window.quick_start import hasten_imports

if TYPE_CHECKING:
    from datetime import datetime

    from dangjian_desktop.services.desk import Desk
    from dangjian_desktop.services.library.recovering import Damage
    from dangjian_desktop.ui.desk.jobs import Jobs, Progress
    from dangjian_desktop.ui.desk.page import Place
    from dangjian_desktop.ui.desk.shell import Shell
    from dangjian_desktop.ui.program import Doors, Program
    from dangjian_desktop.ui.window.first_window import FirstWindow
    from dangjian_desktop.ui.window.main_window import MainWindow
    from dangjian_desktop.ui.window.recovery import RecoveryWindow
    from dangjian_desktop.ui.window.search_box import Search

NO_DISPLAY = (
    "没有找到可用的显示器，不能打开窗口。"
    "请在桌面环境中运行 dangjian-desktop；没有桌面时可使用命令行 dangjian。"
)
_EXPOSED_MS = 200
_REST_AFTER_MS = 100  # once the contents are made: before they are painted it would hold them up
_WAITING_AFTER_MS = 500
USAGE = "用法：dangjian-desktop [--debug] [资料文件]"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window; 1 without a display or a file of the program, 2 for wrong arguments."""
    arguments = _words() if argv is None else list(argv)
    if in_detail := "--debug" in arguments:
        arguments.remove("--debug")
    if len(arguments) > 1 or any(each.startswith("-") for each in arguments):
        _write(USAGE)
        return 2
    if not has_display(os.environ, sys.platform):
        _write(NO_DISPLAY)
        return 1
    hasten_imports()
    said = choose_input_method(os.environ, sys.platform, plugins())
    library = Path(arguments[0]).absolute() if arguments else None
    application = make_application()
    if missing := paths.missing_resources():
        return _refuse(missing)
    if in_detail:
        _start_log(said, in_detail=True)
    settings = SettingsStore()
    frame = Frame(settings.shape("window"))
    _show(application, frame)
    programs: list[Program] = []
    QTimer.singleShot(0, partial(_furnish, application, frame, settings, library, programs))
    if not in_detail:
        QTimer.singleShot(0, partial(_log_later, said))
    status = application.exec()
    for program in programs:
        program.jobs.close()
    return status


def _words() -> list[str]:
    """What the program itself was started with, and not what a test calls it with."""
    be_discreet()
    return sys.argv[1:]


def _write(text: str) -> None:
    # Windows gives a program without a console no standard error.
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")


def _refuse(missing: Sequence[str]) -> int:
    from PySide6.QtWidgets import QMessageBox

    from dangjian_desktop.errors import incomplete

    error = incomplete(missing)
    _write(f"{error.message}{error.remedy}")
    text = f"{error.message}\n\n{error.remedy}"
    QMessageBox(QMessageBox.Icon.Critical, TITLE, text).exec()
    return 1


def _show(application: QApplication, frame: Frame) -> None:
    # A timer of no length would fire before the first painting, which waits for the display.
    frame.take_room()
    frame.show()
    latest = QDeadlineTimer(_EXPOSED_MS)
    while not frame.windowHandle().isExposed() and not latest.hasExpired():
        application.processEvents()
        QThread.msleep(1)
    application.processEvents()


def make_application() -> QApplication:
    """The application with its names."""
    # As an argument it costs nothing; setStyle() would wrap a QStyle with all its enumerations.
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("dangjian-desktop")
    application.setApplicationDisplayName(TITLE)
    application.setDesktopFileName("dangjian-desktop")
    return application


def furnish(application: QApplication, frame: Frame, settings: SettingsStore) -> Program:
    """Put look and contents into the frame; the library is not opened yet."""
    from dangjian_desktop.ui.look.theme import speak_chinese
    from dangjian_desktop.ui.program import Program

    speak_chinese(application)
    program = Program(application, frame, settings, doors())
    application.setWindowIcon(program.shell.theme.icon("book-open", "accent", 64))
    return program


def doors() -> Doors:
    """The services, imported only when the first of them is called."""
    from dangjian_desktop.ui.locking import Locks
    from dangjian_desktop.ui.program import Doors

    return Doors(
        first=_first,
        window=_window,
        open=_open,
        new=_new,
        demo=_demo,
        close=_close,
        state=_state,
        places=_places,
        search=_search,
        follow=_follow,
        restore=_restore,
        bring_in=_bring_in,
        damage=_damage,
        recovery=_recovery,
        compare=_compare,
        name_inside=_name_inside,
        put_back=_put_back,
        rebuild=_rebuild,
        locks=Locks(
            partial(_lock, "refused"),
            partial(_lock, "unlock"),
            partial(_lock, "recover"),
            _new_locked,
            partial(_lock, "unlock_copy"),
            partial(_lock, "recover_copy"),
        ),
    )


def _new_locked(library: Path, name: str, superior: str, secret: object, word: str) -> Desk:
    from dangjian_desktop.services.desk import Desk

    read_first()
    return Desk(_lock("make", library, name, superior, secret, word))


def _lock(function: str, *given: Any, **named: Any) -> Any:
    return Late(f"services.library.locking:{function}").read()(*given, **named)


def _furnish(
    application: QApplication,
    frame: Frame,
    settings: SettingsStore,
    library: Path | None,
    programs: list[Program],
) -> None:
    program = furnish(application, frame, settings)
    programs.append(program)
    if frame.close_asked:  # while nobody was there to hear it
        program.close()
        return
    program.ending.hear_signals()
    program.start(library)
    QTimer.singleShot(_REST_AFTER_MS, partial(_complete_look, program.shell))
    if not binding.FOUND:
        QTimer.singleShot(_WAITING_AFTER_MS, _keep_binding)
    # What is there now stays to the end: no later sweep has to look through it.
    gc.freeze()


def _complete_look(shell: Shell) -> None:
    from dangjian_desktop.ui.look.late import complete

    complete(shell.theme)


def _keep_binding() -> None:
    from dangjian_desktop.ui.window.binding_kept import keep_compiled

    keep_compiled()


def _first(shell: Shell) -> FirstWindow:
    from dangjian_desktop.ui.window.first_window import FirstWindow

    made = FirstWindow(shell)
    # Only now: what reads them imports much, which would hold the first painting up.
    ask = partial(shell.jobs.library, _waiting, made.start.tell_waiting)
    QTimer.singleShot(_WAITING_AFTER_MS, made, ask)
    return made


def _waiting() -> Mapping[str, int]:
    from dangjian_desktop.services.library.holding import Holding

    return Holding().libraries()


def _window(shell: Shell) -> MainWindow:
    from dangjian_desktop.ui.window.main_window import MainWindow

    return MainWindow(shell)


def _open(library: Path) -> Desk:
    from dangjian_desktop.services.desk import open_desk

    read_first()
    return open_desk(library)


def read_first() -> None:
    """What the first page needs and what makes no class of Qt; in the library's thread, so that it
    does not hold the window up once the library is open."""
    needed = (
        "ui.opened:begin",
        "ui.places:places",
        "ui.home.home:HomePage",
        "services.library.search:SearchService",
    )
    for place in needed:
        Late(place).prepare()


def _new(library: Path, name: str, superior: str) -> Desk:
    from dangjian_desktop.domain.branch import Branch
    from dangjian_desktop.services.desk import Desk
    from dangjian_desktop.services.library.branch import new_library

    read_first()
    library.parent.mkdir(parents=True, exist_ok=True)
    return Desk(new_library(library, Branch(name=name, superior=superior)))


def _demo(folder: Path) -> Path:
    from dangjian_desktop.services.library.demo import NAME, make_demo_library

    library = folder / NAME
    if not library.exists():
        make_demo_library(library).close()
    return library


def _bring_in(
    jobs: Jobs,
    then: Callable[[Path], None],
    refused: Callable[[Path, Path, Exception], None],
    folder: Path,
    library: Path,
    given: tuple[Any, str] | None,
) -> None:
    def work(progress: Progress) -> Path:
        from dangjian_desktop.services.library.bringing_in import import_all

        under = _lock("made_with", *given) if given else None
        import_all(folder, library, under=under, progress=progress)
        return library

    jobs.papers(work, then, partial(refused, folder, library), title="正在恢复")


def _close(desk: Desk) -> None:
    desk.close()


def _restore(desk: Desk, copy: Path, accepted: Sequence[str]) -> str:
    return desk.put_back(copy, accepted)


def _damage(library: Path) -> Damage | None:
    from dangjian_desktop.services.library.recovering import damage_of

    return damage_of(library)


def _recovery(shell: Shell, damage: Damage) -> RecoveryWindow:
    from dangjian_desktop.ui.window.recovery import RecoveryWindow

    _complete_look(shell)
    return RecoveryWindow(shell, damage)


def _compare(copy: Path, library: Path) -> str:
    from dangjian_desktop.services.library.recovering import copy_told

    return copy_told(copy, library)


def _name_inside(carried: Path) -> str:
    from dangjian_desktop.services.library.copying import name_inside

    return name_inside(carried)


def _put_back(copy: Path, library: Path, accepted: Sequence[str]) -> str:
    from dangjian_desktop.services.library.copying import put_back_told

    return put_back_told(copy, library, accepted=accepted)


def _rebuild(library: Path) -> str:
    from dangjian_desktop.services.library.salvaging import rebuild, told

    return told(rebuild(library))


def _state(desk: Desk) -> tuple[str, datetime | None]:
    from dangjian_desktop.domain.dates import chinese_date

    copy, name = desk.copies.newest(), desk.first_page.branch()
    # Read here, so that no page asks the library for it on the window's thread.
    if desk.sample_day is not None:
        name += f"\n示例日期\n{chinese_date(desk.sample_day)}"
    return name, copy.at if copy else None


def _places(desk: Desk, shell: Shell) -> Sequence[Place]:
    from dangjian_desktop.ui.desk.reading_on import ReadingOn
    from dangjian_desktop.ui.places import places

    _complete_look(shell)  # before a rare name is drawn
    made = places(desk, shell)
    ReadingOn(shell.jobs, shell).read(part for place in made for part in place.parts)
    return made


def _search(desk: Desk, shell: Shell) -> Search:
    from dangjian_desktop.ui.places import search, tend

    tend(desk, shell)
    return partial(search, desk, shell)


def _log_later(said: str) -> None:
    QTimer.singleShot(_REST_AFTER_MS, partial(_start_log, said))


def _follow(desk: Desk, shell: Shell) -> None:
    from dangjian_desktop.ui.places import follow

    follow(desk, shell)


def _start_log(said: str, *, in_detail: bool = False) -> None:
    import logging

    from dangjian_desktop import logs

    folder = paths.log_folder()
    logs.keep_quiet()
    logs.start(folder, in_detail=in_detail)
    if in_detail:
        from dangjian_desktop.services.library.about import surroundings

        logging.getLogger(__name__).debug(surroundings())
        _write(f"详细日志：{folder / logs.FILE_NAME}")
    if said:
        logging.getLogger(__name__).info(said)
