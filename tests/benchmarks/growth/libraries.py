"""Libraries of one year, of ten and beyond, always the same ones: made by a seeded generator.

``library("y10")`` gives the file, made once through the program's own services and kept in the
temporary folder of the system; whoever changes it takes a ``copy``. ``python -m
tests.benchmarks.growth.libraries [NAME ...]`` makes them anew and tells how long each took.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.services.library.branch import new_library
from dangjian_desktop.services.meetings.meetings import MeetingService
from dangjian_desktop.services.projects.projects import ProjectService
from dangjian_desktop.storage.index import METHOD
from dangjian_desktop.storage.tables import SCHEMA
from tests.benchmarks.growth import projects, sittings, words
from tests.benchmarks.growth.people import people

LAST_YEAR = 2026
NOW = datetime.fromisoformat("2026-12-31T09:00")
"""The present of whoever measures: every year of the libraries is over."""


@dataclass(frozen=True)
class Size:
    """``written`` are the characters of one sitting, ``forgotten`` projects never reported on."""

    years: int
    members: int
    sittings: int
    projects: int
    written: int
    forgotten: int = 0


SIZES = {
    "y1": Size(years=1, members=36, sittings=85, projects=20, written=1_700),
    "y10": Size(years=10, members=400, sittings=850, projects=200, written=1_700),
    "x": Size(years=10, members=400, sittings=5_000, projects=200, written=900),
    "forgotten": Size(years=1, members=36, sittings=85, projects=20, written=1_700, forgotten=40),
}


def clock() -> datetime:
    return NOW


def library(name: str) -> Path:
    """The file of this library; it is made when it is asked for first."""
    path = _folder() / f"{name}.dangjian"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{name}-making.dangjian")
        part.unlink(missing_ok=True)
        make(part, SIZES[name])
        part.rename(path)
    return path


def copy(name: str, folder: Path) -> Path:
    """A copy of the library that may be changed."""
    return Path(shutil.copy(library(name), folder / f"{name}.dangjian"))


def make(path: Path, size: Size) -> None:
    """Make the library; equal sizes give equal contents but for the ids."""
    store = new_library(path, Branch(name="中共测试公司机关支部委员会", short_name="机关党支部"))
    first = LAST_YEAR - size.years + 1
    roster = people(size.members, first, LAST_YEAR)
    with store.changing(Topic.MEMBERS) as work:
        for member in roster:
            work.members.save(member)
    # The services take all or none, and what is taken is held in memory: a year at a time.
    for year in range(first, LAST_YEAR + 1):
        chance = words.chance(year)
        held = sittings.of_year(chance, roster, year, size.sittings // size.years, size.written)
        MeetingService(store, clock).import_json(held)
    kept = projects.of_years(words.chance(0), roster, (first, LAST_YEAR), size.projects)
    left = projects.forgotten(words.chance(1), roster, LAST_YEAR, size.forgotten)
    ProjectService(store, clock).import_json([*kept, *left])
    store.close()


def _folder() -> Path:
    """One for what this generator makes, in this schema and index: another when one changes."""
    sources = (Path(module.__file__ or "") for module in (words, sittings, projects))
    told = "".join(p.read_text() for p in (*sources, Path(__file__), _PEOPLE))
    digest = hashlib.sha256(f"{SCHEMA}.{METHOD}{told}".encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"dangjian-growth-{digest}"


_PEOPLE = Path(__file__).with_name("people.py")


def main(names: list[str]) -> None:
    for name in names or SIZES:
        (_folder() / f"{name}.dangjian").unlink(missing_ok=True)
        start, used = time.perf_counter(), time.process_time()
        size = library(name).stat().st_size / 1e6
        took, used = time.perf_counter() - start, time.process_time() - used
        sys.stdout.write(f"{name:10} {took:6.1f} s ({used:.1f} s processor)  {size:6.1f} MB\n")


if __name__ == "__main__":
    main(sys.argv[1:])
