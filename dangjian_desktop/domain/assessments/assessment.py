"""A self-check by a superior's table: its standards, what is reached, what lacks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile, Link
from dangjian_desktop.frozen import dataclass

FULL = Decimal(100)


class Band(Labelled):
    """Whether a standard must be met or is to be striven for."""

    BOTTOM = "bottom", "底线"
    HIGH = "high", "高线"


class Span(Labelled):
    """Which part of the year is checked."""

    Q1 = "q1", "第一季度"
    Q2 = "q2", "第二季度"
    Q3 = "q3", "第三季度"
    Q4 = "q4", "第四季度"
    YEAR = "year", "全年"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One standard. ``figure`` is the name of a number that the program counts, ``value`` what
    the branch says itself; ``score`` is its own. A ``gap`` is what lacks; ``evidence`` are what
    shows it, numbered on paper by their order."""

    number: str = ""
    item: str = ""
    standard: str = ""
    band: Band | None = None
    weight: Decimal | None = None
    figure: str = ""
    value: str = ""
    score: Decimal | None = None
    gap: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """``problems`` are the items that were registered from its gaps."""

    id: str
    title: str
    day: date
    year: int | None = None
    span: Span | None = None
    source: str = ""
    criteria: tuple[Criterion, ...] = ()
    problems: tuple[Link, ...] = ()
    files: tuple[KeptFile, ...] = ()
    deleted: bool = False

    @property
    def period(self) -> Period | None:
        """The time that is checked; None while year or part of it is not told."""
        if self.year is None or self.span is None:
            return None
        if self.span is Span.YEAR:
            return Period(self.year, 1, 12)
        return Period(self.year, 3 * int(self.span.value[1]) - 2, 3)

    @property
    def weights(self) -> Decimal:
        """All weights that are told."""
        return sum((c.weight for c in self.criteria if c.weight is not None), Decimal(0))

    @property
    def scores(self) -> Decimal | None:
        """All scores that are told; None where none is."""
        known = [c.score for c in self.criteria if c.score is not None]
        return sum(known, Decimal(0)) if known else None

    @property
    def unscored(self) -> int:
        """How many standards with a weight have no score yet."""
        return sum(c.weight is not None and c.score is None for c in self.criteria)

    @property
    def gaps(self) -> tuple[tuple[int, Criterion], ...]:
        """The standards in which something lacks, with their place counted from 1."""
        return tuple((n, c) for n, c in enumerate(self.criteria, 1) if c.gap.strip())


def weight_words(assessment: Assessment) -> str:
    """What is to be said where the weights do not make 100; empty where they do or none is."""
    told = [c for c in assessment.criteria if c.weight is not None]
    if not told or assessment.weights == FULL:
        return ""
    words = f"各项分值合计为{number_text(assessment.weights)}，不是100"
    return f"{words}，请与上级原表核对"


def criterion_words(criterion: Criterion, number: int) -> str:
    """How a standard is named: 第3项“三会一课”."""
    words = criterion.item or criterion.standard
    return f"第{number}项“{words[:20]}”"


def assessment_problems(assessment: Assessment, facts: Facts) -> Iterator[Problem]:
    """A day to come, a standard without a word, numbers below zero."""
    if assessment.day > facts.today:
        yield Problem("day", "自评日期在将来，请核对", "future")
    for place, each in enumerate(assessment.criteria):
        if not (each.item.strip() or each.standard.strip()):
            yield Problem(f"criteria.{place}.item", "项目和标准都没有填写，请填写或删除这一行")
        for name, label in (("weight", "分值"), ("score", "得分")):
            found = getattr(each, name)
            if found is not None and found < 0:
                yield Problem(f"criteria.{place}.{name}", f"{label}不能小于0，请核对")
