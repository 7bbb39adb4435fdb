"""Processor time of an action, and the two libraries measured in turns."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dangjian_desktop.services.desk import Desk, open_desk
from tests.benchmarks.growth.libraries import clock, library

Action = Callable[[], object]


def processor(act: Action) -> float:
    """Seconds of the processor, of all threads, that one run takes."""
    gc.collect()
    start = time.process_time()
    act()
    return time.process_time() - start


def median(act: Action, runs: int) -> float:
    """Seconds of the processor; a run before is not counted."""
    act()
    return statistics.median(processor(act) for _ in range(runs))


def in_turns(acts: Mapping[str, Action], runs: int) -> dict[str, float]:
    """The median of each, taken in turns so that a change of the machine meets all alike."""
    for act in acts.values():
        act()
    took: dict[str, list[float]] = {name: [] for name in acts}
    for _ in range(runs):
        for name, act in acts.items():
            took[name].append(processor(act))
    return {name: statistics.median(each) for name, each in took.items()}


@contextmanager
def opened(path: Path, *, write: bool = False) -> Iterator[Desk]:
    """At the present of the libraries; left without a copy, which would be measured too."""
    desk = open_desk(path, write=write, clock=clock)
    try:
        yield desk
    finally:
        desk._library.close()


def cold(name: str, ask: Callable[[Desk], object], runs: int) -> float:
    """The median of what is asked first of a desk just opened; opening is not counted."""
    took = []
    for _ in range(runs + 1):
        with opened(library(name)) as desk:
            took.append(processor(lambda desk=desk: ask(desk)))
    return statistics.median(took[1:])


def milliseconds(**took: float) -> str:
    """Seconds beside a ratio, in words."""
    return "，".join(f"{name} {each * 1000:.1f} ms" for name, each in took.items())
