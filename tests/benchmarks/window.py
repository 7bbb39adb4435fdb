"""How soon the window is there, against a bare QApplication and QMainWindow started in turn.

usage: python -m tests.benchmarks.window [--runs N]

Each start is a process of its own, from its start to the end of the painting, without a display
(``QT_QPA_PLATFORM`` chooses another one). ``first`` is the first window with style sheet and
icons; ``desk`` the desk of a library before its contents, while the library is being opened.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dangjian_desktop.services.demo import make_demo_library
from tests.benchmarks.report import Report, compiled

FRAME, COMPLETE = 1.15, 1.4


def started(way: str, environment: dict[str, str]) -> float:
    """Milliseconds of one start."""
    command = [sys.executable, "-m", "tests.benchmarks.window_run", way]
    start = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return (int(done.stdout) - start) / 1e6


def compare(report: Report, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder, "demo.dangjian")
        make_demo_library(library).close()
        environment = compiled(
            Path(folder, "compiled"),
            DANGJIAN_DATA=str(Path(folder, "data")),
            QT_QPA_PLATFORM=os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        )
        ways = {"bare": "bare", "frame": "frame", "first": "first", "desk": str(library)}
        times: dict[str, list[float]] = {name: [] for name in ways}
        for turn in range(runs + 1):
            for name, way in ways.items():
                took = started(way, environment)
                if turn:  # the first one compiles
                    times[name].append(took)
    medians = {name: statistics.median(each) for name, each in times.items()}
    for name, each in times.items():
        report.line(f"window    {name:6} {medians[name]:7.1f} ms   best {min(each):7.1f} ms")
    bare = medians["bare"]
    report.figure("window, frame, times of a bare one", medians["frame"] / bare, FRAME, most=True)
    for name in ("first", "desk"):
        what = f"window, {name} complete, times of a bare one"
        report.figure(what, medians[name] / bare, COMPLETE, most=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    report = Report()
    compare(report, parser.parse_args().runs)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
