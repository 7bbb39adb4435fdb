"""The pages of items, plan, priorities, indicators, brands and self-checks over ten years.

``python -m tests.benchmarks.fusion`` makes its own library; medians of processor time over all
threads, so that a busy machine changes nothing.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import tempfile
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QMainWindow
from sqlalchemy import Engine, event

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.services.desk import Desk
from dangjian_desktop.services.papers.printing import Wanted
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.ui.desk.jobs import Job, Jobs
from dangjian_desktop.ui.places import places
from tests.benchmarks.fusion_library import made
from tests.benchmarks.growth.libraries import LAST_YEAR
from tests.benchmarks.growth.measuring import median, opened, processor
from tests.benchmarks.ledgers import _shell, _taken
from tests.benchmarks.report import Report

PAGES = (
    *("item", "plan", "priority", "indicator", "brand", "assessment"),
    *("projects", "duty_agreement", "fusion_appraisal"),
)
OPENING, PAGE, QUERIES = 100.0, 50.0, 3.0
YEAR, QUARTER = Period(LAST_YEAR, 1, 12), Period(LAST_YEAR, 7, 3)
Told = list[tuple[str, object]]


def compare(report: Report, runs: int = 7) -> None:
    """Measure on a library of its own; all are held against their bounds."""
    with tempfile.TemporaryDirectory() as name:
        path = made(Path(name))
        for period in (YEAR, QUARTER):
            _page(report, path, period, runs)
        with opened(path) as desk:
            overview = median(partial(_overview, desk), runs) * 1000
            report.figure("overview of ten priorities as PDF, ms", overview, OPENING, most=True)
        _windows(report, path, runs)


def _page(report: Report, path: Path, period: Period, runs: int) -> None:
    """A fusion page that is asked for first of a library; and after a save, against its queries
    alone with their bodies decoded."""
    first, took, told = [], [], Told()
    for _ in range(runs + 1):
        with opened(path, write=True) as desk:
            uid = desk.fusion.in_year(LAST_YEAR)[0].id
            ask = partial(desk.fusion.page, uid, period)
            first.append(processor(ask) * 1000)
            _save(desk)
            told.clear()
            heard = _listening(told)
            took.append(processor(ask) * 1000)
            event.remove(Engine, "before_cursor_execute", heard)
    bare = median(lambda: _asked(path, told), runs) * 1000
    cold, page = (statistics.median(each[1:]) for each in (first, took))
    what = f"fusion page of {period.label}"
    report.line(
        f"{what}: {cold:.1f} ms, again {page:.1f} ms, its {len(told)} queries {bare:.1f} ms"
    )
    report.figure(f"{what}, ms", cold, PAGE, most=True)
    report.figure(f"{what} : its queries", page / bare, QUERIES, most=True)


def _save(desk: Desk) -> None:
    """Something of the table for all: what was remembered of it is read again."""
    brands = desk.shared["brand"]
    brand = brands.all()[0]
    brands.save(replace(brand, kind="一" if brand.kind == "二" else "二"))


def _listening(told: Told):
    def heard(_connection, _cursor, statement, parameters, *_more) -> None:
        told.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", heard)
    return heard


def _asked(path: Path, told: Told) -> None:
    """The same by the driver alone."""
    with raw(path) as connection:
        for statement, parameters in told:
            if statement.lstrip().upper().startswith(("SELECT", "WITH")):
                found = connection.execute(statement, parameters)
                names = [column[0] for column in found.description]
                place = names.index("body") if "body" in names else None
                for row in found.fetchall():
                    if place is not None:
                        json.loads(row[place])


def _overview(desk: Desk) -> bytes:
    return desk.printing.preview("fusion_overview", "", Wanted(period=YEAR))


def _windows(report: Report, path: Path, runs: int) -> None:
    """Each page new in a warm process, after a save, until its rows and the words of the card
    beside them are painted; the paper that a card shows comes after, its row tells it too."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder, opened(path, write=True) as desk:
        frame = QMainWindow()
        shell = _shell(application, Path(folder), frame)
        shell.jobs = PapersLater(shell.messages.report)
        frame.resize(1176, 690)
        frame.show()
        known = {place.code: place for place in places(desk, shell)}
        with closing(shell.jobs):
            for code in PAGES:
                took = []
                for _ in range(runs + 1):
                    _save(desk)
                    took.append(_opening(application, frame, shell, known[code]))
                page, paper = (statistics.median(part) for part in zip(*took[1:], strict=True))
                then = f" (then its paper {paper:.0f})" if shell.jobs.later else ""
                what = f"page {code} with its card{then}, ms"
                report.figure(what, page, OPENING, most=True)


class PapersLater(Jobs):
    """Holds back the first paper that is asked for, and what is asked after it, until
    ``go_on``: what the user waits for is told apart from what is drawn meanwhile."""

    later = False
    """Whether the page that was opened last asked for a paper."""

    def papers(self, work, done=None, failed=None, *, title="") -> Job:
        self.hold_back()
        self.later = True
        return super().papers(work, done, failed, title=title)


def _opening(application, frame, shell, place) -> tuple[float, float]:
    """What a page takes, and then the paper in its card."""
    gc.collect()
    gc.freeze()
    shell.jobs.later = False

    def act() -> None:
        page = place.factory()
        frame.setCentralWidget(page)
        page.refresh(page.topics)

    def done() -> bool:
        page = frame.centralWidget()
        model = page.table.model
        there = model.ids and model.record(model.ids[0]) is not None
        return bool(there) and not page.card.waiting and not shell.jobs.busy

    page = _taken(application, act, done)
    return page, _taken(application, shell.jobs.go_on, lambda: not shell.jobs.busy)


def main() -> int:
    """Print every figure; 1 when one is over its bound."""
    report = Report()
    compare(report)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
