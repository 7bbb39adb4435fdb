"""One search over everything: names (pinyin initials too), titles and texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.meetings.kinds import Kinds
from dangjian_desktop.domain.meetings.listing import SittingRow
from dangjian_desktop.domain.meetings.meeting import MeetingFilter
from dangjian_desktop.domain.members.member import Member, MemberFilter
from dangjian_desktop.domain.projects.listing import ProjectRow
from dangjian_desktop.domain.projects.project import ProjectFilter
from dangjian_desktop.domain.record import Record
from dangjian_desktop.domain.words import words_of
from dangjian_desktop.services.declared import all_declared
from dangjian_desktop.services.ledgers.hits import open_words
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.declaring import kinds_of
from dangjian_desktop.services.records.pinyin import matches
from dangjian_desktop.storage.shared import searched
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

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


class SearchService(OfLibrary):
    """The search of one library."""

    def find(self, text: str, limit: int = 50) -> tuple[list[Hit], int]:
        """The first hits and how many there are: members, meetings, projects, then ledgers,
        each newest first. No body is read."""
        wanted = fold(text).strip()
        if not wanted:
            return [], 0
        hits: list[Hit] = []
        total = 0
        with self._library.reading() as work:
            for count, found in _searches(work, wanted, self._clock().date()):
                total += count
                hits += islice(found, max(0, limit - len(hits)))
        return hits, total


def search_json(hits: list[Hit], total: int) -> dict[str, Any]:
    """The result of the contract."""
    return {"hits": [asdict(hit) for hit in hits], "total": total}


def _searches(work: Work, wanted: str, today: date) -> Iterator[Found]:
    yield _members(work, wanted, today)
    kinds = kinds_of(work)
    meetings, projects = MeetingFilter(text=wanted), ProjectFilter(text=wanted)
    yield _found(work, "meeting", meetings, wanted, lambda row: _meeting_card(row, kinds))
    yield _found(work, "project", projects, wanted, _project_card)
    declared = {record.code: record for record in all_declared(work)}
    for kind in work.kinds():
        yield _kept(work, kind, declared.get(kind), wanted)


def _members(work: Work, wanted: str, today: date) -> Found:
    worded = set(work.members.ids(MemberFilter(text=wanted)))
    members = [m for m in work.roster() if m.id in worded or matches(m, wanted)]
    hits = (Hit("member", m.id, m.name, None, "　".join(_card(m, today))) for m in members)
    return len(members), hits


def _found(
    work: Work,
    subject: str,
    narrow: Any,
    wanted: str,
    card: Callable[[Any], tuple[Any, str]],
    shown_words: Callable[[str], str] | None = None,
) -> Found:
    """Hits of one kind; ``card`` gives the day and the words before the snippet, which is taken
    from ``shown_words`` where not every word may be shown."""
    store = work.of(subject)
    uids = store.ids(narrow)

    def hits() -> Iterator[Hit]:
        for uid in uids:
            row = store.rows([uid])[uid]
            words = shown_words(uid) if shown_words else store.words([uid])[uid]
            day, told = card(row)
            snippet = _around(words.split("\n"), wanted) or row.title
            shown = "　".join(part for part in (told, snippet) if part)
            yield Hit(subject, uid, row.title, day and day.isoformat(), shown)

    return len(uids), hits()


def _card(member: Member, today: date) -> Iterator[str]:
    kind = member.kind_on(today)
    if kind is not None:
        yield kind.label
    yield from member.posts_on(today)
    if group := member.group_on(today):
        yield group


def _meeting_card(row: SittingRow, kinds: Kinds) -> tuple[date, str]:
    return row.date, "、".join(kind.short for kind in kinds.of(row.kinds))


def _project_card(row: ProjectRow) -> tuple[date | None, str]:
    return row.start, "　".join(word for word in (row.category, row.state.label) if word)


def _kept(work: Work, kind: str, record: Record | None, wanted: str) -> Found:
    """Records of the shared table, rows of ledgers among them; what is masked is found but not
    shown. What a library no longer declares is found all the same."""
    told = record.title if record is not None and record.of is None else ""
    shown = None
    if record is not None and any(field.masked for field in record.fields):
        shown = partial(_open_words, work, record)
    narrow = StoredFilter(text=wanted)
    return _found(work, kind, narrow, wanted, lambda row: (row.day, told), shown)


def _open_words(work: Work, record: Record, uid: str) -> str:
    if record.of is None:
        return open_words(work, record.code, uid)
    return words_of(searched(record, work.of(record.code).get([uid])[uid], masked=False))


def _around(texts: Iterable[str], wanted: str) -> str | None:
    """Where the text stands, with a little around it."""
    for text in texts:
        at = text.find(wanted)
        if at >= 0 and not _DATE.fullmatch(text):
            start, end = max(0, at - _AROUND), at + len(wanted) + _AROUND
            before, behind = "…" if start else "", "…" if end < len(text) else ""
            return before + text[start:end].replace("\n", " ") + behind
    return None
