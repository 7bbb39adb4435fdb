"""The numbers of the program that a self-check names, and what of its sources cannot be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches

from dangjian_desktop.domain.assessments.assessment import Assessment
from dangjian_desktop.domain.assessments.record import ASSESSMENT
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.record import Problem
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.services.summaries.counted import figures_in
from dangjian_desktop.storage.work import Work

REOPEN = "要改动请先在列表中“重新打开”这次自评"


def figures_named(work: Work, found: Assessment, today: date) -> Mapping[str, str]:
    """By the name that the self-check has for it, what is counted (党员大会5次); of an unknown
    name nothing."""
    named = {name for each in found.criteria if (name := each.figure.strip())}
    counted = _figures(work, found, today) if named else {}
    return {
        name: f"{figure.label}{figure.text}"
        for code, figure in counted.items()
        for name in {code, figure.label} & named
    }


def period_of(found: Assessment) -> Period:
    """The time that is counted; the year of its day while it does not tell."""
    return found.period or Period(found.day.year, 1, 12)


def assessment_clashes(work: Work, found: Assessment) -> Iterator[Problem]:
    """Names of numbers that the program does not count; of one that is finished, another source
    than the one that was counted then."""
    stored: Assessment | None = work.of(ASSESSMENT.code).one(found.id)
    if stored is not None and stored.finished is not None:
        yield from _changed(stored, found)
    elif found.finished is None:
        yield from _unknown(work, found)


def _figures(work: Work, found: Assessment, today: date) -> Mapping[str, Figure]:
    period = period_of(found)
    return figures_in(work, period, max(today, period.first))


def _unknown(work: Work, found: Assessment) -> Iterator[Problem]:
    if not any(each.figure.strip() for each in found.criteria):
        return
    counted = _figures(work, found, found.day)
    labels = [figure.label for figure in counted.values()]
    for place, each in enumerate(found.criteria):
        name = each.figure.strip()
        if name and name not in counted and name not in labels:
            near = "、".join(f"“{label}”" for label in get_close_matches(name, labels, 3, 0.4))
            words = f"没有名为“{name}”的统计数"
            words += f"，相近的有{near}" if near else "，请照“汇总报送”里数字的名称填写"
            yield Problem(f"criteria.{place}.figure", f"{words}；也可以改填完成情况")


def _changed(stored: Assessment, found: Assessment) -> Iterator[Problem]:
    day = f"自评已于{stored.finished}完成"
    if found.finished != stored.finished:
        yield Problem("finished", f"{day}，完成日期不能改动；{REOPEN}")
    if found.period != stored.period:
        yield Problem("span", f"{day}，年度和时段已随来源数字固定；{REOPEN}")
    fixed = {each.id: (each.source, each.counted) for each in stored.criteria}
    for place, each in enumerate(found.criteria):
        told = each.source, each.counted
        if told != fixed.get(each.id, (("", ()), "")):
            yield Problem(f"criteria.{place}.figure", f"{day}，来源已固定；{REOPEN}")
