"""What the list of verdicts is about."""

from __future__ import annotations

from dangjian_desktop.papers.checks.compose import CheckSheet
from dangjian_desktop.services.checks.checks import found_in, rules_of
from dangjian_desktop.services.papers.sheets import Asked
from dangjian_desktop.storage.work import Work


def of_checks(work: Work, asked: Asked) -> CheckSheet:
    """The verdicts of the period that is asked for, as of the day."""
    period, day = asked.wanted.period, asked.today
    return CheckSheet(
        findings=found_in(work, day, period),
        rules=rules_of(work),
        branch=work.branch.on(min(day, period.last) if period else day),
        stamp=asked.stamp(work),
        today=day,
        period=period,
    )
