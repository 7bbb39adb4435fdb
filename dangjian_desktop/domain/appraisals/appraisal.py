"""An anonymous rating of how Party work and business went together, and its tally."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from dangjian_desktop.domain.assessments.assessment import Span
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.labelled import Labelled
from dangjian_desktop.domain.record import Facts, Problem
from dangjian_desktop.domain.references import KeptFile
from dangjian_desktop.domain.tallies import row_words, sheet_problems
from dangjian_desktop.frozen import dataclass


class Grade(Labelled):
    """What a sheet may say of an item; the values are the names of the counts of a row."""

    SATISFIED = "satisfied", "满意"
    MOSTLY = "mostly_satisfied", "比较满意"
    NEUTRAL = "neutral", "一般"
    DISSATISFIED = "dissatisfied", "不满意"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """One rated item: how many sheets say each grade, how many (``unrated``) none. ``opinions``
    are what was written beside it, typed as it stands on the sheets."""

    name: str
    satisfied: int | None = None
    mostly_satisfied: int | None = None
    neutral: int | None = None
    dissatisfied: int | None = None
    unrated: int | None = None
    opinions: str = ""

    @property
    def counts(self) -> tuple[int | None, ...]:
        """By grade, then those who gave none."""
        return (*(getattr(self, grade.value) for grade in Grade), self.unrated)


@dataclass(frozen=True, slots=True, kw_only=True)
class FusionAppraisal:
    """``held_on`` is when the sheets are filled in, perhaps a day to come: then only the blank
    sheet is known. Nobody's name belongs to a sheet, and none is kept."""

    id: str
    title: str
    held_on: date
    year: int
    span: Span | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    ratings: tuple[Rating, ...] = ()
    opinions: str = ""
    files: tuple[KeptFile, ...] = ()
    note: str = ""
    deleted: bool = False

    @property
    def period(self) -> Period:
        """The time that is rated: the year, or a part of it."""
        return (self.span or Span.YEAR).of(self.year)

    @property
    def counted(self) -> bool:
        """Whether anything of the tally is told."""
        told = (
            self.issued,
            self.returned,
            self.valid,
            *(n for r in self.ratings for n in r.counts),
        )
        return any(number is not None for number in told)


def appraisal_problems(appraisal: FusionAppraisal, facts: Facts) -> Iterator[Problem]:
    """A tally of a day to come, sheets and counts that do not agree, an item named twice."""
    if appraisal.counted and appraisal.held_on > facts.today:
        words = "测评日期在今天以后，还不能有票数，请核对日期"
        yield Problem("held_on", words, "future")
    if appraisal.period.first > appraisal.held_on:
        yield Problem("held_on", f"测评日期早于所测评的{appraisal.period.label}，请核对")
    yield from sheet_problems(appraisal.issued, appraisal.returned, appraisal.valid)
    yield from _rating_problems(appraisal)


def _rating_problems(appraisal: FusionAppraisal) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, rating in enumerate(appraisal.ratings):
        name = rating.name.strip()
        if name and name in seen:
            yield Problem(f"ratings.{place}.name", f"“{name}”写了两次，请合为一行", "duplicate")
        seen.add(name)
        if words := row_words(name, rating.counts, appraisal.valid):
            short = "多于" not in words
            more = "；没有评的填入“未评”，没有的等次填0" if short else "，请核对"
            yield Problem(f"ratings.{place}.{Grade.SATISFIED}", f"{words}{more}")
