"""A copy of a library of 500 MB, made behind a window that goes on: seconds of the clock, and the
longest time in which the window did nothing else, and somebody who saves had to wait.

``python -m tests.benchmarks.backup`` makes its own library; the least of a few runs, since others
on the machine only add.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from tests.benchmarks.report import Report

MEGABYTES, PAGE, ROOM = 500, 4_096, 3_000
SECONDS, GAP, WAIT = 5.0, 0.1, 1.0
EVERY_MS, MOST_MS = 5, 120_000
FILL = """
INSERT INTO padding WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})
SELECT i, zeroblob({}) FROM n
"""


def _library(folder: Path) -> Desk:
    """One of that size, of many rows as minutes and their states are."""
    library = new_library(folder / "支部.dangjian", Branch(name="中共测试公司机关党支部"))
    with raw(library.path, write=True) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("CREATE TABLE padding (id INTEGER PRIMARY KEY, room BLOB)")
        connection.execute(FILL.format(MEGABYTES * 1_000_000 // PAGE, ROOM))
    return Desk(library)


class Watched:
    """The event loop of a window while copies are made: how long it was held up at most."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer(interval=EVERY_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def begin(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now


def _copied(desk: Desk, jobs: Jobs, watched: Watched) -> tuple[float, float, float]:
    """Seconds of one copy; the longest gap of the window; the longest save beside it."""
    loop, saves, begun = QEventLoop(), [0.0], time.perf_counter()
    made: list[float] = []

    def save() -> None:
        start = time.perf_counter()
        with desk._library.changing(Topic.SETTINGS) as work:
            work.settings.put("x", start)
        saves.append(time.perf_counter() - start)

    def copied(_copy: object) -> None:
        made.append(time.perf_counter() - begun)

    def saved(_done: object) -> None:
        if not made:
            QTimer.singleShot(50, lambda: jobs.library(save, saved))
        else:
            loop.quit()

    watched.begin()
    jobs.beside(desk.copies.backup, copied, title="正在备份")
    jobs.library(save, saved)
    QTimer.singleShot(MOST_MS, loop.quit)
    loop.exec()
    return made[0], watched.longest, max(saves)


def compare(report: Report, runs: int) -> None:
    application = QApplication.instance() or QApplication([])
    assert application is not None
    with tempfile.TemporaryDirectory() as folder:
        desk = _library(Path(folder))
        jobs, watched = Jobs(Messages().report), Watched()
        found = []
        for _ in range(runs):
            found.append(_copied(desk, jobs, watched))
            for copy in desk.copies.kept():
                copy.file.unlink()
        with closing(desk._library):
            assert jobs.close()
        size = desk.path.stat().st_size / 1e6
    wall, gap, wait = (min(each) for each in zip(*found, strict=True))
    report.line(f"backup    {size:.0f} MB")
    report.figure("backup of 500 MB, seconds", wall, SECONDS, most=True)
    report.figure("backup, longest gap of the window, seconds", gap, GAP, most=True)
    report.figure("backup, longest save beside it, seconds", wait, WAIT, most=True)


def main() -> int:
    report = Report()
    compare(report, 3)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
