"""The program itself in a process of its own, with somebody in it who notes what it starts.

    command WORDS…      the command line
    falling             the command line, in which everything that can fall falls with marks in it
    typing LIBRARY      the window: a meeting is typed, a file opened; until killed
    working LIBRARY     the window: searched, printed, locked out, fallen, closed

What was started, and every title, is written into the file that ``HUNT_NOTES`` names.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dangjian_desktop.storage.file.keys import is_locked
from tests.hunt.marks import ATTACHED, BAD_ID, CRASH, DRAFT, NAME, PASSWORD, PHONE, WRONG

NOTES = Path(os.environ.pop("HUNT_NOTES"))
BAD = f"{CRASH} {NAME} {BAD_ID} {PHONE} {PASSWORD}"
_PATIENCE = 90


def note(kind: str, *told: object) -> None:
    """One line for the test."""
    with NOTES.open("a", encoding="utf-8") as out:
        out.write(json.dumps([kind, *map(str, told)], ensure_ascii=False) + "\n")


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen":
        _program, words, _folder, given = told
        words = [words] if isinstance(words, str) else [os.fsdecode(word) for word in words]
        inherited = dict(os.environ if given is None else given)
        note("child", json.dumps(words, ensure_ascii=False), json.dumps(inherited))
    elif event in ("os.system", "os.exec", "os.posix_spawn", "os.startfile"):
        note("child", json.dumps([str(told)]), "{}")


def main() -> int:
    sys.addaudithook(_hear)
    verb, *words = sys.argv[1:]
    sys.argv = ["dangjian", *words]
    if verb in ("command", "falling"):
        from dangjian_desktop.cli import main as run

        if verb == "falling":
            _let_fall()
        code = run()
        # What anything started from now on would inherit.
        note("left", json.dumps(dict(os.environ)))
        return code
    return _window(verb, Path(words[-1]))


# ---- what falls ----------------------------------------------------------------------------------


class _Unraisable:
    def __del__(self) -> None:
        raise ValueError(BAD)


def fall_beside() -> None:
    """In a thread, in a finalizer, in a library of others, as a warning."""
    thread = threading.Thread(target=_fall)
    thread.start()
    thread.join()
    _Unraisable()
    logging.getLogger("others.library").warning("cell %s", BAD)
    logging.getLogger("others.library").error(f"cell {BAD}", exc_info=ValueError(BAD))
    warnings.warn(BAD, stacklevel=1)


def _fall(*_given: object) -> Any:
    try:
        raise KeyError(BAD)
    except KeyError as error:
        raise RuntimeError(BAD) from error


def _let_fall() -> None:
    from dangjian_desktop.cli import library

    def info(_options: object) -> Any:
        fall_beside()
        _fall()

    library.info = info


# ---- the window ----------------------------------------------------------------------------------


class Bot:
    """Waits in the window's own thread while the window goes on."""

    def waitUntil(self, done: Callable[[], object]) -> None:
        from PySide6.QtTest import QTest

        until = time.monotonic() + _PATIENCE
        while not done():
            if time.monotonic() > until:
                note("late", *_where())
                os._exit(9)
            QTest.qWait(20)


def _where() -> list[str]:
    return [f"{each.filename}:{each.lineno}" for each in traceback.extract_stack()[-6:]]


def _window(verb: str, library: Path) -> int:
    from PySide6.QtCore import QTimer

    from dangjian_desktop import app

    furnish, programs = app._furnish, []

    def furnished(*given: Any) -> None:
        furnish(*given)
        programs.extend(given[-1])
        QTimer.singleShot(0, lambda: _day(verb, programs[0]))

    app._furnish = furnished
    code = app.main()
    note("left", json.dumps(dict(os.environ)))
    return code


def _day(verb: str, program: Any) -> None:
    from PySide6.QtCore import QTimer

    titles = QTimer(program)
    titles.timeout.connect(_note_titles)
    titles.start(50)
    program.messages.failed.connect(lambda report: note("dialog", report))
    program.messages.noticed.connect(lambda told: note("details", *told.details))
    bot = Bot()
    try:
        bot.waitUntil(lambda: program.desk is not None or _cover(program) is not None)
        if program.desk is None:
            _unlock(bot, program)
        bot.waitUntil(lambda: program.desk is not None and program.window is not None)
        bot.waitUntil(lambda: program.window.page("home") and not program.jobs.busy)
        {"typing": _typing, "working": _working}[verb](bot, program)
    except Exception:  # noqa: BLE001 - the test is told of whatever stops the day
        note("late", traceback.format_exc())
        os._exit(9)


