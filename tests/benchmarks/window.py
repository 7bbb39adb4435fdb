"""How soon the window is there, against a bare QApplication and QMainWindow started in turn.

usage: python -m tests.benchmarks.window [--runs N]

Each start is a process of its own, from its start to the end of the painting
(a display, or Xvfb where it is installed, is used; ``QT_QPA_PLATFORM`` chooses).
``first`` is the first window with style sheet and
icons; ``desk`` the desk of a library before its contents, while the library is being opened.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dangjian_desktop.services.library.demo import make_demo_library
from tests.benchmarks.report import Report, compiled

FRAME, COMPLETE = 1.15, 1.4


def started(way: str, environment: dict[str, str]) -> float:
    """Milliseconds of one start."""
    command = [sys.executable, "-m", "tests.benchmarks.window_run", way]
    start = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return (int(done.stdout) - start) / 1e6


def compare(report: Report, runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder, on_screen() as screen:
        library = Path(folder, "demo.dangjian")
        make_demo_library(library).close()
        environment = compiled(
            Path(folder, "compiled"),
            DANGJIAN_DATA=str(Path(folder, "data")),
            **screen,
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


@contextmanager
def on_screen() -> Iterator[dict[str, str]]:
    """What the environment needs for a real X display: the one there is, or Xvfb where it is."""
    chosen = os.environ.get("QT_QPA_PLATFORM")
    if chosen or os.environ.get("DISPLAY") or not shutil.which("Xvfb"):
        yield {"QT_QPA_PLATFORM": chosen or ("xcb" if os.environ.get("DISPLAY") else "offscreen")}
        return
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as screen:
        assert screen.stdout is not None
        yield {"QT_QPA_PLATFORM": "xcb", "DISPLAY": f":{screen.stdout.readline().strip()}"}
        screen.terminate()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    report = Report()
    compare(report, parser.parse_args().runs)
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
