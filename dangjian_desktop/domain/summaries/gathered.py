"""What shorter periods say for the longer one that they are part of, so that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.frozen import dataclass

LENGTHS = (1, 3, 6)
"""The lengths, in months, of periods that may lie within a longer one."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text with the period in which it was written (none where that is not known), and what
    became of it later, as far as it was told."""

    period: Period | None
    text: str
    became: str = ""
    became_in: Period | None = None


def parts_of(period: Period) -> tuple[Period, ...]:
    """The shorter periods within, by the day on which they end, the shorter first."""
    found = (part for n in LENGTHS if n < period.length for part in period.split(n))
    return tuple(sorted(found, key=lambda part: (part.last, part.length)))


def earlier(period: Period) -> tuple[Period, ...]:
    """The periods of the same length in the twelve months before it, the newest first."""
    found = [period.previous()]
    while len(found) < 12 // period.length:
        found.append(found[-1].previous())
    return tuple(found)


def asked_for(period: Period) -> tuple[Period, ...]:
    """Every period whose words its summary looks at: itself, its parts, and those before them."""
    within = (*parts_of(period), period)
    before = (*earlier(period), *(part.previous() for part in within))
    return tuple(dict.fromkeys((*before, *within)))


def unsolved(period: Period, said: Mapping[Period, SummaryWords]) -> tuple[Note, ...]:
    """Problems of earlier periods that were not solved before this one, the oldest first."""
    found: dict[str, Note] = {}
    for part in reversed(earlier(period)):
        words = said.get(part, SummaryWords())
        for text in words.solved:
            found.pop(text, None)
        for text in words.problems:
            found.setdefault(text, Note(part, text))
    return tuple(found.values())


def name_within(part: Period, period: Period) -> str:
    """3月, 第一季度, 上半年; with its year where that is another one."""
    same = part.year == period.year
    return part.label.removeprefix(f"{part.year}年") if same else part.label


@dataclass(frozen=True, slots=True)
class Gathered:
    """The words of a ``period`` and of those around it, as ``said``."""

    period: Period
    said: Mapping[Period, SummaryWords]

    def work(self, section: str) -> tuple[Note, ...]:
        """What the parts say of their own work in a section."""
        return self._notes(lambda words: words.work.get(section, ""))

    def reasons(self, kind: str) -> tuple[Note, ...]:
        """Why the parts held no sitting of a kind."""
        return self._notes(lambda words: words.reasons.get(kind, ""))

    def problems(self) -> tuple[Note, ...]:
        """The problems of the parts, then earlier ones that were solved in the period; each once.

        What the period itself names as its problem is left to it unless it was solved.
        """
        within = (*parts_of(self.period), self.period)
        solved = {
            text: (how, part)
            for part in within
            for text, how in self._words(part).solved.items()
            if how.strip()
        }
        raised: dict[str, Period | None] = {}
        for part in parts_of(self.period):
            for text in self._words(part).problems:
                raised.setdefault(text, part)
        own = self._words(self.period).problems
        found = {text: part for text, part in raised.items() if text in solved or text not in own}
        found |= {text: self._raised_in(text) for text in solved if text not in raised}
        return tuple(
            Note(part, text, *solved.get(text, ("", None))) for text, part in found.items()
        )

    def plans(self) -> tuple[Note, ...]:
        """The plans that were to be carried out in the period, with what became of each."""
        return tuple(
            Note(part.previous(), text, self._words(part).plan_results.get(text, ""), part)
            for part in (self.period, *parts_of(self.period))
            for text in self._words(part.previous()).plans
        )

    def coming(self) -> tuple[Note, ...]:
        """The plans that parts at its end made for what follows it."""
        last = [part for part in parts_of(self.period) if part.last == self.period.last]
        return tuple(Note(part, text) for part in last for text in self._words(part).plans)

    def _words(self, period: Period) -> SummaryWords:
        return self.said.get(period, SummaryWords())

    def _raised_in(self, text: str) -> Period | None:
        known = (part for part in self.said if text in self.said[part].problems)
        return min(known, key=lambda part: part.last, default=None)

    def _notes(self, of: Callable[[SummaryWords], str]) -> tuple[Note, ...]:
        texts = ((part, of(self._words(part)).strip()) for part in parts_of(self.period))
        return tuple(Note(part, text) for part, text in texts if text)
