"""The user's own words for a period, as they are kept among the settings."""

from __future__ import annotations

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.storage.work import Work


def words_of(work: Work, period: Period) -> SummaryWords:
    """The user's own words for the period; empty ones where nothing was written."""
    return SummaryWords.from_json(work.settings.get(words_key(period), {}))


def words_key(period: Period) -> str:
    """Where they are kept among the settings."""
    return f"summary/{period}"
