"""The user's own words for a period, as they are kept among the settings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.storage.work import Work

_KEPT = "summary/"


def words_of(work: Work, period: Period) -> SummaryWords:
    """The user's own words for the period; empty ones where nothing was written."""
    return SummaryWords.from_json(work.settings.get(words_key(period), {}))


def words_key(period: Period) -> str:
    """Where they are kept among the settings."""
    return f"{_KEPT}{period}"


def all_words(work: Work) -> Mapping[Period, SummaryWords]:
    """The user's own words for every period; a setting of no period is left out."""
    found = {}
    for name, kept in work.settings_under(_KEPT).items():
        with suppress(ValueError):
            found[Period.parse(name)] = SummaryWords.from_json(kept)
    return found
