"""Talks of one library: between whom each was, and who still lacks one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from dangjian_desktop.domain.checks.talking import covered_in
from dangjian_desktop.domain.talks.coverage import Coverage, TalkKind, kinds_of
from dangjian_desktop.domain.talks.record import HEART_TALK
from dangjian_desktop.domain.talks.talk import HeartTalk, Occasion
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.checks.gathering import bare
from dangjian_desktop.services.judged import judged_day
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.storage.stored import StoredFilter


@dataclass(frozen=True, slots=True)
class TalkRow:
    """A talk with its kinds."""

    talk: HeartTalk
    kinds: tuple[TalkKind, ...]

    @property
    def between(self) -> str:
        """支委与党员, 待明确."""
        return "、".join(kind.label for kind in self.kinds)


@dataclass(frozen=True, slots=True)
class TalkOf:
    """A talk as one who took part has it: when, with whom and why, nothing of what was said."""

    id: str
    day: date
    others: tuple[str, ...]
    occasion: Occasion | None

    @property
    def words(self) -> str:
        """2026-03-05　与张三　年度谈心谈话."""
        why = "" if self.occasion is None else self.occasion.label
        parts = (self.day.isoformat(), f"与{'、'.join(self.others)}", why)
        return "　".join(filter(None, parts))


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

    def of_member(self, member_id: str) -> tuple[TalkOf, ...]:
        """The talks that the member took part in, the newest first."""
        with self._library.reading() as work:
            found = work.of(HEART_TALK.code).all(StoredFilter(member=member_id))
        took_part = ((talk, names) for talk in found if (names := _others(talk, member_id)))
        told = [TalkOf(talk.id, talk.day, names, talk.occasion) for talk, names in took_part]
        return tuple(sorted(told, key=lambda talk: talk.day, reverse=True))

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


def _others(talk: HeartTalk, member_id: str) -> tuple[str, ...]:
    """The side that the member is not on; nothing for who only follows it up."""
    sides = (talk.talkers, talk.partners), (talk.partners, talk.talkers)
    return tuple(
        person.name
        for own, other in sides
        if any(each.member_id == member_id for each in own)
        for person in other
    )
