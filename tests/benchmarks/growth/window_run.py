"""A walk through a window: ``python -m tests.benchmarks.growth.window_run WAY FILE``.

``walk`` goes through every page and saves a sitting, and writes one JSON line: milliseconds of
the processor by page, the longest slots of the window's thread, how many widgets home has, MiB
that are held. ``slots`` tells the milliseconds of the longest slot of each page and act, first and
once more.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

SIZE = (1366, 768)
FIRST_VISIT = "，第一次打开"
_REST = 0.4
"""Seconds without work after which nothing more is expected; longer than the card waits."""


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
    """Every page and act, first and once more; tells how long each held the window's thread."""
    from dangjian_desktop.ui.look.tokens import SIZES

    program, steps = _program()
    longest: dict[str, float] = {}

    def did(where: str, act: Callable[[], object]) -> None:
        steps.went(act)
        longest[where] = max(steps.longest, longest.get(where, 0.0))

    did("home" + FIRST_VISIT, lambda: program.start(library))
    window, theme = program.window, program.shell.theme
    places = [*window._places]
    for place in places[1:]:
        did(place + FIRST_VISIT, lambda place=place: window.go(place))
    for place in places:
        did(f"{place}，再次打开", lambda place=place: window.go(place))
        for words, act in _acts(window.page(place)):
            did(f"{place}，{words}", act)
    for points, place in enumerate(places, 12):
        window.go(place)
        steps.settle()
        did(f"{place}，字号", lambda points=points: theme.choose(points=SIZES[points % 2]))
    window.go("meetings")
    steps.settle()
    desk, uid = program.desk, window.page("meetings").table.model.ids[1]
    sitting = desk.meetings.one(uid)
    changed = replace(sitting, place=f"{sitting.place}（改）")
    # In the library's thread, as every page saves.
    did("保存以后", lambda: program.jobs.library(partial(desk.meetings.save, changed)))
    sys.stdout.write(json.dumps(longest, ensure_ascii=False) + "\n")
    sys.stdout.flush()
    os._exit(0)


def _acts(page) -> Iterator[tuple[str, Callable[[], object]]]:
    """What is done in a list: other records chosen, something looked for, and nothing any more."""
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QLineEdit

    table = getattr(page, "table", None)
    for uid in table.model.ids[1:3] if table else ():
        yield "选另一条", partial(table.select, uid)
    field = getattr(getattr(page, "list", None), "filter", None)
    if isinstance(field, QLineEdit):
        yield "查找", partial(QTest.keyClicks, field, "a")
        yield "查找全部", field.clear


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
    def opened(library):
        from dangjian_desktop.app import read_first
        from dangjian_desktop.services.desk import open_desk

        read_first()
        return open_desk(library, clock=lambda: now)

    return opened


def _held() -> float:
    """MiB that this process holds; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    told = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(told.split()[1]) / 1024


if __name__ == "__main__":
    {"walk": walk, "slots": slots}[sys.argv[1]](Path(sys.argv[2]))
