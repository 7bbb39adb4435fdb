"""What was measured, against what was wanted; and processes started as an installed program's."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    what: str
    value: float
    wanted: float
    most: bool

    @property
    def reached(self) -> bool:
        return self.value <= self.wanted if self.most else self.value >= self.wanted

    @property
    def limit(self) -> str:
        return f"{'≤' if self.most else '≥'} {self.wanted:g}"


class Report:
    """Tells each figure at once; ``table`` tells them all."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    @property
    def missed(self) -> int:
        return sum(not figure.reached for figure in self.figures)

    def line(self, text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    def figure(self, what: str, value: float, wanted: float, *, most: bool = False) -> None:
        found = Figure(what, value, wanted, most)
        self.figures.append(found)
        said = "reached" if found.reached else "MISSED "
        self.line(f"{said}  {what}: {value:.2f} (wanted {found.limit})")

    def table(self) -> None:
        wide = max(len(figure.what) for figure in self.figures)
        self.line(f"\n{'figure':{wide}}  {'reached':>8}  {'wanted':>7}")
        for figure in self.figures:
            mark = "" if figure.reached else "  MISSED"
            self.line(f"{figure.what:{wide}}  {figure.value:8.2f}  {figure.limit:>7}{mark}")


def compiled(folder: Path, **more: str) -> dict[str, str]:
    """An environment whose processes find their modules compiled from the second start on."""
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(folder)} | more
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
