"""Where a search looks: each kind of thing with how it is found, dated and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from typing import Protocol

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.levels import Level, Outlet, may_be_shown
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.identity import covered_ids
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.members.record import MEMBER
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers.hits import covers, open_words
from dangjian_desktop.services.library.snippets import Wanted
from dangjian_desktop.services.members.naming import named, sounding
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.summaries.words import all_words
from dangjian_desktop.storage.index import missing
from dangjian_desktop.storage.shared import searched
from dangjian_desktop.storage.work import Work

SUMMARY = "summary"
"""The type of a hit in the user's own words for a period, whose id is the period."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: ``type`` is member, meeting, project, summary or a ledger's code, ``date`` ISO
    text."""

    type: str
    id: str
    title: str
    date: str | None
    snippet: str


Head = tuple[str, date | None, str]
"""Title, day and the words before the snippet."""


class Source(Protocol):
    """One kind of thing that is searched."""

    @property
    def subject(self) -> str:
        """The type of its hits."""

    def found(self, wanted: str, most: int) -> tuple[list[str], int]:
        """The ids of the first that hold each word of the text, and how many there are."""

    def years(self) -> Mapping[str, int]:
        """The year in which each lies, by id; those of none are left out."""

    def hits(self, ids: Sequence[str], wanted: Wanted) -> Iterator[Hit]:
        """These as they are shown; what is gone is left out. Raises ``NotSo``."""


def sources(work: Work, today: date) -> Iterator[Source]:
    """Members, meetings, projects, ledgers and other kinds, then summaries."""
    yield _Members(work, today)
    yield _Records(work, MEETING.code, partial(_meetings, work))
    yield _Records(
        work, PROJECT.code, partial(_projects, work), partial(_open_texts, work, PROJECT)
    )
    further = work.kinds()
    declared = {record.code: record for record in all_declared(work)} if further else {}
    for kind in further:
        yield _kept(work, kind, declared.get(kind))
    yield _Summaries(work)


def alike(work: Work, today: date) -> Source:
    """Members whose name sounds like the text: where nothing holds it."""
    return _Members(work, today, sounding=True)


@dataclass(frozen=True, slots=True)
class _Members:
    work: Work
    today: date
    sounding: bool = False
    subject: str = MEMBER.code

    def found(self, wanted: str, most: int) -> tuple[list[str], int]:
        roster = self.work.roster()
        if self.sounding:
            worded = {member.id for member in sounding(roster, wanted)}
        else:
            worded = set(self.work.found(self.subject, wanted, len(roster))[0])
            worded |= {member.id for member in named(roster, wanted)}
        ids = [member.id for member in roster if member.id in worded]
        return ids[:most], len(ids)

    def years(self) -> Mapping[str, int]:
        return {}

    def hits(self, ids: Sequence[str], wanted: Wanted) -> Iterator[Hit]:
        known = {member.id: member for member in self.work.roster()}
        for member in (known[uid] for uid in ids if uid in known):
            told = [*_card(member, self.today)]
            texts = texts_of(searched(MEMBER, member, masked=False))
            stands = wanted.shown(fold(text) for text in texts if text != member.name)
            if stands and stands not in told:
                told.append(stands)
            yield Hit(self.subject, member.id, member.name, None, "　".join(told))


@dataclass(frozen=True, slots=True)
class _Records:
    """Records of one kind; ``heads`` gives of each title, day and the words before the snippet,
    which is taken from ``open_texts`` where not every word may be shown."""

    work: Work
    subject: str
    heads: Callable[[Sequence[str]], Mapping[str, Head]]
    open_texts: Callable[[str], Iterable[str]] | None = None

    def found(self, wanted: str, most: int) -> tuple[list[str], int]:
        return self.work.found(self.subject, wanted, most)

    def years(self) -> Mapping[str, int]:
        return self.work.years_of(self.subject)

    def hits(self, ids: Sequence[str], wanted: Wanted) -> Iterator[Hit]:
        heads = self.heads(ids)
        ids = [uid for uid in ids if uid in heads]
        # The title is the first text of a record of its own class: then no body is read.
        plain = self.subject in (MEETING.code, PROJECT.code)
        titled = {uid for uid in ids if plain and wanted.text in heads[uid][0]}
        texts = self.work.words(self.subject, (u for u in ids if u not in titled), wanted.text)
        for uid in ids:
            title, day, told = heads[uid]
            stands = wanted.around((title,) if uid in titled else texts.get(uid, ()))
            if self.open_texts and uid not in titled:
                stands = wanted.shown(self.open_texts(uid))
            said = "　".join(part for part in (told, stands or covered_ids(title)) if part)
            when = day.isoformat() if day else None
            yield Hit(self.subject, uid, covered_ids(title), when, said)


@dataclass(frozen=True, slots=True)
class _Summaries:
    """The user's own words for each period, by the period; they are few and in no index."""

    work: Work
    subject: str = SUMMARY

    def found(self, wanted: str, most: int) -> tuple[list[str], int]:
        words = wanted.split()
        told = self._texts()
        periods = [each for each in told if not missing("\n".join(told[each]), words)]
        periods.sort(key=lambda each: (each.last, each.length), reverse=True)
        return list(map(str, islice(periods, most))), len(periods)

    def years(self) -> Mapping[str, int]:
        return {str(period): period.year for period in self._texts()}

    def hits(self, ids: Sequence[str], wanted: Wanted) -> Iterator[Hit]:
        told = {str(period): (period, texts) for period, texts in self._texts().items()}
        for period, texts in (told[uid] for uid in ids if uid in told):
            title = f"{period.label}汇总"
            yield Hit(self.subject, str(period), title, None, wanted.around(texts))

    def _texts(self) -> Mapping[Period, Sequence[str]]:
        told = all_words(self.work).items()
        return {period: list(map(fold, texts_of(words))) for period, words in told}


def _card(member: Member, today: date) -> Iterator[str]:
    kind = member.kind_on(today)
    if kind is not None:
        yield kind.label
    yield from member.posts_on(today)
    if group := member.group_on(today):
        yield group


def _meetings(work: Work, ids: Sequence[str]) -> Mapping[str, Head]:
    kinds = kinds_of(work)
    return {
        uid: (title, day, "、".join(kind.short for kind in kinds.of(codes)))
        for uid, (title, day, codes) in work.heads(ids).items()
    }


def _projects(work: Work, ids: Sequence[str]) -> Mapping[str, Head]:
    rows = work.projects.rows(ids)
    return {
        uid: (row.title, row.start, "　".join(w for w in (row.category, row.state.label) if w))
        for uid, row in rows.items()
    }


def _kept(work: Work, kind: str, record: Record | None) -> _Records:
    """Records of the shared table, rows of ledgers among them; what is masked is found but not
    shown. What a library no longer declares is found all the same."""
    told = record.title if record is not None and record.of is None else ""
    shown = None
    if record is not None and covers(work, record):
        shown = partial(_open_texts, work, record)

    # A title is made of fields: where none of them may be seen, it says of what kind it is.
    bare = record is not None and not may_be_shown(Level(record.level), Outlet.SEARCH)

    def heads(ids: Sequence[str]) -> Mapping[str, Head]:
        rows = work.of(kind).rows(ids)
        return {
            uid: (told, row.day, "") if bare else (row.title, row.day, told)
            for uid, row in rows.items()
        }

    return _Records(work, kind, heads, shown)


def _open_texts(work: Work, record: Record, uid: str) -> Iterable[str]:
    if record.of is None:
        return open_words(work, record.code, uid)
    shown = searched(record, work.of(record.code).get([uid])[uid], masked=False)
    return map(fold, texts_of(shown))
