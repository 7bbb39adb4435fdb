"""How fast documents are made, against typst, LibreOffice and bare python-docx in one run.

usage: python -m tests.benchmarks.documents [--runs N]

Each figure is a ratio of medians; the ways take turns, and the text is another one in each run.
``cold`` is a whole process, from its start to the bytes; ``warm`` is from the model to the bytes,
``used`` the same in seconds of the processor, of all threads.
``typst`` is its function as PyPI shows it; ``kept`` is a compiler that keeps its faces between
runs, for comparison. Ends with 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pypdfium2

from dangjian_desktop.documents.fonts import bundled_fonts
from dangjian_desktop.documents.pdf import render_pdf
from dangjian_desktop.documents.word import render_word
from tests.benchmarks.minutes_text import WORKS
from tests.benchmarks.report import Report, compiled
from tests.documents import office

_MOST_MIB = 80


@dataclass(frozen=True)
class Told:
    cold: float
    warm: float
    used: float
    peak: float
    size: int


class Runner:
    """Starts processes as an installed program starts them: with its modules compiled."""

    def __init__(self, folder: Path) -> None:
        self._environment = compiled(folder)

    def run(self, name: str, work: str, count: int) -> tuple[float, dict]:
        command = [sys.executable, "-m", "tests.benchmarks.one_run", name, work, str(count)]
        start = time.perf_counter()
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env=self._environment
        )
        return time.perf_counter() - start, json.loads(done.stdout)


def measured(runner: Runner, names: tuple[str, ...], work: str, runs: int) -> dict[str, Told]:
    """Cold and warm of each way, taken in turns."""
    for name in names:
        runner.run(name, work, 0)
    cold: dict[str, list[float]] = {name: [] for name in names}
    warm: dict[str, list[float]] = {name: [] for name in names}
    used: dict[str, list[float]] = {name: [] for name in names}
    told: dict[str, dict] = {}
    for _ in range(runs):
        for name in names:
            seconds, told[name] = runner.run(name, work, 0)
            cold[name].append(seconds)
    for _ in range(3):
        for name in names:
            _, last = runner.run(name, work, runs)
            warm[name] += last["runs"]
            used[name] += last["used"]
            told[name]["peak"] = max(told[name]["peak"], last["peak"])
    return {
        name: Told(
            statistics.median(cold[name]),
            statistics.median(warm[name]),
            statistics.median(used[name]),
            told[name]["peak"],
            told[name]["size"],
        )
        for name in names
    }


def by_office(folder: Path) -> float:
    """Seconds of a conversion of the minutes, the profile already made."""
    seconds = []
    for seed in range(4):
        word = render_word(WORKS["minutes"](seed))
        start = time.perf_counter()
        office.as_pdf(word, folder)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])


def tell(report: Report, work: str, name: str, told: Told) -> None:
    report.line(
        f"{work:9} {name:6} cold {told.cold * 1000:7.1f} ms   warm {told.warm * 1000:7.1f} ms"
        f"   peak {told.peak:5.0f} MiB   {told.size / 1024:6.0f} KiB"
    )


def compare_pdf(report: Report, runner: Runner, runs: int) -> None:
    for work in ("minutes", "handbook"):
        told = measured(runner, ("pdf", "typst", "kept"), work, runs)
        pages = len(pypdfium2.PdfDocument(render_pdf(WORKS[work](0), bundled_fonts())))
        report.line(f"{work}: {pages} pages")
        for name, figures in told.items():
            tell(report, work, name, figures)
        ours, typst = told["pdf"], told["typst"]
        report.figure(
            f"{work}, warm, times as fast as typst",
            typst.warm / ours.warm,
            2.0 if work == "minutes" else 1.0,
        )
        report.figure(f"{work}, cold, times as fast as typst", typst.cold / ours.cold, 1.5)
        report.figure(f"{work}, peak memory in MiB", ours.peak, _MOST_MIB, most=True)
        if work == "minutes" and office.soffice():
            with tempfile.TemporaryDirectory() as folder:
                converted = by_office(Path(folder))
            report.figure(
                "minutes, times as fast as LibreOffice's conversion", converted / ours.warm, 50
            )


def compare(report: Report, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder))
        compare_pdf(report, runner, runs)
        told = measured(runner, ("word", "bare"), "handbook", runs)
    for name, figures in told.items():
        tell(report, "handbook", name, figures)
    ratio = told["bare"].warm / told["word"].warm
    report.figure("handbook as Word, times as fast as bare python-docx", ratio, 1.0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    report = Report()
    compare(report, parser.parse_args().runs)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
