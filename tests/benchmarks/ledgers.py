"""Opening a ledger of 5,000 rows, and its grid of 400 persons by twelve months, in the window.

``python -m tests.benchmarks.ledgers`` makes its own library through the services; medians of
processor time over all threads, so that a busy machine changes nothing.
"""

from __future__ import annotations

import gc
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import process_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.references import Person
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import shipped
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.ui.desk.changes import ChangeBus
from dangjian_desktop.ui.desk.choosers import Choosers
from dangjian_desktop.ui.desk.jobs import Jobs
from dangjian_desktop.ui.desk.messages import Messages
from dangjian_desktop.ui.desk.shell import Shell
from dangjian_desktop.ui.desk.store import SettingsStore
from dangjian_desktop.ui.ledgers.grid import GridView
from dangjian_desktop.ui.ledgers.ledgers import LedgersPage
from dangjian_desktop.ui.look.theme import Mode, Theme
from tests.benchmarks.report import Report
from tests.services.make import a_member

ROWS, PERSONS = 5_000, 400
OPENING, GRID = 100.0, 150.0
CODE = "training"
NOW = datetime.fromisoformat("2026-12-21T09:00")


def _library(folder: Path) -> Desk:
    library = new_library(folder / "支部.dangjian", Branch(name="中共测试公司机关党支部"))
    members = [a_member(f"党员{n:03}") for n in range(PERSONS)]
    with library.changing(Topic.MEMBERS) as work:
        for member in members:
            work.members.save(member)
    desk = Desk(library, lambda: NOW)
    plain = {"topic": "党章学习", "form": "class", "organiser": "支部", "who": ["党员000"]}
    row = desk.ledgers.read(CODE, plain | {"day": "2026-01-05", "hours": "2", "counts": True})
    with library.changing(Topic.LEDGERS) as work:
        for n in range(ROWS):
            who = members[n % PERSONS]
            values = {
                "day": date(2026, n // PERSONS % 12 + 1, n % 28 + 1),
                "hours": Decimal(n % 8),
                "who": (Person(who.name, who.id),),
            }
            made = replace(row, id=new_id(), values={**row.values, **values})
            keeping.save(work, shipped()[CODE], made)
    return desk


def _shell(application: QApplication, folder: Path, frame: QWidget) -> Shell:
    messages = Messages()
    settings = SettingsStore(folder / "window.ini")
    theme = Theme(application, Mode.LIGHT, wearer=frame)
    theme.apply()
    return Shell(
        jobs=Jobs(messages.report),
        messages=messages,
        theme=theme,
        settings=settings,
        changes=ChangeBus(),
        choosers=Choosers(settings),
    )


def _taken(application: QApplication, act: Callable[[], object], done: Callable[[], bool]) -> float:
    """Milliseconds of the processor from the call until what is asked for is painted."""
    start = process_time()
    act()
    while not done():
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()
    return (process_time() - start) * 1000


def _opened(page: LedgersPage, jobs: Jobs) -> bool:
    """Whether the rows that can be seen are there to be painted."""
    model = page.shown.table.model
    there = page.shown is not page.all and model.ids and model.record(model.ids[0]) is not None
    return bool(there) and not jobs.busy


def _counted(page: LedgersPage, jobs: Jobs) -> bool:
    view = page.shown.views.currentWidget()
    return isinstance(view, GridView) and view.model.rowCount() > PERSONS and not jobs.busy


def _looked(application: QApplication, page: LedgersPage, jobs: Jobs) -> None:
    """Whoever clicks has looked: the card beside the list is there, it follows the cursor."""
    # Not QTest.qWait: it lets no other thread run, and what it was to wait for comes after it.
    while jobs.busy or not page.shown.table.model.ids or page.shown.card.waiting:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    application.processEvents()


def compare(report: Report, runs: int = 7) -> None:
    """Measure on a library of its own; both are held against their bounds.

    The process is warm, the page of the ledger and its grid are new each time.
    """
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        frame = QMainWindow()
        desk, shell = _library(folder), _shell(application, folder, frame)
        frame.resize(1176, 690)
        frame.show()
        opening, grid, jobs = [], [], shell.jobs
        for _ in range(runs + 1):
            page = LedgersPage(desk, shell)
            frame.setCentralWidget(page)
            page.refresh(page.topics)
            _looked(application, page, jobs)
            # As the program does at its start: a sweep looks through the page alone.
            gc.collect()
            gc.freeze()
            opened, counted = partial(_opened, page, jobs), partial(_counted, page, jobs)
            opening.append(_taken(application, partial(page.open_ledger, CODE), opened))
            _looked(application, page, jobs)
            button = page.shown.findChild(QPushButton, "rows.grid")
            grid.append(_taken(application, button.click, counted))
        jobs.close()
        desk._library.close()
    opening_ms, grid_ms = (statistics.median(each[1:]) for each in (opening, grid))
    report.figure(f"opening a ledger of {ROWS} rows, ms", opening_ms, OPENING, most=True)
    report.figure(f"grid of {PERSONS} by twelve, ms", grid_ms, GRID, most=True)


def main() -> int:
    """Print both figures; 1 when one is over its bound."""
    report = Report()
    compare(report)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
