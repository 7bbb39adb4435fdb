"""The list of 200 projects over ten years against the bare query that feeds it.

``python -m tests.benchmarks.projects`` makes its own library; medians of many runs.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from time import perf_counter

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import Project, ProjectFilter, ProjectState
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.checks.due import DueService
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.services.summaries.summaries import SummaryService
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.library import Library
from tests.benchmarks.report import Report
from tests.domain.make_projects import a_full_project, a_step, a_target, in_state

PROJECTS, YEARS, TARGETS = 200, 10, 5
LIMIT = 3.0
TODAY = date(2026, 11, 21)
BARE = (
    "SELECT uid, title, category, state, secretary, number, start, last_day, year, percent,"
    " open_planned FROM project WHERE deleted_at IS NULL ORDER BY start DESC, id DESC"
)
S = ProjectState


def _clock() -> datetime:
    return datetime.combine(TODAY, time(9))


def _project(number: int) -> Project:
    year = TODAY.year - number % YEARS
    values = {f"{year}-{month:02}": str(Decimal(number * month) / 8) for month in range(1, 13)}
    targets = tuple(a_target(indicator=f"指标{n}", values=values) for n in range(TARGETS))
    steps = tuple(
        a_step(
            f"节点{n}",
            planned=date(year, 3 * n, 20),
            actual=date(year, 3 * n, 18) if n < 3 else None,
            evidence="记录",
        )
        for n in range(1, 5)
    )
    project = a_full_project(
        title=f"项目{number}",
        secretary=None,
        team=(),
        start=date(year, 1, 1),
        end=date(year, 12, 31),
        declared_on=date(year, 1, 5),
        targets=targets,
        milestones=steps,
    )
    states = (S.DECLARED, S.REVIEWED, S.APPROVED, S.RUNNING)
    return in_state(project, *states)


def _library(path: Path, many: int) -> Library:
    library = new_library(path, Branch(name="中共测试公司机关党支部"))
    with library.changing(Topic.PROJECTS) as work:
        for number in range(many):
            work.projects.save(_project(number))
    return library


def _median(action: Callable[[], object], runs: int) -> float:
    """Milliseconds; a few runs before are not counted."""
    took = []
    for run in range(runs + 5):
        start = perf_counter()
        action()
        if run >= 5:
            took.append((perf_counter() - start) * 1000)
    return statistics.median(took)


def _bare(path: Path, rounds: int) -> float:
    """The query alone, with a connection of its own as every reading of the library has."""

    def read() -> None:
        with raw(path) as connection:
            connection.execute(BARE).fetchall()

    return _median(read, rounds)


def _in_one_moment(library: Library, rounds: int) -> tuple[float, float]:
    """The bare query and the list inside one transaction: what connecting costs is in neither."""
    with raw(library.path) as connection, library.reading() as work:
        bare = _median(lambda: connection.execute(BARE).fetchall(), rounds)
        return bare, _median(work.projects.listed, rounds)


def compare(report: Report, rounds: int = 60) -> None:
    """Measure on a library of its own; the list is held against its bound."""
    with tempfile.TemporaryDirectory() as folder:
        library = _library(Path(folder) / "支部.dangjian", PROJECTS)
        projects, wanted = ProjectService(library, _clock), ProjectFilter()
        ids = projects.find(wanted)
        bare, stored = _in_one_moment(library, rounds)
        whole = _median(lambda: projects.listed(wanted), rounds)
        alone = _bare(library.path, rounds)
        told = {
            "the list": whole,
            "the query alone": alone,
            "20 rows": _median(lambda: projects.rows(ids[:20]), rounds),
            "200 rows": _median(lambda: projects.rows(ids), rounds),
            "one project": _median(lambda: projects.one(ids[0]), rounds),
            "figures of a month": _median(lambda: _figures(library), 5),
            "due items": _median(lambda: DueService(library, _clock).items(TODAY), 5),
        }
        library.close()
    words = "，".join(f"{name} {took:.2f} ms" for name, took in told.items())
    report.line(f"{PROJECTS} projects over {YEARS} years: {words}")
    report.figure("list of projects : its query", whole / alone, LIMIT, most=True)
    report.figure("the same in one transaction", stored / bare, LIMIT, most=True)


def _figures(library: Library) -> object:
    return SummaryService(library, _clock).figures(Period.parse("2026-10"))


def main() -> int:
    """Print every figure; 1 when the list is over its bound."""
    report = Report()
    compare(report)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
