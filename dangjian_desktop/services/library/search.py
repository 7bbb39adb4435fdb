"""One search over everything: names (pinyin initials too), titles and texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.meetings.record import MEETING
from dangjian_desktop.domain.members.member import Member
from dangjian_desktop.domain.projects.record import PROJECT
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.words import texts_of
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers.hits import covers, open_words
from dangjian_desktop.services.members.naming import named, sounding
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.storage.index import missing
from dangjian_desktop.storage.shared import searched
from dangjian_desktop.storage.work import Work

COUNTED = 200
"""Up to here the number of hits is told as exact."""
_AROUND = 18
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Hit:
    """One find: ``type`` is member, meeting, project or a ledger's code, ``date`` ISO text."""

    type: str
    id: str
    title: str
    date: str | None
    snippet: str


Found = tuple[int, Iterator[Hit]]
"""How many there are, and the hits themselves, made as they are asked for."""
Head = tuple[str, date | None, str]
"""Title, day and the words before the snippet."""


class _NotSo(Exception):  # noqa: N818 - nothing failed: the index told what no record holds
    """A record that the index named does not hold the text."""


class SearchService(OfLibrary):
    """The search of one library."""

    def find(self, text: str, limit: int = 50) -> tuple[list[Hit], int]:
        """The first hits and how many there are: members, meetings, projects, then ledgers,
        each newest first; where nothing holds the text, members whose name sounds so.
        Where the index cannot be trusted, the records themselves are read."""
        wanted = fold(text).strip()
        if not wanted:
            return [], 0
        with self._library.reading() as work:
            try:
                return self._find(work, wanted, limit)
            except _NotSo:
                work.doubt_index()
                return self._find(work, wanted, limit)

    def _find(self, work: Work, wanted: str, limit: int) -> tuple[list[Hit], int]:
        hits: list[Hit] = []
        total = 0
        for count, found in _searches(work, wanted, self._clock().date(), limit):
            total += count
            hits += islice(found, max(0, limit - len(hits)))
        if not total:
            alike = sounding(work.roster(), wanted)
            return [*islice(_of_members(alike, self._clock().date())[1], limit)], len(alike)
        return hits, total

    @property
    def indexed(self) -> bool:
        """Whether the index is asked, or all records are looked through until it is made anew."""
        with self._library.reading() as work:
            return work.behind is not None

    @property
    def far_behind(self) -> bool:
        """Whether the newest change here left the index so much that it should be tended now."""
        return self._library.far_behind

    def tend(self) -> bool:
        """One short step of bringing the index up to the records, or of making it anew; whether
        there is more to do. Nothing else changes, and of a library that is only read nothing."""
        return self._library.writable and self._library.tend_index()


def search_json(hits: list[Hit], total: int) -> dict[str, Any]:
    """The result of the contract."""
    name = "total" if total <= COUNTED else "total_at_least"
    return {"hits": [asdict(hit) for hit in hits], name: total}


def _searches(work: Work, wanted: str, today: date, limit: int) -> Iterator[Found]:
    yield _members(work, wanted, today)
    yield _found(work, MEETING.code, wanted, limit, partial(_meetings, work))
    yield _found(work, PROJECT.code, wanted, limit, partial(_projects, work))
    further = work.kinds()
    declared = {record.code: record for record in all_declared(work)} if further else {}
    for kind in further:
        yield _kept(work, kind, declared.get(kind), wanted, limit)


def _members(work: Work, wanted: str, today: date) -> Found:
    roster = work.roster()
    worded = set(work.found("member", wanted, len(roster))[0])
    worded |= {member.id for member in named(roster, wanted)}
    return _of_members([member for member in roster if member.id in worded], today)


def _of_members(members: Sequence[Member], today: date) -> Found:
    hits = (Hit("member", m.id, m.name, None, "　".join(_card(m, today))) for m in members)
    return len(members), hits


def _found(
    work: Work,
    subject: str,
    wanted: str,
    limit: int,
    heads: Callable[[Sequence[str]], Mapping[str, Head]],
    shown_words: Callable[[str], Iterable[str]] | None = None,
) -> Found:
    """Hits of one kind; ``heads`` gives of each title, day and the words before the snippet,
    which is taken from ``shown_words`` where not every word may be shown."""
    uids, many = work.found(subject, wanted, limit)

    def hits() -> Iterator[Hit]:
        shown = heads(uids)
        # The title is the first text of a record of its own class: then no body is read.
        plain = subject in (MEETING.code, PROJECT.code)
        titled = {uid for uid in uids if plain and wanted in shown[uid][0]}
        texts = work.words(subject, (uid for uid in uids if uid not in titled), wanted)
        for uid in uids:
            title, day, told = shown[uid]
            stands = _stands((title,) if uid in titled else texts.get(uid, ()), wanted)
            if shown_words:
                stands = _first(shown_words(uid), wanted)
            said = "　".join(part for part in (told, stands or title) if part)
            yield Hit(subject, uid, title, day.isoformat() if day else None, said)

    return many, hits()


def _card(member: Member, today: date) -> Iterator[str]:
    kind = member.kind_on(today)
    if kind is not None:
        yield kind.label
    yield from member.posts_on(today)
    if group := member.group_on(today):
        yield group


def _meetings(work: Work, uids: Sequence[str]) -> Mapping[str, Head]:
    kinds = kinds_of(work)
    return {
        uid: (title, day, "、".join(kind.short for kind in kinds.of(codes)))
        for uid, (title, day, codes) in work.heads(uids).items()
    }


def _projects(work: Work, uids: Sequence[str]) -> Mapping[str, Head]:
    rows = work.projects.rows(uids)
    return {
        uid: (row.title, row.start, "　".join(w for w in (row.category, row.state.label) if w))
        for uid, row in rows.items()
    }


def _kept(work: Work, kind: str, record: Record | None, wanted: str, limit: int) -> Found:
    """Records of the shared table, rows of ledgers among them; what is masked is found but not
    shown. What a library no longer declares is found all the same."""
    told = record.title if record is not None and record.of is None else ""
    shown = None
    if record is not None and covers(work, record):
        shown = partial(_open_words, work, record)

    def heads(uids: Sequence[str]) -> Mapping[str, Head]:
        return {uid: (row.title, row.day, told) for uid, row in work.of(kind).rows(uids).items()}

    return _found(work, kind, wanted, limit, heads, shown)


def _open_words(work: Work, record: Record, uid: str) -> Iterable[str]:
    if record.of is None:
        return open_words(work, record.code, uid)
    shown = searched(record, work.of(record.code).get([uid])[uid], masked=False)
    return map(fold, texts_of(shown))


def _stands(texts: Iterable[str], wanted: str) -> str:
    """What stands around the first place in the texts; empty where it stands in none as a whole.
    Raises where a word of it stands nowhere."""
    looked: list[str] = []
    for text in texts:
        if around := _around(text, wanted):
            return around
        looked.append(text)
    if missing("\n".join(looked), wanted.split()):
        raise _NotSo
    return ""


def _first(texts: Iterable[str], wanted: str) -> str:
    return next(filter(None, (_around(text, wanted) for text in texts)), "")


def _around(text: str, wanted: str) -> str:
    """Where it stands in a text, with a little around; empty where it does not, or in a day."""
    for line in text.split("\n") if wanted in text else ():
        at = line.find(wanted)
        if at >= 0 and not _DATE.fullmatch(line):
            start, end = max(0, at - _AROUND), at + len(wanted) + _AROUND
            before, behind = "…" if start else "", "…" if end < len(line) else ""
            return before + line[start:end] + behind
    return ""
