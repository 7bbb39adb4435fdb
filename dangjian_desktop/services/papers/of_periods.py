"""What a summary is about."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.summaries.sheet import PeriodSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.services.summaries.counted import counted
from dangjian_desktop.storage.work import Work


def of_period(work: Work, asked: Asked) -> PeriodSheet:
    """The figures of the period that is asked for, else of the month, as of the day."""
    period = asked.wanted.period or Period.around(asked.day, 1)
    return counted(work, period, asked.day, asked.stamp(work))