def _cover(program: Any) -> Any:
    from dangjian_desktop.ui.window.lock_page import LockPage

    shown = program.frame.centralWidget()
    return shown if isinstance(shown, LockPage) else None


def _unlock(bot: Bot, program: Any) -> None:
    """With another password first."""
    page = _cover(program)
    page.word.setText(WRONG)
    page.open.click()
    bot.waitUntil(lambda: "密码不对" in page.problem.text())
    page.word.setText(PASSWORD)
    page.open.click()
    bot.waitUntil(lambda: _cover(program) is None)


def _lock(bot: Bot, program: Any) -> None:
    """Left and taken up again, where there is a password; what falls meanwhile falls as well."""
    if program.desk.lock.there:
        program.shell.lock_asked.emit()
        bot.waitUntil(lambda: _cover(program) is not None)
        note("locked")
        fall_beside()
        bot.waitUntil(lambda: is_locked(program.desk.path))
        _unlock(bot, program)
        note("unlocked")


def _note_titles() -> None:
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    for each in QApplication.topLevelWidgets():
        if each.isVisible():
            note("title", each.windowTitle(), each.windowFilePath())
    for each in QGuiApplication.topLevelWindows():
        note("title", each.title())


def _typing(bot: Bot, program: Any) -> None:
    from dangjian_desktop.ui.meetings.files import KeptFiles
    from tests.ui.leaving_world import drafted, safe, typed_into, write

    desk, window = program.desk, program.window
    source = desk.path.parent.parent / "佐证.txt"
    source.write_text(ATTACHED, encoding="utf-8")
    (uid, *_) = desk.meetings.find()
    kept: list[Any] = []
    program.jobs.library(lambda: desk.meetings.add_file(uid, source), kept.append)
    bot.waitUntil(lambda: kept)
    source.unlink()
    window.go("meetings", uid)
    bot.waitUntil(lambda: window.page("meetings") is not None and not program.jobs.busy)
    page = window.page("meetings")
    bot.waitUntil(lambda: page.findChildren(KeptFiles))
    page.findChildren(KeptFiles)[0]._open(kept[0])
    bot.waitUntil(lambda: not program.jobs.busy)
    page.start_new("committee_meeting")
    bot.waitUntil(lambda: page.editing)
    bot.waitUntil(lambda: not program.jobs.busy)
    write(typed_into(page), f"{DRAFT}{NAME}{PHONE}")
    bot.waitUntil(lambda: DRAFT in drafted(desk) and safe(page))
    sys.stdout.write("typed\n")
    sys.stdout.flush()
    bot.waitUntil(lambda: False)


def _working(bot: Bot, program: Any) -> None:
    from dangjian_desktop.errors import BlockedError, InputError, Issue
    from tests.hunt.marks import MINUTES
    from tests.ui.someone import Someone

    out = program.desk.path.parent.parent / "印出"
    out.mkdir()
    me = Someone(bot, program)
    me.chosen = out
    me.press("Ctrl+K")
    me.type(NAME)
    me.press("Enter")
    me.press("Ctrl+K")
    me.type(MINUTES)
    me.press("Enter")
    (uid, *_) = program.desk.meetings.find()
    program.window.go("meetings", uid)
    me.quiet()
    me.click("PDF")
    me.until(lambda: any(out.glob("*.pdf")))
    note("printed", next(out.glob("*.pdf")).stat().st_size)
    issues = (Issue(f"{NAME}的号码{BAD_ID}不对"), Issue(f"电话{PHONE}"))
    fallen: list[Any] = []
    program.messages.failed.connect(fallen.append)
    for error in (InputError("有错", issues=issues), BlockedError("不行"), RuntimeError(BAD)):
        program.jobs.library(_raising(error))
        me.quiet()
    bot.waitUntil(lambda: len(fallen) == 1)
    _hooked()  # raised by a slot it would come out of what waits here
    bot.waitUntil(lambda: len(fallen) == 2)
    fall_beside()
    bot.waitUntil(lambda: len(fallen) == 3)
    bot.waitUntil(lambda: program.messages._bug is not None)
    note("dialog", *(each.text() for each in program.messages._bug.findChildren(_label())))
    program.messages._bug.close()
    _lock(bot, program)
    sys.stdout.write("worked\n")
    sys.stdout.flush()
    program.close()


def _hooked() -> None:
    try:
        _fall()
    except RuntimeError:
        sys.excepthook(*sys.exc_info())


def _label() -> Any:
    from PySide6.QtWidgets import QLabel

    return QLabel


def _raising(error: Exception) -> Callable[[], Any]:
    def work() -> Any:
        raise error

    return work


if __name__ == "__main__":
    sys.exit(main())
