"""Talks of one library: between whom each was, and who still lacks one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.checks.talking import covered_in
from dangjian_desktop.domain.talks.coverage import Coverage, TalkKind, kinds_of
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.talks.talk import HeartTalk
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.gathering import bare
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk with its kinds."""

    talk: HeartTalk
    kinds: tuple[TalkKind, ...]

    @property
    def between(self) -> str:
        """支委与党员, 待明确."""
        return "、".join(kind.label for kind in self.kinds)


class TalkService(OfLibrary):
    """Asks about the talks of one library; ``clock`` tells the present time."""

    def rows(self, ids: Sequence[str]) -> Mapping[str, TalkRow]:
        """These talks, each with its kinds."""
        with self._library.reading() as work:
            found, roster = work.of(HEART_TALK.code).get(ids), work.roster()
            return {
                uid: TalkRow(talk, kinds_of(talk, roster.on(talk.day)))
                for uid, talk in found.items()
            }

    def coverage(self, year: int | None = None, as_of: date | None = None) -> Coverage:
        """Who has talked with whom in a year (the present one), as of its end or of the day."""
        with self._library.reading() as work:
            day = as_of or judged_day(work, self._clock().date())
            return covered_in(bare(work, day), year or day.year)

    def years(self) -> tuple[int, ...]:
        """The years that have talks, and the present one, the newest first."""
        with self._library.reading() as work:
            day = judged_day(work, self._clock().date())
            years = {t.day.year for t in work.every(HEART_TALK.code)}
            return tuple(sorted({*years, day.year}, reverse=True))
