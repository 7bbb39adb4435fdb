"""The window of both libraries walked through: visits, blocks, widgets, memory."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from tests.benchmarks.growth.starting import walked
from tests.benchmarks.report import Report

_VISITS = {"home": 2.0, "meetings": 1.5, "card": 1.5}
_MAY = {"字号": (300.0, "the style sheet is applied to every widget of the page that is seen")}
"""What may stand over 50 ms once its page was shown: for how many milliseconds, and why."""
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
    report.figure("longest slot of a first visit, y10, ms", y10["longest"], 100, most=True)
    report.figure("widgets on home, forgotten projects", forgotten["widgets"], 1_500, most=True)
    ratio = forgotten["home.block"] / y1["home.block"]
    report.figure("longest block of home, forgotten projects : y1", ratio, 3, most=True)
    report.figure("memory after all pages and a save, y10, MiB", y10["memory"], 260, most=True)


def slots(report: Report, _runs: int) -> None:
    """What stands over 50 ms in a page that was shown before."""
    with tempfile.TemporaryDirectory() as folder:
        slow = walked("y10", Path(folder), "slots", "slots")
    for words, took in sorted(slow.items(), key=lambda each: -each[1]):
        report.line(f"{took:6.0f} ms  {words}")
    free = [took for words, took in slow.items() if words.split(":")[0] not in _MAY]
    report.figure(
        "longest slot of a page shown before, y10, ms", max(free, default=0.0), 50, most=True
    )
    for where, (most, why) in _MAY.items():
        took = max((t for w, t in slow.items() if w.split(":")[0] == where), default=0.0)
        report.figure(f"{where} ({why}), ms", took, most, most=True)


def _medians(told: list[dict[str, float]]) -> dict[str, float]:
    return {what: statistics.median(each[what] for each in told) for what in told[0]}
