"""The day that is judged unless another one is told."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.storage.work import Work


def judged_day(work: Work, today: date) -> date:
    """Today; in the sample the end of its year, so that its verdicts stay as they were."""
    years = work.meetings.years() if work.branch.get().sample else ()
    return min(today, date(years[0], 12, 31)) if years else today
