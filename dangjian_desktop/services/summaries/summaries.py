"""Summaries of a month, quarter, half-year or year: figures, the user's words, the paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dangjian_desktop.domain.checks.facts import Facts
from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.summaries.counting import (
    Fulfilment,
    cutoff,
    fulfilment,
    gap_words,
)
from dangjian_desktop.domain.summaries.figure import Figure
from dangjian_desktop.domain.summaries.gathered import Note, unsolved
from dangjian_desktop.domain.summaries.summaries import SummaryWords
from dangjian_desktop.domain.texts import clean
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import InputError
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.papers.stamp import Stamp
from dangjian_desktop.papers.summaries.work import PeriodWords, period_words
from dangjian_desktop.services.ledgers.catalogue import code_of
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.stamping import stamped
from dangjian_desktop.services.summaries.counted import counted, figures_in
from dangjian_desktop.services.summaries.sending import SentSummary, versions_of
from dangjian_desktop.services.summaries.words import words_key, words_of
from dangjian_desktop.storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheld:
    """A kind of meeting of which fewer were held than due; ``open`` while there is still time.

    ``title`` names the periods and party groups for which none is recorded.
    """

    code: str
    title: str
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySheet:
    """All that the window shows of one period: what people wrote, and what was counted.

    ``plans_before`` are the plans written for the period before, ``problems_before`` the problems
    of earlier periods of which none before this one says how they were solved; ``unheld`` are the
    kinds for which a reason may be given. ``said`` has the words for it (本月, 上月, 下月).
    ``people`` are names with initials and pinyin of the members at its end; ``sent`` are the
    versions that were sent, oldest first.
    """

    period: Period
    said: PeriodWords
    words: SummaryWords
    plans_before: tuple[str, ...]
    problems_before: tuple[Note, ...]
    unheld: tuple[Unheld, ...]
    figures: Mapping[str, Figure]
    people: tuple[tuple[str, str, str], ...]
    sent: tuple[SentSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record behind a number: ``place`` is where the window shows its kind, ``day`` as it is
    known; ``ledger`` is the code of the ledger whose row it is."""

    uid: str
    place: str
    title: str
    day: str
    ledger: str = ""

    @property
    def target(self) -> str:
        """What its place knows it by."""
        return f"{self.ledger}/{self.uid}" if self.ledger else self.uid


MEETINGS, MEMBERS, PROJECTS, LEDGERS = "meetings", "members", "projects", "ledgers"


def read_period(text: str) -> Period:
    """A period as the user writes it; raises ``InputError``."""
    try:
        return Period.parse(text)
    except ValueError:
        raise InputError(
            f"时间段“{text}”无法识别。",
            "月份写作 2026-03，季度写作 2026-Q1，半年写作 2026-H1，全年写作 2026。",
        ) from None


class SummaryService(OfLibrary):
    """Summaries of one library; ``clock`` tells the present time."""

    def words(self, period: Period) -> SummaryWords:
        """The user's own words for the period; empty ones where nothing was written."""
        with self._library.reading() as work:
            return words_of(work, period)

    def save_words(self, period: Period, words: SummaryWords) -> SummaryWords:
        """Keep the user's own words, without characters that no paper can print; as kept."""
        kept = _cleaned(words)
        with self._library.changing(Topic.SUMMARIES) as work:
            work.settings.put(words_key(period), kept.as_json())
        return kept

    def figures(self, period: Period) -> Mapping[str, Figure]:
        """Every figure of the period with the ids of its records."""
        with self._library.reading() as work:
            return figures_in(work, period, self._clock().date())

    def newest(self, length: int = 1) -> Period:
        """The newest period of so many months that has meetings, or the present one."""
        today = self._clock().date()
        with self._library.reading() as work:
            ids = work.meetings.ids(MeetingFilter(last=today))
            found = work.meetings.get(ids[:1])
        day = next((meeting.date for meeting in found.values()), today)
        return Period.around(day, length)

    def sheet(self, period: Period) -> SummarySheet:
        """Words and figures of the period, read in one moment."""
        with self._library.reading() as work:
            found = counted(work, period, self._clock().date(), self._stamp(work))
            sent = versions_of(work, period, found.figures, found.words)
        facts, words = found.facts, found.words
        return SummarySheet(
            period=period,
            said=period_words(period),
            words=words,
            plans_before=found.before.plans,
            problems_before=unsolved(period, found.gathered.said),
            unheld=_unheld(facts, words, period),
            figures=found.figures,
            people=tuple(
                (m.name, m.initials, m.sort_key)
                for m in facts.roll(cutoff(period, facts.today)).members
            ),
            sent=sent,
        )

    def records(self, ids: Sequence[str]) -> tuple[RecordLine, ...]:
        """The records of these ids, in this order, without what is gone."""
        with self._library.reading() as work:
            meetings, members = work.meetings.get(ids), work.members.get(ids)
            projects = work.projects.get(ids)
            rows = [
                RecordLine(row.id, LEDGERS, row.title, str(row.day or ""), code)
                for kind in work.kinds()
                if (code := code_of(kind)) is not None
                for row in work.of(kind).rows(ids).values()
            ]
        lines = {
            uid: RecordLine(uid, MEETINGS, found.title, found.date.isoformat())
            for uid, found in meetings.items()
            if not found.deleted
        }
        lines |= {row.uid: row for row in rows}
        for uid, member in members.items():
            lines[uid] = RecordLine(uid, MEMBERS, member.name, str(member.join_date or ""))
        for uid, project in projects.items():
            lines[uid] = RecordLine(uid, PROJECTS, project.title, str(project.start or ""))
        return tuple(lines[uid] for uid in ids if uid in lines)

    def _stamp(self, work: Work) -> Stamp:
        return stamped(work, None, self._clock())


def figures_json(found: Mapping[str, Figure]) -> dict[str, Any]:
    """Figures as the contract writes them."""
    return {
        name: {"value": figure.value, "records": list(figure.records)}
        for name, figure in found.items()
    }


def _cleaned(words: SummaryWords) -> SummaryWords:
    def several(texts: Mapping[str, str]) -> dict[str, str]:
        return {name: clean(text, multiline=True)[0] for name, text in texts.items()}

    def each(texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(filter(None, (clean(text)[0] for text in texts)))

    return SummaryWords(
        work=several(words.work),
        problems=each(words.problems),
        plans=each(words.plans),
        plan_results=several(words.plan_results),
        solved=several(words.solved),
        reasons=several(words.reasons),
        filled_by=clean(words.filled_by)[0],
        reviewed_by=clean(words.reviewed_by)[0],
    )


def _unheld(facts: Facts, words: SummaryWords, period: Period) -> tuple[Unheld, ...]:
    """Kinds that fell short, those without a sitting that may still come, those with a reason."""
    found = []
    held = {code for m in facts.held() if m.date in period for code in m.kinds}
    for kind in facts.kinds:
        state = fulfilment(facts, period, kind)
        waiting = state is Fulfilment.OPEN and kind.code not in held
        if state is Fulfilment.SHORT or waiting or words.reasons.get(kind.code):
            lacking = gap_words(facts, period, kind)
            title = f"{kind.short}（{lacking}）" if lacking else kind.short
            found.append(Unheld(code=kind.code, title=title, open=waiting))
    return tuple(found)
