"""A period with all that its papers tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import cached_property

from dangjian_desktop.domain.branch import Branch
from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period, chinese_date
from dangjian_desktop.domain.projects.project import Project
from dangjian_desktop.domain.summaries.counting import cutoff
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.gathered import Gathered
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.work import PeriodWords, period_words

_MOST_LINES = 3
SITUATION = "基本情况"
"""The section in which a ledger may have its line beside those of the work."""


@dataclass(frozen=True, slots=True)
class LedgerLines:
    """What one ledger tells in its section of the report."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PeriodSheet:
    """A period with the ``figures`` counted for it.

    ``words`` are the user's own for the period, ``before`` those for the period before it: its
    plans are listed with what became of them; ``around`` are those of its months and of other
    shorter periods, and of the periods before these. ``last_year`` are the figures of the same
    period a year before, where they are known. Where there are ``projects``, ``figures`` hold
    those of them too. ``lines`` are those of the ledgers, by the name of their section. With
    ``sent_on`` it is the paper that is sent on that day.
    """

    facts: Facts
    figures: Mapping[str, Figure]
    words: SummaryWords
    before: SummaryWords
    period: Period
    stamp: Stamp
    around: Mapping[Period, SummaryWords] = field(default_factory=dict)
    last_year: Mapping[str, Figure] | None = None
    projects: Sequence[Project] = ()
    lines: Mapping[str, Sequence[LedgerLines]] = field(default_factory=dict)
    sent_on: date | None = None

    def on_paper(self) -> PeriodSheet:
        """The same with room to write in the place of figures that are not known."""
        former = None if self.last_year is None else _on_paper(self.last_year)
        return replace(self, figures=_on_paper(self.figures), last_year=former)

    @property
    def branch(self) -> Branch:
        """The branch as of the end of the period."""
        return self.facts.branch

    @property
    def said(self) -> PeriodWords:
        """本月, 上月, 下月 and the like."""
        return period_words(self.period)

    @property
    def longer(self) -> bool:
        """Whether it is made of shorter periods that have words of their own."""
        return self.period.length > 1

    @property
    def until(self) -> str:
        """数据截止日."""
        return chinese_date(cutoff(self.period, self.facts.today))

    @property
    def label(self) -> str:
        """2026年3月, 2026年上半年, 2026年度."""
        return f"{self.period.year}年度" if self.period.length == 12 else self.period.label

    def ledger_lines(self, section: str, place: str = "") -> Iterator[str]:
        """What ledgers tell in a section; one that tells much is only counted, with its place."""
        for told in self.lines.get(section, ()):
            if self.logged(told):
                yield f"{told.title}共记{len(told.texts)}条，{place}。"
            else:
                yield from told.texts

    def logged(self, told: LedgerLines) -> bool:
        """Whether what a ledger tells of a longer period is a log, for an annex."""
        return self.longer and len(told.texts) > _MOST_LINES

    @cached_property
    def gathered(self) -> Gathered:
        """The words of the period and of those around it."""
        own = {self.period.previous(): self.before, self.period: self.words}
        return Gathered(self.period, {**self.around, **own})


def _on_paper(figures: Mapping[str, Figure]) -> dict[str, Figure]:
    return {name: figure.on_paper for name, figure in figures.items()}
