"""What every print carries in its foot, so that a signed page can be told from a later record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stamp:
    """Version of the record (none where it has no versions), time of printing, sample or not.

    ``names`` are those of everybody ever on the roster: no paper tears them at a line's end.
    """

    version: int | None
    printed_at: datetime
    sample: bool = False
    names: frozenset[str] = frozenset()

    @property
    def foot(self) -> str:
        """第3版　打印时间 2026-11-21 14:02."""
        printed = f"打印时间 {self.printed_at:%Y-%m-%d %H:%M}"
        return printed if self.version is None else f"第{self.version}版　{printed}"

    @property
    def mark(self) -> str:
        """示例 on prints of the sample library."""
        return "示例" if self.sample else ""
