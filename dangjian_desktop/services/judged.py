"""The day that is judged unless another one is told."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.storage.work import Work


def judged_day(work: Work, today: date) -> date:
    """Today; in the sample never later than its own, so that its verdicts stay as they were."""
    own = sample_day(work)
    return today if own is None else min(today, own)


def sample_day(work: Work) -> date | None:
    """示例日期, the end of the year in which the records of the sample begin, whatever is added to
    them; nothing in any other library."""
    years = work.meetings.years() if work.branch.get().sample else ()
    return date(years[-1], 12, 31) if years else None
