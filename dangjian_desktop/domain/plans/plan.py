"""A line of the branch's plan: Party work and business of a time, planned beside each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.dates import PartialDate, Period
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import Link, Person
from dangjian_desktop.frozen import dataclass

WHOLE_YEAR = 0
"""What stands before January among the months of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """``when`` is a month, or a year for what goes on all of it; ``party`` and ``business`` are
    the two columns, either may be empty. ``done_party`` and ``done_business`` say what came of
    each, ``done_on`` when all of it was done."""

    id: str
    when: PartialDate
    party: str = ""
    business: str = ""
    section: str = ""
    priority: str = ""
    people: tuple[Person, ...] = ()
    measure: str = ""
    done_party: str = ""
    done_business: str = ""
    done_on: date | None = None
    meetings: tuple[Link, ...] = ()
    deleted: bool = False

    @property
    def month(self) -> int:
        """Its month; 0 for what is of the whole year."""
        return self.when.month or WHOLE_YEAR

    def within(self, period: Period) -> bool:
        """Whether it is of a part of the period; what is of the whole year, of the year alone."""
        if self.when.month is None:
            return period.length == 12 and self.when.year == period.year
        return self.when.first in period

    @property
    def words(self) -> str:
        """2026年3月, 2026年全年."""
        told = self.when.chinese()
        return told if self.when.month else f"{told}全年"


def plan_problems(plan: Plan, _facts: Facts) -> Iterator[Problem]:
    """Neither column, a day where a month is asked for, done before it was to begin."""
    if not plan.party.strip() and not plan.business.strip():
        yield Problem("party", "党建工作和业务工作至少填写一项", "missing")
    if plan.when.day is not None:
        yield Problem("when", "只写到月，例如 2026-03；全年的写 2026")
    for name, done in (("party", plan.done_party), ("business", plan.done_business)):
        if done.strip() and not getattr(plan, name).strip():
            label = "党建工作" if name == "party" else "业务工作"
            yield Problem(f"done_{name}", f"没有计划的{label}，这里不填完成情况")
    if plan.done_on is not None and plan.done_on.year < plan.when.year:
        yield Problem("done_on", "完成日期早于计划的年份")
