"""What a summary is about."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.services.summaries.counted import counted
from dangjian_desktop.storage.work import Work


def of_period(work: Work, asked: Asked) -> PeriodSheet:
    """The figures of the period that is asked for, else of this month."""
    period = asked.wanted.period or Period.around(asked.now.date(), 1)
    return counted(work, period, asked.now.date(), asked.stamp(work))
