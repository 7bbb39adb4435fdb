"""The figures of issue 6: what ten years cost beside one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.benchmarks.growth import asking, keeping, starting, window
from tests.benchmarks.report import Report


def _extreme(report: Report, runs: int) -> None:
    asking.check_extreme(report, max(1, runs // 3))
    asking.search(report, 25 if runs > 3 else 10)


PARTS: dict[str, Callable[[Report, int], None]] = {
    "check": asking.check,
    "x": _extreme,
    "figures": asking.figures,
    "minutes": asking.minutes_and_typing,
    "save": keeping.saving,
    "sealed": lambda report, runs: keeping.sealing(report, 10 * runs),
    "window": lambda report, runs: window.compare(report, max(1, runs // 3)),
    "slots": window.slots,
    "opening": keeping.opening,
    "size": lambda report, runs: keeping.size(report, 1_000 if runs > 3 else 100),
    "import": lambda report, runs: keeping.importing(report, max(1, runs // 3)),
    "locked": starting.locked,
    "start": starting.starts,
    "command": starting.command,
    "typst": starting.typst,
}
"""Rows that are measured together, by the word that chooses them."""


def compare(report: Report, runs: int, parts: Sequence[str] = ()) -> None:
    """These rows, all where none is chosen."""
    for name in parts or PARTS:
        PARTS[name](report, runs)
