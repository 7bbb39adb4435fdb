"""A period as its paper and its page tell it: facts, figures and the user's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.summaries.counting import cutoff, figures, sittings
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.gathered import asked_for
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.sheet import LedgerLines, PeriodSheet
from dangjian_desktop.services.checks.gathering import gather, of_year
from dangjian_desktop.services.ledgers.counting import (
    Reported,
    report_figures,
    report_lines,
    reported_in,
)
from dangjian_desktop.services.summaries.words import words_of
from dangjian_desktop.storage.work import Work


def counted(work: Work, period: Period, today: date, stamp: Stamp) -> PeriodSheet:
    """Everything about the period as of ``today``, read in one transaction."""
    facts, told = _gathered(work, period, today)
    longer = period.length > 1
    titles = {ledger.code: ledger.title for ledger, _rows in told}
    return PeriodSheet(
        # The paper bears the name of its period, whatever the branch is called when it is printed.
        facts=replace(facts, branch=work.branch.on(cutoff(period, today))),
        figures=figures(facts, period, report_figures(told, period, today)),
        words=words_of(work, period),
        before=words_of(work, period.previous()),
        period=period,
        stamp=stamp,
        around={part: words_of(work, part) for part in asked_for(period)},
        last_year=_last_year(work, period, today) if longer else None,
        projects=facts.projects,
        lines={
            section: tuple(
                LedgerLines(titles[code], tuple(line.text for line in of_one))
                for code, of_one in groupby(lines, key=lambda line: line.ledger)
            )
            for section, lines in report_lines(told, period).items()
        },
    )


def figures_in(work: Work, period: Period, today: date) -> Mapping[str, Figure]:
    """The figures alone: neither words nor the year before are read for them."""
    facts, told = _gathered(work, period, today)
    return figures(facts, period, report_figures(told, period, today))


def _gathered(work: Work, period: Period, today: date) -> tuple[Facts, Reported]:
    facts = gather(work, today, of_year(period.year), ProjectFilter(year=period.year))
    return facts, reported_in(work, period, today)


def _last_year(work: Work, period: Period, today: date) -> Mapping[str, Figure] | None:
    """The figures of the same period a year before; nothing unless sittings are recorded from
    its first month on."""
    former = Period(period.year - 1, period.start, period.length)
    since = work.first_held(today)
    if since is None or since > Period.around(former.first, 1).last:
        return None
    facts = gather(work, today, of_year(former.year))
    return figures(facts, former) if sittings(facts, former) else None
