"""One window in a process of its own: ``python -m tests.benchmarks.growth.window_run WAY [FILE]``.

WAY is ``bare`` (a QApplication and a QMainWindow), ``first`` (the first window), ``desk`` (the
desk of a library before its contents), ``complete`` (until its first page is there): these end
there, and whoever started them asks what they used. ``walk`` goes through every page and saves a
sitting, and writes one JSON line: milliseconds of the processor by page, the longest slots of the
window's thread, how many widgets home has, MiB that are held. ``slots`` goes through every page
and act that was shown before and tells what took the window's thread over 50 ms.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

SIZE = (1366, 768)
LONG = 50
"""Milliseconds for which no slot of the window may stand once its page was shown."""
_REST = 0.4
"""Seconds without work after which nothing more is expected; longer than the card waits."""


def bare() -> None:
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.resize(*SIZE)
    window.show()
    application.processEvents()


def furnished(library: Path | None, *, complete: bool) -> None:
    """Through the program's own start, ended when the wanted state is painted."""
    from dangjian_desktop import app

    furnish: Callable[..., None] = app._furnish

    def watched(application, shown, settings, wanted, programs) -> None:
        furnish(application, shown, settings, wanted, programs)
        application.processEvents()
        if complete:
            Walk(application, programs[0]).settle()
        os._exit(0)

    app._furnish = watched
    app.main([str(library)] if library else [])


class Slots:
    """Milliseconds of the window's thread by event, of those that come from the event loop."""

    def __init__(self) -> None:
        self.slow: dict[str, float] = {}
        self.where, self._depth = "", 0

    def application(self) -> type:
        """A QApplication that tells them; an event within another belongs to that one."""
        from PySide6.QtWidgets import QApplication

        slots = self

        class Timed(QApplication):
            def notify(self, receiver, event):
                if slots._depth:
                    return super().notify(receiver, event)
                slots._depth, before = 1, time.thread_time()
                # Afterwards both may be gone.
                name = f"{type(receiver).__name__} {event.type().name}"
                try:
                    return super().notify(receiver, event)
                finally:
                    slots._depth = 0
                    slots.note(name, (time.thread_time() - before) * 1000)

        return Timed

    def note(self, name: str, took: float) -> None:
        if self.where and took > LONG:
            words = f"{self.where}: {name}"
            self.slow[words] = max(took, self.slow.get(words, 0.0))


class Walk:
    """Through the window of one library, slot after slot."""

    def __init__(self, application, program) -> None:
        self._application, self._program = application, program
        self.longest = 0.0

    def settle(self) -> float:
        """Milliseconds of the processor, of all threads, until nothing is under way."""
        start, self.longest = time.process_time(), 0.0
        quiet = time.monotonic() + _REST
        while self._program.jobs.busy or time.monotonic() < quiet:
            before = time.thread_time()
            self._application.processEvents()
            took = time.thread_time() - before
            self.longest = max(self.longest, took * 1000)
            if self._program.jobs.busy or took > 0.001:
                quiet = time.monotonic() + _REST
            time.sleep(0.002)
        return (time.process_time() - start) * 1000

    def went(self, go: Callable[[], object]) -> float:
        """The same for what an action starts; its own slot is one of those that may be long."""
        before = time.thread_time()
        go()
        own = (time.thread_time() - before) * 1000
        took = own + self.settle()
        self.longest = max(self.longest, own)
        return took


def slots(library: Path) -> None:
    """Every page and act once more after it was shown; tells what took the window over 50 ms."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    from dangjian_desktop import app

    found = Slots()
    app.QApplication = found.application()
    program, steps = _program()
    steps.went(lambda: program.start(library))
    window, theme = program.window, program.shell.theme
    places = [*window._places]

    def did(where: str, act: Callable[[], object]) -> None:
        found.where = where
        before = time.thread_time()
        act()
        found.note("（调用）", (time.thread_time() - before) * 1000)
        steps.settle()
        found.where = ""

    for place in places:
        steps.went(lambda place=place: window.go(place))
    for place in places:
        did(f"{place}，再次打开", lambda place=place: window.go(place))
        page = window.page(place)
        table = getattr(page, "table", None)
        for step, uid in enumerate(table.model.ids[:3] if table else ()):
            steps.went(lambda: None)
            if step:
                did(f"{place}，选另一条", lambda uid=uid, table=table: table.select(uid))
        field = getattr(getattr(page, "list", None), "filter", None)
        if isinstance(field, QLineEdit):
            did(f"{place}，查找", lambda field=field: QTest.keyClicks(field, "a"))
            did(f"{place}，查找全部", field.clear)
    did("字号", lambda: theme.choose(points=12))
    window.go("meetings")
    steps.settle()
    desk, uid = program.desk, window.page("meetings").table.model.ids[1]
    sitting = desk.meetings.one(uid)
    did("保存以后", lambda: desk.meetings.save(replace(sitting, place=f"{sitting.place}（改）")))
    sys.stdout.write(json.dumps(found.slow, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


def walk(library: Path) -> None:
    from PySide6.QtWidgets import QWidget

    program, steps = _program()
    told: dict[str, float] = {}
    told["home.first"] = steps.went(lambda: program.start(library))
    told["home.block"] = told["longest"] = steps.longest
    window, desk = program.window, program.desk
    told["widgets"] = len(window.page("home").findChildren(QWidget))

    def go(place: str) -> float:
        took = steps.went(lambda: window.go(place))
        told["longest"] = max(told["longest"], steps.longest)
        return took

    told["meetings.first"] = go("meetings")
    table = window.page("meetings").table
    told["card.first"] = steps.went(lambda: table.select(table.model.ids[1]))
    for place in [*window._places]:
        go(place)
    uid = table.model.ids[1]

    def save() -> None:
        sitting = desk.meetings.one(uid)
        desk.meetings.save(replace(sitting, place=f"{sitting.place}（改）"))

    go("meetings")
    told["card.saved"] = steps.went(save)
    told["home.saved"] = go("home")
    save()
    told["meetings.saved"] = go("meetings")
    told["memory"] = _held()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _program():
    """The program in its frame, at the end of the last year, and who walks through it."""
    from dangjian_desktop import app
    from dangjian_desktop.ui.desk.store import SettingsStore
    from dangjian_desktop.ui.window.frame import Frame
    from tests.benchmarks.growth.libraries import NOW

    application = app.make_application()
    settings = SettingsStore()
    frame = Frame(settings.shape("window"))
    frame.show()
    frame.resize(*SIZE)
    app._open = _at(NOW)
    program = app.furnish(application, frame, settings)
    sys.excepthook = sys.__excepthook__  # the program's own would keep what fails for a message
    return program, Walk(application, program)


def _at(now):
    from dangjian_desktop.services.desk import open_desk

    return lambda library: open_desk(library, clock=lambda: now)


def _held() -> float:
    """MiB that this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    told = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(told.split()[1]) / 1024


def main(way: str, library: Path | None = None) -> None:
    if way == "bare":
        bare()
    elif way in ("walk", "slots") and library is not None:
        (walk if way == "walk" else slots)(library)
    else:
        furnished(library, complete=way == "complete")


if __name__ == "__main__":
    main(sys.argv[1], *(Path(file) for file in sys.argv[2:3]))
