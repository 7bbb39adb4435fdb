"""What the list of what went up is about."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.papers.submissions.sent_list import SentSheet
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_sent(work: Work, asked: Asked) -> SentSheet:
    """The packages of the period that is asked for, else of the year, up to the day."""
    day = asked.today
    period = asked.wanted.period or Period.around(day, 12)
    there = [p for p in work.of("package").all() if p.day in period and p.day <= day]
    return SentSheet(
        packages=sorted(there, key=lambda each: (each.day, each.version, each.title)),
        branch=work.branch.on(min(day, period.last)),
        stamp=asked.stamp(work),
        today=min(day, period.last),
        period=period,
    )
