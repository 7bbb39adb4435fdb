"""The window of both libraries walked through: visits, blocks, widgets, memory."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.growth.starting import walked
from tests.benchmarks.growth.window_run import FIRST_VISIT
from tests.benchmarks.report import Report

_VISITS = {"home": 2.0, "meetings": 1.5, "card": 1.5}
_DRESSED = "字号"
"""A change of type size, which dresses every widget of the page that is seen."""
_MAY: dict[str, tuple[float, str]] = {}
"""The open list of exceptions: page and act, for how many milliseconds, and why."""
_TOLD = 12
"""How many of the longest slots are told."""
_WHEN = {"first": "first visit", "saved": "after a save"}


def compare(report: Report, runs: int) -> None:
    """Each walk is a process of its own; the libraries take turns."""
    told: dict[str, list[dict[str, float]]] = {"y1": [], "y10": [], "forgotten": []}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(runs):
            for name, each in told.items():
                each.append(walked(name, Path(folder), f"{name}-{turn}"))
    found = {name: _medians(each) for name, each in told.items()}
    for name, each in found.items():
        words = "，".join(f"{what} {value:.0f}" for what, value in each.items())
        report.line(f"{name}: {words}")
    y1, y10, forgotten = (found[name] for name in told)
    for place, wanted in _VISITS.items():
        for code, words in _WHEN.items():
            ratio = y10[f"{place}.{code}"] / y1[f"{place}.{code}"]
            report.figure(f"{place}, {words}, y10 : y1", ratio, wanted, most=True)
    report.figure("widgets on home, forgotten projects", forgotten["widgets"], 1_500, most=True)
    ratio = forgotten["home.block"] / y1["home.block"]
    report.figure("longest block of home, forgotten projects : y1", ratio, 3, most=True)
    report.figure("memory after all pages and a save, y10, MiB", y10["memory"], 260, most=True)


def slots(report: Report, _runs: int) -> None:
    """The longest slot of a page shown before, of a first visit, of a change of type size."""
    with tempfile.TemporaryDirectory() as folder:
        # The first walk compiles what it imports, which no start but the first does.
        for turn in ("compiled", "slots"):
            longest = walked("y10", Path(folder), turn, "slots")
    for where, took in sorted(longest.items(), key=lambda each: -each[1])[:_TOLD]:
        report.line(f"{took:6.0f} ms  {where}")
    for where, (most, why) in _MAY.items():
        report.figure(f"{where} ({why}), ms", longest[where], most, most=True)
    kinds = {
        "longest slot of a first visit, y10, ms": (FIRST_VISIT, 100),
        "longest change of type size, y10, ms": (_DRESSED, 300),
        "longest slot of a page shown before, y10, ms": ("", 50),
    }
    left = {where: took for where, took in longest.items() if where not in _MAY}
    for what, (ending, most) in kinds.items():
        own = [where for where in left if where.endswith(ending)]
        report.figure(what, max(left.pop(where) for where in own), most, most=True)


def _medians(told: list[dict[str, float]]) -> dict[str, float]:
    return {what: statistics.median(each[what] for each in told) for what in told[0]}
