"""One store for every kind of record; a ``Keeping`` tells it what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Table, select

from dangjian_desktop.storage.chain import chained
from dangjian_desktop.storage.file.failures import stale
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.drafts import DraftStore
from dangjian_desktop.storage.records.journal import Journal
from dangjian_desktop.storage.records.keeping import (
    Conditions,
    F,
    Index,
    Keeping,
    Line,
    R,
    Rows,
    T,
    among,
    columns_below,
    in_bin,
    in_parts,
    touch,
)
from dangjian_desktop.storage.records.records import from_json
from dangjian_desktop.storage.records.revisions import Revision, RevisionStore
from dangjian_desktop.storage.records.sums import row_sums
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.rows import Names, add_rows, add_values, change_rows, drop_rows
from dangjian_desktop.storage.seen import seen_in
from dangjian_desktop.storage.tables import DELETED, record_file

L = TypeVar("L", bound=Line)
Read = Callable[[Connection, Conditions], Sequence[L]]


class RecordStore(Generic[T, F, R]):
    """Records by UUID. Every save appends a revision; nothing is deleted outright."""

    def __init__(self, connection: Connection, keeping: Keeping[T, F, R], index: Index) -> None:
        self.keeping = keeping
        self._index = index
        self._connection = connection
        self._revisions = RevisionStore(connection)
        self._journal = Journal(connection)
        self._drafts = DraftStore(connection)
        self._uid: ColumnElement[str] = keeping.table.c.uid

    @property
    def subject(self) -> str:
        """The word for these records in revisions, journal and drafts."""
        return self.keeping.subject

    def ids(self, wanted: F | None = None) -> list[str]:
        """Matching UUIDs in the order of a list; cheap enough to hold for a whole table."""
        return self._uids(*self._narrowed(wanted))

    def listed(self, wanted: F | None = None) -> tuple[R, ...]:
        """The lines of the matching records in the order of ``ids``; no body is read."""
        return tuple(self.keeping.lines(self._connection, self._narrowed(wanted)))

    def rows(self, uids: Iterable[str]) -> dict[str, R]:
        """The lines of these records by UUID, in the order asked; what is gone is left out."""
        return self._each(self.keeping.lines, uids)

    def get(self, uids: Iterable[str]) -> dict[str, T]:
        """The records by UUID, in the order asked, also from the bin; what is gone is left out.
        Where it is only one, raises ``StaleError`` as ``one`` does."""
        wanted = list(uids)
        if len(wanted) > 1:
            found = self._each(self.keeping.loaded, wanted)
            if len(found) > 1:
                return found
            wanted = list(found)
        return {uid: record for uid in wanted if (record := self.one(uid)) is not None}

    def one(self, uid: str) -> T | None:
        """The record of this UUID, also from the bin; raises ``StaleError`` where it is not what
        its checksum tells."""
        keeping, again = self.keeping, self.keeping.again
        load = partial(self._each, keeping.loaded, [uid])
        for _uid, stored, true in row_sums(self._connection, keeping.sheet, [uid]):
            seen = seen_in(self._connection) if again and stored == true else None
            found = seen.once(keeping.subject, uid, true, load) if seen else load().get(uid)
            if found is not None and stored != true:
                raise stale(keeping.called, uid)
            return again(found) if seen and again and found is not None else found
        return None

    def all(self, wanted: F | None = None) -> tuple[T, ...]:
        """The matching records, whole."""
        return tuple(self.keeping.loaded(self._connection, self._narrowed(wanted)))

    def words(self, uids: Iterable[str]) -> dict[str, Iterator[str]]:
        """The title, then the texts by which these records are found, by UUID; made as they are
        asked for."""
        return dict(self._index.texts_of(self._connection, self.keeping, uids))

    def years(self) -> tuple[int, ...]:
        """The years in which records lie, newest first."""
        return tuple(sorted(set(self.keeping.years(self._connection)), reverse=True))

    def same(self, record: T) -> str | None:
        """The UUID of the stored record that means the same as this one, whatever its UUID."""
        return self.keeping.same(self._connection, record)

    def relying_on(self, member_uid: str) -> tuple[str, ...]:
        """UUIDs of the records that name the member."""
        return tuple(self._uids(self.keeping.names(member_uid)))

    def linked_to(self, subject: str, uid: str) -> tuple[str, ...]:
        """UUIDs of the records, not from the bin, that are linked to another record."""
        there = in_bin(self.keeping.table, False)
        return tuple(self._uids(self.keeping.links(subject, uid), there))

    def save(self, record: T, *, reason: str = "") -> T:
        """Insert or change the record of this UUID, append a revision, drop its draft.

        The same content again changes nothing. Raises ``KeyError`` when it names another record
        by a UUID that is not stored.
        """
        stored = self.one(record.id)
        ready = record if stored is None else self.keeping.settled(record, stored)
        text = self.keeping.text
        before, after = None if stored is None else text(stored), text(ready)
        if before != after:
            with chained(self._connection, self.subject, self.keeping.table, ready.id, after):
                self._revisions.add(self.subject, ready.id, before, after, reason)
                self._put(ready, stored, reason)
            done = "删除" if ready.deleted else "保存"
            self._journal.add(f"{done}{self.keeping.called}", self.subject, ready.id)
        self._drafts.drop(self.subject, ready.id)
        return ready

    def mark_deleted(self, uid: str, *, reason: str = "") -> None:
        """Put the record in the bin; raises ``KeyError`` for one that is not stored."""
        self._mark(uid, True, reason or DELETED)

    def unmark(self, uid: str) -> None:
        """Take the record out of the bin."""
        self._mark(uid, False, "恢复")

    def revision_number(self, uid: str) -> int:
        """How many different states were saved; 0 for a record that is not stored."""
        return self._revisions.number(self.subject, uid)

    def revisions(self, uid: str) -> tuple[Revision, ...]:
        """Every saved state, oldest first: when and why."""
        return self._revisions.all(self.subject, uid)

    def content_of(self, uid: str, number: int) -> str:
        """A saved state as JSON; raises ``KeyError`` and ``StaleError``."""
        return self._revisions.content_of(
            self.subject, uid, number, lambda: self.keeping.text(self.get([uid])[uid])
        )

    def version(self, uid: str, number: int) -> T:
        """A saved state as a record; raises ``KeyError``, ``StaleError``, ``ValueError``."""
        return from_json(self.keeping.of, self.content_of(uid, number))

    def loose(self) -> list[str]:
        """UUIDs of the records whose history is kept as version 0.1.0 did."""
        return self._revisions.loose(self.subject)

    def pack(self, uid: str) -> int:
        """Let the history of the record take less room; how many states were packed."""
        texts = map(self.keeping.text, self.keeping.loaded(self._connection, self._of([uid])))
        return sum(self._revisions.pack(self.subject, uid, text) for text in texts)

    def retell(self) -> None:
        """Their declaration changed: they are found by other words now."""
        self._index.retell(self._connection, self.keeping)

    def _mark(self, uid: str, deleted: bool, reason: str) -> None:
        record: Any = self.get([uid])[uid]
        self.save(cast("T", replace(record, deleted=deleted)), reason=reason)

    def _each(self, read: Read[L], uids: Iterable[str]) -> dict[str, L]:
        wanted = list(uids)
        parts = in_parts(wanted)
        found = {each.id: each for p in parts for each in read(self._connection, self._of(p))}
        return {uid: found[uid] for uid in wanted if uid in found}

    def _narrowed(self, wanted: F | None) -> list[ColumnElement[bool]]:
        asked = getattr(wanted, "text", "")
        text = self._index.found(self._connection, self.keeping, asked) if asked else ()
        return [*self.keeping.own, *self.keeping.narrow(wanted), *text]

    def _of(self, uids: list[str]) -> list[ColumnElement[bool]]:
        return [*self.keeping.own, among(self._uid, uids)]

    def _uids(self, *conditions: ColumnElement[bool]) -> list[str]:
        query = select(self._uid).where(*self.keeping.own, *conditions)
        return list(self._connection.scalars(query.order_by(*self.keeping.order)).all())

    def _put(self, record: T, stored: T | None, reason: str) -> None:
        """Write what differs from the rows of the stored one."""
        table, at = self.keeping.table, stamp()
        touch(self._connection, self.keeping, [record, *([] if stored is None else [stored])])
        row = self.keeping.columns(record) | {"updated_at": at}
        row["deleted_at"] = (self._deleted_at(record.id) or at) if record.deleted else None
        row["deleted_reason"] = reason if record.deleted else None
        if stored is None:
            add_rows(self._connection, table, [row | {"uid": record.id}])
        else:
            change_rows(self._connection, table, row, {"uid": record.id})
        self._put_children(record, stored)
        self._index.seal(self._connection, self.keeping, [record.id])

    def _deleted_at(self, uid: str) -> str | None:
        mark = select(self.keeping.table.c.deleted_at).where(self._uid == uid)
        return self._connection.scalar(mark)

    def _put_children(self, record: T, stored: T | None) -> None:
        table, ids = self.keeping.table, RowIds(self._connection)
        before = {} if stored is None else self.keeping.children(ids, stored)
        for child, rows in self.keeping.children(ids, record).items():
            if rows != before.get(child, ()):
                own = {f"{table.name}_id": ids.of(table, [record.id])[record.id]}
                self._replace(child, own, columns_below(table, child), rows)
        files = [*self.keeping.files(record)]
        had = () if stored is None else self.keeping.files(stored)
        if files or had:
            named = {"subject": self.subject, "uid": record.id}
            self._replace(record_file, named, ("field", "attachment"), files)

    def _replace(self, table: Table, own: dict[str, Any], names: Names, rows: Rows) -> None:
        drop_rows(self._connection, table, own)
        values = [(*own.values(), *row) for row in rows]
        add_values(self._connection, table, (*own, *names), values)
