"""What the sources of a self-check tell: the one place, for its card, its paper and its end."""

from __future__ import annotations

from datetime import date

from dangjian_desktop.domain.assessments.assessment import Assessment, Criterion
from dangjian_desktop.domain.fusion.effect import effect
from dangjian_desktop.domain.fusion.indicator import Indicator, measured
from dangjian_desktop.domain.fusion.record import INDICATOR
from dangjian_desktop.services.assessments.figures import figures_named, period_of
from dangjian_desktop.services.projects.lent import lent_to
from dangjian_desktop.storage.work import Work

LOST = "所引用的指标已不在"


def counted_in(work: Work, found: Assessment, today: date) -> tuple[str, ...]:
    """By the order of its standards what is counted for each, empty without a source: as it was
    when the self-check was finished, else as it is now."""
    if found.finished is not None:
        return tuple(each.counted for each in found.criteria)
    return counted_now(work, found, today)


def counted_now(work: Work, found: Assessment, today: date) -> tuple[str, ...]:
    """The same as of now, whether it is finished or not."""
    figures = figures_named(work, found, today)
    links = {link.uid for each in found.criteria for link in each.indicator}
    there = work.of(INDICATOR.code).get(links) if links else {}
    known = {uid: each for uid, each in there.items() if not each.deleted}
    lent = lent_to(work, known.values()) if known else {}

    def told(each: Criterion) -> str:
        if each.indicator:
            indicator = known.get(each.indicator[0].uid)
            return LOST if indicator is None else _effect(indicator)
        name = each.figure.strip()
        return figures.get(name, f"{name}：没有这个统计数") if name else ""

    def _effect(indicator: Indicator) -> str:
        period = period_of(found)
        of_year = measured(indicator, period.year, lent.get(indicator.id))
        return LOST if of_year.lost else effect(of_year.target, period).rstrip("。")

    return tuple(map(told, found.criteria))
