"""What papers of the plan are about: its lines of a period."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.plans.record import PLAN
from dangjian_desktop.papers.plans.sheet import PlanSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work


def of_plans(work: Work, asked: Asked) -> PlanSheet:
    """The lines of the period that is asked for, else of the year."""
    period = asked.wanted.period or Period(asked.today.year, 1, 12)
    lines = work.of(PLAN.code).all(StoredFilter(year=period.year))
    wanted = (plan for plan in reversed(lines) if plan.within(period))
    return PlanSheet(
        branch=work.branch.on(min(asked.today, period.last)),
        stamp=asked.stamp(work),
        period=period,
        today=asked.today,
        lines=tuple(sorted(wanted, key=lambda plan: plan.month)),
    )
