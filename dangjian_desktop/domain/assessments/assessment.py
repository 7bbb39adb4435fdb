"""A self-check by a superior's table: its standards, what is reached, what lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from dangjian_desktop.domain.amounts import number_text
from dangjian_desktop.domain.dates import Period, chinese_date
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
    H1 = "h1", "上半年"
    H2 = "h2", "下半年"
    YEAR = "year", "全年"

    def of(self, year: int) -> Period:
        """That part of a year."""
        if self is Span.YEAR:
            return Period(year, 1, 12)
        length = 6 if self in (Span.H1, Span.H2) else 3
        return Period(year, length * (int(self.value[1]) - 1) + 1, length)


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One standard. ``figure`` is the name of a number that the program counts, ``indicator`` one
    of the business or none: one of the two is its source. ``counted`` is what the source told when
    the self-check was finished, ``value`` what the branch says itself; ``score`` is its own. A
    ``gap`` is what lacks; ``evidence`` are what shows it, numbered on paper by their order."""

    id: str = ""
    number: str = ""
    item: str = ""
    standard: str = ""
    band: Band | None = None
    weight: Decimal | None = None
    figure: str = ""
    indicator: tuple[Link, ...] = ()
    counted: str = ""
    value: str = ""
    score: Decimal | None = None
    gap: str = ""
    evidence: tuple[str, ...] = ()

    @property
    def source(self) -> tuple[str, tuple[Link, ...]]:
        """What it is counted from: both empty where the branch tells by itself."""
        return self.figure.strip(), self.indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """``finished`` is the day on which it was: from then on its sources stay as they were counted.
    Its gaps are named by the problems that were registered from them."""

    id: str
    title: str
    day: date
    year: int | None = None
    span: Span | None = None
    source: str = ""
    finished: date | None = None
    criteria: tuple[Criterion, ...] = ()
    files: tuple[KeptFile, ...] = ()
    deleted: bool = False

    @property
    def period(self) -> Period | None:
        """The time that is checked; None while year or part of it is not told."""
        if self.year is None or self.span is None:
            return None
        return self.span.of(self.year)

    @property
    def weighted(self) -> bool:
        """Whether a weight is told at all."""
        return any(each.weight is not None for each in self.criteria)

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


def reached(criterion: Criterion, counted: str) -> str:
    """What is reached, as card, paper and workbook say it: what is counted, then the own words."""
    return "；".join(filter(None, (counted, criterion.value.strip())))


def weight_words(assessment: Assessment) -> str:
    """What is to be said where the weights do not make 100; empty where they do or none is."""
    return weights_told(assessment.criteria)


def weights_told(criteria: Sequence[Criterion]) -> str:
    """The same of standards alone."""
    told = [each.weight for each in criteria if each.weight is not None]
    whole = sum(told, Decimal(0))
    if not told or whole == FULL:
        return ""
    return f"各项分值合计为{number_text(whole)}，不是100，请与上级原表核对"


def notes(assessment: Assessment) -> tuple[str, ...]:
    """What is to be known when its sums are read."""
    said = [weight_words(assessment)]
    if assessment.unscored and assessment.scores is not None:
        left = f"有分值的项目中{assessment.unscored}项还没有得分"
        said.append(f"{left}，得分合计只含已填的")
    return tuple(filter(None, said))


def source_words(assessment: Assessment) -> str:
    """Of which day the numbers of its sources are; empty where it has none."""
    if not any(any(each.source) for each in assessment.criteria):
        return ""
    day = assessment.finished
    if day is None:
        return "自评还没有完成，来源数字随记录变动"
    return f"来源数字是{chinese_date(day)}完成自评时的"


def evidence_numbers(criterion: Criterion, number: int) -> Iterator[tuple[str, str]]:
    """What shows the standard of this number, numbered: 2-1, 2-2 …"""
    return ((f"{number}-{n}", words) for n, words in enumerate(criterion.evidence, 1))


def criterion_words(criterion: Criterion, number: int) -> str:
    """How a standard is named: 第3项“三会一课”."""
    words = criterion.item or criterion.standard
    return f"第{number}项“{words[:20]}”"


def assessment_problems(assessment: Assessment, facts: Facts) -> Iterator[Problem]:
    """A day to come, a standard without a word, numbers below zero."""
    if assessment.day > facts.today:
        yield Problem("day", "自评日期在将来，请核对", "future")
    if assessment.finished is not None and assessment.period is None:
        yield Problem("span", "完成的自评要写明年度和时段", "missing")
    for place, each in enumerate(assessment.criteria):
        yield from _of_criterion(f"criteria.{place}", each)


def _of_criterion(place: str, each: Criterion) -> Iterator[Problem]:
    if len(each.indicator) > 1:
        yield Problem(f"{place}.indicator", "只能选一项指标")
    elif each.figure.strip() and each.indicator:
        words = "来源数字和来源指标只能填一样，请去掉其中一样"
        yield Problem(f"{place}.figure", words)
    if not (each.item.strip() or each.standard.strip()):
        yield Problem(f"{place}.item", "项目和标准都没有填写，请填写或删除这一行")
    for name, label in (("weight", "分值"), ("score", "得分")):
        found = getattr(each, name)
        if found is not None and found < 0:
            yield Problem(f"{place}.{name}", f"{label}不能小于0，请核对")
