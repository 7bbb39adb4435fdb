"""The numbers of the program that a self-check names, as they are counted for its period."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.services.summaries.counted import figures_in
from dangjian_desktop.storage.work import Work


def figures_named(work: Work, found: Assessment, today: date) -> Mapping[str, str]:
    """By the name that the self-check has for it, what is counted; of an unknown name nothing."""
    named = {each.figure for each in found.criteria if each.figure}
    if not named:
        return {}
    period = found.period or Period(found.day.year, 1, 12)
    counted = figures_in(work, period, max(today, period.first))
    return {
        name: figure.text
        for code, figure in counted.items()
        for name in {code, figure.label} & named
    }


def figure_clashes(work: Work, found: Assessment) -> Iterator[Problem]:
    """Names of numbers that the program does not count."""
    known = figures_named(work, found, found.day)
    for place, each in enumerate(found.criteria):
        if each.figure and each.figure not in known:
            words = (
                f"没有名为“{each.figure}”的统计数，请照“汇总报送”里数字的名称填写，或改填完成情况"
            )
            yield Problem(f"criteria.{place}.figure", words)
