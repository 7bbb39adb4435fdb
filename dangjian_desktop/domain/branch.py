"""The branch itself: names, superior, dates, what its own rules fix."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """The branch that a library belongs to.

    ``name`` is the full name (中共……支部委员会 or ……党支部), ``short_name`` the one for lists.
    ``theme_day`` is the fixed day of the month for 主题党日, if there is one.
    ``term_years`` is the length of a term (《支部工作条例》第二十一条). ``sample`` marks the demo.
    """

    name: str
    short_name: str = ""
    superior: str = ""
    founded: date | None = None
    term_start: date | None = None
    term_years: int = 3
    theme_day: int | None = None
    sample: bool = False

    @property
    def short(self) -> str:
        """The short name, or the full one where there is none."""
        return self.short_name or self.name
