"""Append-only history: what a record looked like at every save.

The newest state is the record itself and is kept nowhere else. When the record changes, the state
it had is written into its revision, as what differs from the state after it (``deltas``); every
twentieth whole. Revisions of version 0.1.0 hold their text in ``content`` and stay as they are.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, select

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.failures import StaleError
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.deltas import delta, restored
from dangjian_desktop.storage.records.sums import text_sum
from dangjian_desktop.storage.rows import add_rows, change_rows
from dangjian_desktop.storage.tables import revision

WHOLE_EVERY = 20


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state; ``number`` counts from 1. What it held is asked of ``content_of``."""

    subject: str
    uid: str
    number: int
    saved_at: str
    reason: str


class RevisionStore:
    """Revisions of records, told apart by subject (member, meeting, a ledger's code) and UUID."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def number(self, subject: str, uid: str) -> int:
        """The newest number; 0 for a record never saved."""
        query = "SELECT max(number) FROM revision WHERE subject = ? AND uid = ?"
        return self._connection.exec_driver_sql(query, (subject, uid)).scalar() or 0

    def add(self, subject: str, uid: str, before: str | None, after: str, reason: str) -> int:
        """Append a state to that ``before`` it, which becomes an old one; the new number."""
        newest = self.number(subject, uid)
        if newest and before is not None:
            self._keep(subject, uid, newest, before, after)
        row = {"subject": subject, "uid": uid, "number": newest + 1, "content": ""}
        add_rows(self._connection, revision, [{**row, "saved_at": stamp(), "reason": reason}])
        return newest + 1

    def retell(self, subject: str, uid: str, before: str, after: str) -> None:
        """Another text tells the newest state: what is kept as differing from it is kept anew."""
        query = select(revision).where(*_of(subject, uid)).order_by(revision.c.number.desc())
        rows = self._connection.execute(query.limit(2)).all()
        for row, (n, text) in zip(rows, _texts(rows, lambda: before), strict=True):
            if text is not None and not _stands_alone(row):
                change_rows(self._connection, revision, _differing(n, text, after), {"id": row.id})

    def all(self, subject: str, uid: str) -> tuple[Revision, ...]:
        """Every state, oldest first."""
        columns = [revision.c[name] for name in Revision.__slots__]
        query = select(*columns).where(*_of(subject, uid)).order_by(revision.c.number)
        return tuple(Revision(*row) for row in self._connection.execute(query))

    def content_of(self, subject: str, uid: str, number: int, present: Callable[[], str]) -> str:
        """The text of one state; ``present`` gives that of the record as it is now.

        Raises ``KeyError`` for a state that was never saved, ``StaleError`` for one that is not
        what was stored.
        """
        query = select(revision).where(*_of(subject, uid), revision.c.number >= number)
        rows = self._connection.execute(
            query.order_by(revision.c.number).limit(WHOLE_EVERY + 1)
        ).all()
        if not rows or rows[0].number != number:
            raise KeyError(number)
        last = next((place for place, row in enumerate(rows) if _stands_alone(row)), len(rows) - 1)
        text = dict(_texts(rows[last::-1], present))[number]
        if text is None:
            raise StaleError(
                f"记录{uid}的第{number}次保存与保存时的内容不一致，不能读取。",
                "现在的记录不受影响；要看这次保存的内容，请打开较早的备份。",
            )
        return text

    def every(
        self, subject: str, present: Mapping[str, str]
    ) -> Iterator[tuple[str, int, str | None]]:
        """UUID, number and text of every state of these records; no text where it is damaged.

        ``present`` are the texts of the records as they are now.
        """
        query = select(revision).where(revision.c.subject == subject, revision.c.uid.in_(present))
        found = self._connection.execute(query.order_by(revision.c.uid, revision.c.number.desc()))
        for uid, rows in groupby(found, lambda row: row.uid):
            for number, text in _texts(rows, partial(present.__getitem__, uid)):
                yield uid, number, text

    def loose(self, subject: str) -> list[str]:
        """UUIDs of the records with states that are kept whole, as version 0.1.0 did."""
        own = revision.c
        query = select(own.uid).where(own.subject == subject, own.content != "")
        return list(self._connection.scalars(query.distinct().order_by(revision.c.uid)))

    def pack(self, subject: str, uid: str, present: str) -> int:
        """Keep such states as what differs from the next; how many. One that is damaged stays."""
        query = select(revision).where(*_of(subject, uid)).order_by(revision.c.number.desc())
        rows = self._connection.execute(query).all()
        texts = dict(_texts(rows, lambda: present))
        packed, newer = 0, None
        for row in rows:
            text = texts[row.number]
            if row.content and text is not None:
                kept = _packed(row.number, text, newer, row is rows[0] and text == present)
                change_rows(self._connection, revision, kept, {"id": row.id})
                packed += 1
            newer = text
        again = self._connection.execute(query).all()
        if dict(_texts(again, lambda: present)) != texts:
            raise RuntimeError(uid)
        return packed

    def _keep(self, subject: str, uid: str, number: int, old: str, new: str) -> None:
        kept = _differing(number, old, new)
        # One that holds its text already (of 0.1.0) stays as it is.
        own = {"subject": subject, "uid": uid, "number": number, "content": "", "delta": None}
        change_rows(self._connection, revision, kept, own)


def _packed(number: int, text: str, newer: str | None, is_present: bool) -> dict[str, Any]:
    if is_present:
        return {"content": "", "delta": None, "whole": None, "checksum": None}
    return _differing(number, text, newer) | {"content": ""}


def _differing(number: int, old: str, new: str | None) -> dict[str, Any]:
    """The old text as what differs from the new one; every twentieth whole, and where there is
    none to differ from."""
    if number % WHOLE_EVERY and new is not None:
        kept = {"delta": delta(old.encode(), new.encode()), "whole": 0}
    else:
        kept = {"delta": zlib.compress(old.encode(), 9), "whole": 1}
    return {"checksum": text_sum(old), **kept}


def _of(subject: str, uid: str) -> tuple[Any, Any]:
    return revision.c.subject == subject, revision.c.uid == uid


def _stands_alone(row: Row[Any]) -> bool:
    return bool(row.content) or row.delta is None or bool(row.whole)


def _texts(
    newest_first: Iterable[Row[Any]], present: Callable[[], str]
) -> Iterator[tuple[int, str | None]]:
    """Number and text of each state; none for one that is not what was stored."""
    newer: bytes | None = None
    for row in newest_first:
        try:
            newer = _alone(row, present) if _stands_alone(row) else restored(row.delta, newer)
            text = newer.decode()
        except (zlib.error, ValueError, TypeError):
            newer = None
            yield row.number, None
        else:
            whole = row.checksum in (None, text_sum(text))
            yield row.number, text if whole else None


def _alone(row: Row[Any], present: Callable[[], str]) -> bytes:
    if row.content:
        return bytes(row.content.encode())
    return present().encode() if row.delta is None else zlib.decompress(row.delta)
