"""Whole processes: the start to the complete desk, one command, minutes against typst."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.services.library import passwords
from dangjian_desktop.storage.file.keys import let_go
from tests.benchmarks.documents import Runner, measured
from tests.benchmarks.growth.libraries import copy
from tests.benchmarks.growth.measuring import opened
from tests.benchmarks.report import Report, compiled

_RUN = ("-m", "tests.benchmarks.start_run")
_OPENING = ("-m", "tests.benchmarks.growth.locked_run")
_PASSWORD = "支部的密码很长"
_WALK = ("-m", "tests.benchmarks.growth.window_run")


def used(command: list[str], environment: dict[str, str]) -> float:
    """Seconds of the processor that a whole process takes, its own children counted."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _taken(
    commands: dict[str, list[str]],
    environment: dict[str, str],
    runs: int,
    own: Mapping[str, dict[str, str]] = MappingProxyType({}),
) -> dict[str, float]:
    """The least of each, in turns; the first turn compiles and is not counted. ``own`` are the
    environments of those that have another.

    A process that imports much suffers from its neighbours' use of the caches, one that does
    nothing does not: medians of the two tell how busy the machine is.
    """
    took: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, command in commands.items():
            seconds = used(command, own.get(name, environment))
            if turn:
                took[name].append(seconds)
    return {name: min(each) for name, each in took.items()}


def starts(report: Report, runs: int) -> None:
    """From the start of the process until everything of the first page is there."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = _environment(folder)
        files = {name: copy(name, folder) for name in ("y1", "y10")}
        # Ended while it is opened: the other starts have files of their own.
        other = folder / "other"
        other.mkdir()
        commands = {
            "bare": [*_RUN, "bare"],
            "first": [*_RUN, "first"],
            "desk": [*_RUN, "desk", str(copy("y1", other))],
        }
        commands |= {name: [*_RUN, "complete", str(file)] for name, file in files.items()}
        # The others remember their library, which would be opened in place of the first window.
        fresh = {"first": _environment(folder, "fresh")}
        took = _taken(commands, environment, runs, fresh)
    report.line("，".join(f"{name} {each * 1000:.0f} ms" for name, each in took.items()))
    ratio = took["y10"] / took["y1"]
    report.figure("start to complete desk, y10 : y1", ratio, 1.4, most=True)
    ratio = took["y1"] / took["bare"]
    report.figure("start to complete desk, y1 : bare window", ratio, 5, most=True)
    for name in ("first", "desk"):
        ratio = took[name] / took["bare"]
        report.figure(f"window complete ({name}), times a bare one", ratio, 1.5, most=True)


def command(report: Report, runs: int) -> None:
    """``dangjian minutes --format pdf`` against a Python that does nothing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = copy("y1", folder)
        with opened(file) as desk:
            uid = desk.meetings.find(MeetingFilter())[0]
        place = ["--library", str(file), "--out", name, "--force"]
        minutes = ["-m", "dangjian_desktop.cli", "minutes", uid, *place, "--format", "pdf"]
        commands = {"pass": ["-c", "pass"], "sqlalchemy": ["-c", "import sqlalchemy"]}
        took = _taken({**commands, "minutes": minutes}, _environment(folder), runs)
    report.line("，".join(f"{name} {each * 1000:.0f} ms" for name, each in took.items()))
    # The import of SQLAlchemy alone is beyond what is wanted: told, so that nobody looks twice.
    report.line(f"import sqlalchemy, times python -c pass: {took['sqlalchemy'] / took['pass']:.1f}")
    ratio = took["minutes"] / took["pass"]
    report.figure("dangjian minutes --format pdf, times python -c pass", ratio, 11, most=True)


def locked(report: Report, runs: int) -> None:
    """A library opened by its password, and the same one without: wall clock, on a machine that
    does nothing else."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "other").mkdir()
        words = {copy("y10", folder / "other"): "", copy("y10", folder): _PASSWORD}
        *_plain, shut = words
        passwords.set_password(shut, passwords.new_secret(), _PASSWORD)
        let_go()
        rows: dict[str, list[dict[str, float]]] = {"plain": [], "locked": []}
        for turn in range(runs + 1):
            for (file, word), told in zip(words.items(), rows.values(), strict=True):
                done = subprocess.run(
                    [sys.executable, *_OPENING, str(file)],
                    input=word,
                    check=True,
                    capture_output=True,
                    text=True,
                    env=_environment(folder),
                )
                told.extend([json.loads(done.stdout)] if turn else [])
    took = {
        name: {of: statistics.median(each[of] for each in told) for of in told[0]}
        for name, told in rows.items()
    }
    for name, each in took.items():
        report.line(
            f"opening y10 {name}: " + "，".join(f"{of} {s:.3f} s" for of, s in each.items())
        )
    plain, shut_took = took["plain"], took["locked"]
    report.line(f"Argon2id: {shut_took['argon'] / shut_took['wall']:.0%} of the opening")
    for of in ("wall", "processor"):
        ratio = shut_took[of] / plain[of]
        report.line(f"opening with a password : without, {of}: {ratio:.1f}")
    report.figure("opening with a password, seconds", shut_took["wall"], 0.6, most=True)
    report.figure("of it Argon2id, seconds", shut_took["argon"], 0.2)


def typst(report: Report, runs: int) -> None:
    """Minutes of two pages, warm, against a typst compiler that is kept between runs."""
    with tempfile.TemporaryDirectory() as folder:
        told = measured(Runner(Path(folder)), ("pdf", "kept"), "minutes", runs)
    for name, took in told.items():
        report.line(f"{name} {took.used * 1000:.1f} ms of the processor, {took.warm * 1000:.1f} ms")
    ratio = told["kept"].used / told["pdf"].used
    report.figure("minutes, warm, times as fast as a kept typst", ratio, 1.3)


def walked(name: str, folder: Path, settings: str, way: str = "walk") -> dict[str, float]:
    """What a walk through the window of a library tells; see ``window_run``."""
    file = copy(name, folder)
    told = subprocess.run(
        [sys.executable, *_WALK, way, str(file)],
        check=True,
        capture_output=True,
        text=True,
        env=_environment(folder, settings),
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def _environment(folder: Path, settings: str = "data") -> dict[str, str]:
    data = str(folder / settings)
    platform = os.environ.get("QT_QPA_PLATFORM", "offscreen")
    return compiled(folder / "compiled", DANGJIAN_DATA=data, QT_QPA_PLATFORM=platform)
