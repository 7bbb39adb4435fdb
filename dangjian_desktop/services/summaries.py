"""Summaries of a month, quarter, half-year or year: figures, the user's words, the paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from dangjian_desktop.documents.model import Document
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.figures import Figure, figures
from dangjian_desktop.domain.summaries import SummaryWords
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summary import compose_summary
from dangjian_desktop.services.gathering import gather
from dangjian_desktop.services.printing import BOTH, Format, pdf_of, write_document
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.work import Work


def read_period(text: str) -> Period:
    """A period as the user writes it; raises ``InputError``."""
    try:
        return Period.parse(text)
    except ValueError:
        raise InputError(
            f"时间段“{text}”无法识别。",
            "月份写作 2026-03，季度写作 2026-Q1，半年写作 2026-H1，全年写作 2026。",
        ) from None


class SummaryService:
    """Summaries of one library; ``clock`` tells the present time."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    def words(self, period: Period) -> SummaryWords:
        """The user's own words for the period; empty ones where nothing was written."""
        with self._library.reading() as work:
            return _words(work, period)

    def save_words(self, period: Period, words: SummaryWords) -> None:
        """Keep the user's own words."""
        with self._library.changing(Topic.SUMMARIES) as work:
            work.settings.put(_key(period), words.as_json())

    def figures(self, period: Period) -> Mapping[str, Figure]:
        """Every figure of the period with the ids of its records."""
        with self._library.reading() as work:
            facts = gather(work, self._clock().date())
        return figures(facts, period)

    def document(self, period: Period) -> Document:
        """The summary as it will print; raises ``InputError`` for a period yet to come."""
        if period.first > self._clock().date():
            raise InputError(f"{period.label}还没有到。", "请选择本月或以前的时间段。")
        with self._library.reading() as work:
            facts = gather(work, self._clock().date())
            words, before = _words(work, period), _words(work, period.previous())
        stamp = Stamp(None, self._clock(), facts.branch.sample)
        return compose_summary(facts, figures(facts, period), words, before, period, stamp)

    def preview(self, period: Period) -> bytes:
        """The summary as PDF."""
        return pdf_of(self.document(period))

    def export(
        self,
        period: Period,
        folder: Path,
        formats: Sequence[Format] = BOTH,
        *,
        force: bool = False,
    ) -> list[Path]:
        """Write the summary."""
        return write_document(self.document(period), folder, formats, force=force)


def figures_json(found: Mapping[str, Figure]) -> dict[str, Any]:
    """Figures as the contract writes them."""
    return {
        name: {"value": figure.value, "records": list(figure.records)}
        for name, figure in found.items()
    }


def _words(work: Work, period: Period) -> SummaryWords:
    return SummaryWords.from_json(work.settings.get(_key(period), {}))


def _key(period: Period) -> str:
    return f"summary/{period}"
