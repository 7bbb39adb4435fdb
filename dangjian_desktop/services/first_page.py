"""What the first page asks beside the check; nothing here is heavy to import."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.services.ledgers.catalogue import code_of
from dangjian_desktop.services.library.beginning import Step, open_steps
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.summaries.words import words_of


class FirstPageService(OfLibrary):
    """A few small answers about one library."""

    def branch(self) -> str:
        """The short name of the branch today."""
        with self._library.reading() as work:
            return work.branch.get().on(self._clock().date()).short

    def steps(self) -> tuple[Step, ...]:
        """The first steps in a new library that are not done."""
        with self._library.reading() as work:
            return tuple(open_steps(work))

    def begun(self, day: date) -> date | None:
        """The day of the first sitting that took place by then; nothing is owed before its
        month."""
        with self._library.reading() as work:
            return work.first_held(day)

    def written(self, period: Period) -> bool:
        """Whether the user has written anything for the summary of the period."""
        with self._library.reading() as work:
            return words_of(work, period) != SummaryWords()

    def kinds(self) -> Kinds:
        """All kinds of meeting of the library."""
        with self._library.reading() as work:
            return kinds_of(work)

    def heads(self, ids: Sequence[str]) -> Mapping[str, tuple[str, date, list[str]]]:
        """Title, day and kinds of those that are meetings."""
        with self._library.reading() as work:
            return work.heads(ids)

    def projects(self, ids: Sequence[str]) -> Collection[str]:
        """Those that are projects."""
        with self._library.reading() as work:
            return work.projects.rows(ids)

    def ledger_rows(self, ids: Sequence[str]) -> Mapping[str, str]:
        """Those that are rows of a ledger, with what their place knows them by."""
        with self._library.reading() as work:
            return {
                row.id: f"{code}/{row.id}"
                for kind in (work.kinds() if ids else ())
                if (code := code_of(kind)) is not None
                for row in work.of(kind).rows(ids).values()
            }
