"""A period as its paper and its page tell it: facts, figures and the user's own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.summaries.counting import cutoff, figures
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.compose import PeriodSheet
from dangjian_desktop.services.checks.gathering import gather, of_year
from dangjian_desktop.services.ledgers.counting import report_figures, report_lines, reported_in
from dangjian_desktop.storage.work import Work


def counted(work: Work, period: Period, today: date, stamp: Stamp) -> PeriodSheet:
    """Everything about the period as of ``today``, read in one transaction."""
    facts = gather(work, today, of_year(period.year), ProjectFilter(year=period.year))
    told = reported_in(work, period, today)
    return PeriodSheet(
        # The paper bears the name of its period, whatever the branch is called when it is printed.
        facts=replace(facts, branch=work.branch.on(cutoff(period, today))),
        figures=figures(facts, period, report_figures(told, period, today)),
        words=words_of(work, period),
        before=words_of(work, period.previous()),
        period=period,
        stamp=stamp,
        projects=facts.projects,
        lines={
            section: tuple(line.text for line in lines)
            for section, lines in report_lines(told, period).items()
        },
    )


def words_of(work: Work, period: Period) -> SummaryWords:
    """The user's own words for the period; empty ones where nothing was written."""
    return SummaryWords.from_json(work.settings.get(words_key(period), {}))


def words_key(period: Period) -> str:
    """Where they are kept among the settings."""
    return f"summary/{period}"
