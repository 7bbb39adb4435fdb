"""All figures in one run: ``python -m tests.benchmarks [--quick]``; 1 when one is missed.

``python -m tests.benchmarks growth [--quick] [ROW ...]`` measures what ten years cost beside one.
"""

from __future__ import annotations

import argparse
import sys

from dangjian_desktop.sweeps import sweep_seldom
from tests.benchmarks import (
    backup,
    documents,
    fusion,
    growth,
    items,
    ledgers,
    minutes_process,
    projects,
    roster,
    window,
)
from tests.benchmarks.report import Report


def main() -> int:
    sweep_seldom()  # as the program does
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs, less exact")
    parser.add_argument("what", nargs="*", choices=("growth", *growth.PARTS, []), default=[])
    told = parser.parse_args()
    report = Report()
    if told.what:
        rows = [row for row in told.what if row != "growth"]
        growth.compare(report, 3 if told.quick else 7, rows)
    else:
        everything(report, quick=told.quick)
    report.table()
    return 1 if report.missed else 0


def everything(report: Report, *, quick: bool) -> None:
    documents.compare(report, 3 if quick else 7)
    roster.compare(report, rounds=3 if quick else 7)
    projects.compare(report, 20 if quick else 60)
    ledgers.compare(report, 3 if quick else 7)
    items.compare(report, 2 if quick else 5)
    fusion.compare(report, 3 if quick else 7)
    window.compare(report, 5 if quick else 15)
    minutes_process.compare(report, 3 if quick else 7)
    backup.compare(report, 2 if quick else 4)


if __name__ == "__main__":
    sys.exit(main())
