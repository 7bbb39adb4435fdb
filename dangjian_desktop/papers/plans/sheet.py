"""What papers of the plan are about."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.plans.plan import Plan
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """The lines of the plan of a period, what is of the whole year first, then by month."""

    branch: Branch
    stamp: Stamp
    period: Period
    today: date
    lines: tuple[Plan, ...]
