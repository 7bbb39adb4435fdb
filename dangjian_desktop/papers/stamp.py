"""What every print carries in its foot, so that a signed page can be told from a later record."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from dangjian_desktop.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Stamp:
    """Version of the record (none where it has no versions), time of printing, sample or not.

    ``day`` is the one as of which a print was asked for: then it tells that day and no clock.
    ``names`` are those of everybody ever on the roster: no paper tears them at a line's end.
    """

    version: int | None
    printed_at: datetime
    sample: bool = False
    names: frozenset[str] = frozenset()
    day: date | None = None

    @property
    def foot(self) -> str:
        """第3版　打印时间 2026-11-21 14:02, or 第3版　按 2026-11-21 的情况打印."""
        printed = f"打印时间 {self.printed_at:%Y-%m-%d %H:%M}"
        if self.day is not None:
            printed = f"按 {self.day} 的情况打印"
        return printed if self.version is None else f"第{self.version}版　{printed}"

    @property
    def made(self) -> datetime:
        """The moment that the properties of the file tell."""
        return made_at(self.day, self.printed_at)

    @property
    def mark(self) -> str:
        """示例 on prints of the sample library."""
        return "示例" if self.sample else ""


def made_at(day: date | None, now: datetime) -> datetime:
    """What a file tells of its making: noon of the day asked for, the same everywhere, or now."""
    return now if day is None else datetime.combine(day, time(12), UTC)
