"""What a user does with the rows of ledgers; for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from dangjian_desktop.domain.dates import Period
from dangjian_desktop.domain.ledgers.ledger import NOTE, Ledger
from dangjian_desktop.domain.ledgers.rows import LedgerRow, plain_value
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import value_text
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError, Issue
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import (
    LedgerEntry,
    entries,
    entry_of,
    kind_of,
    ledger_of,
)
from dangjian_desktop.services.ledgers.links import titles_of
from dangjian_desktop.services.ledgers.reading import RowReader
from dangjian_desktop.storage.library import Library
from dangjian_desktop.storage.stored import StoredFilter, StoredRow
from dangjian_desktop.storage.work import Work

__all__ = ["LedgerEntry", "LedgerService", "RowFilter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFilter:
    """Which rows are wanted; everything left out narrows nothing.

    ``period`` and ``year`` look at the day of a row; ``member`` is an id; ``text`` looks into
    every text; ``deleted`` asks for the bin.
    """

    period: Period | None = None
    year: int | None = None
    member: str | None = None
    text: str = ""
    deleted: bool = False

    def stored(self) -> StoredFilter:
        """The same for the store."""
        period = self.period
        return StoredFilter(
            first=None if period is None else period.first,
            last=None if period is None else period.last,
            year=self.year,
            member=self.member,
            text=self.text,
            deleted=self.deleted,
        )


class LedgerService:
    """Ledgers and their rows in one library; ``clock`` tells the present time.

    Every method that takes a ``code`` raises ``InputError`` for an unknown one.
    """

    def __init__(self, library: Library, clock: Callable[[], datetime] = datetime.now) -> None:
        self._library = library
        self._clock = clock

    # ---- ledgers ----

    def all(self) -> tuple[LedgerEntry, ...]:
        """Every ledger by section, also those that are not shown."""
        with self._library.reading() as work:
            return entries(work)

    def one_ledger(self, code: str) -> LedgerEntry:
        """One ledger with what the branch made of it."""
        with self._library.reading() as work:
            return entry_of(work, code)

    def counts(self) -> Mapping[str, int]:
        """How many rows each ledger has, by code; no row is read."""
        with self._library.reading() as work:
            found = work.counts()
            codes = [entry.ledger.code for entry in entries(work)]
        return {code: found.get(kind_of(code), 0) for code in codes}

    def blocked(self, code: str) -> str | None:
        """Why no row can be entered (sensitive without a password, newer); None when it can."""
        try:
            keeping.require_open(self._library.path, self.one_ledger(code).ledger)
        except BlockedError as error:
            return error.message
        return None

    # ---- rows: looking ----

    def find(self, code: str, wanted: RowFilter | None = None) -> list[str]:
        """Ids of the matching rows, the newest day first; cheap for thousands of rows."""
        with self._library.reading() as work:
            ledger_of(work, code)
            return keeping.store_of(work, code).ids((wanted or RowFilter()).stored())

    def listed(self, code: str, wanted: RowFilter | None = None) -> tuple[StoredRow, ...]:
        """Title, day and period of the matching rows in the order of ``find``; no body is read."""
        with self._library.reading() as work:
            ledger_of(work, code)
            return keeping.store_of(work, code).listed((wanted or RowFilter()).stored())

    def get(self, code: str, ids: Sequence[str]) -> Mapping[str, LedgerRow]:
        """Rows by id, also from the bin, for a table that asks when it draws."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            found = keeping.store_of(work, code).get(ids)
            return {uid: keeping.loaded(ledger, kept) for uid, kept in found.items()}

    def shown(self, code: str, ids: Sequence[str], names: Sequence[str]) -> dict[str, LedgerRow]:
        """Rows by id with these fields only, for a table that asks when it draws."""
        with self._library.reading() as work:
            found = keeping.partly(work, ledger_of(work, code), names, ids)
            return {row.id: row for row in found}

    def rows(self, code: str, wanted: RowFilter | None = None) -> tuple[LedgerRow, ...]:
        """The matching rows, whole, in the order of the ledger's ``sort``."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            return tuple(keeping.all_rows(work, ledger, (wanted or RowFilter()).stored()))

    def row(self, code: str, uid: str) -> LedgerRow:
        """One row that is not in the bin; raises ``InputError`` where there is none."""
        with self._library.reading() as work:
            return keeping.one(work, ledger_of(work, code), uid)

    def years(self, code: str) -> tuple[int, ...]:
        """The years in which rows lie, newest first."""
        with self._library.reading() as work:
            return keeping.store_of(work, code).years()

    def numbers(self, code: str) -> Mapping[str, int]:
        """序号 of every row by id: its place within its year, the oldest day first."""
        with self._library.reading() as work:
            return _numbers(work, code)

    def texts(self, code: str, row: LedgerRow) -> Mapping[str, str]:
        """Every filled value of a row as people read it, by field; links by their titles."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            titles = titles_of(work, [row], ledger)
        return {
            asked.name: value_text(asked, row.value(asked.name), titles)
            for asked in ledger.all_fields
            if row.filled(asked.name)
        }

    def as_json(self, code: str, wanted: RowFilter | None = None) -> list[dict[str, Any]]:
        """ROWs of the contract, the oldest first."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            numbers = _numbers(work, code)
            found = keeping.oldest_first(work, ledger, (wanted or RowFilter()).stored())
            return [row_json(ledger, row, numbers.get(row.id)) for row in found]

    # ---- rows: changing ----

    def new_row(self, code: str) -> LedgerRow:
        """An empty row with an id of its own, not stored."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
        return LedgerRow(id=new_id(), ledger=code, edition=ledger.edition)

    def read(self, code: str, plain: Mapping[str, Any], uid: str | None = None) -> LedgerRow:
        """A row from what a person typed (texts, names) or from JSON, by field; not stored.

        What a stored row has beside its fields stays. Raises ``InputError`` with every problem by
        field.
        """
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            reader = RowReader(ledger, work.members.all(), self._clock().date(), typed=True)
            row, issues = reader.read(plain, uid)
            stored = keeping.store_of(work, code).one(row.id)
        if issues:
            raise InputError("有内容无法识别。", "请按提示改正，草稿仍在。", issues)
        if stored is None:
            return row
        before = keeping.loaded(ledger, stored)
        return replace(row, more=before.more, closed=before.closed)

    def problems(self, row: LedgerRow) -> list[Issue]:
        """What cannot be in a row as it stands in the editor, by field."""
        with self._library.reading() as work:
            ledger = ledger_of(work, row.ledger)
            return problems_of_row(ledger, row, _before(work, ledger, row))

    def save(self, row: LedgerRow) -> LedgerRow:
        """Store a row; its draft goes in the same transaction.

        Raises ``InputError`` by field, and ``BlockedError`` where no row can be entered.
        """
        with self._library.changing(Topic.LEDGERS, Topic.DRAFTS) as work:
            ledger = ledger_of(work, row.ledger)
            keeping.require_open(self._library.path, ledger)
            issues = problems_of_row(ledger, row, _before(work, ledger, row))
            if issues:
                message = f"“{ledger.title}”的这条记录有不能保存的内容。"
                raise InputError(message, "请按提示改正，草稿仍在。", issues)
            return keeping.save(work, ledger, row)

    def delete(self, code: str, uid: str, reason: str = "") -> None:
        """Put a row in the bin; ``bring_back`` undoes it."""
        with self._library.changing(Topic.LEDGERS) as work:
            keeping.one(work, ledger_of(work, code), uid)
            keeping.store_of(work, code).mark_deleted(uid, reason=reason)

    def bring_back(self, code: str, uid: str) -> None:
        """Take a row out of the bin."""
        with self._library.changing(Topic.LEDGERS) as work:
            keeping.one(work, ledger_of(work, code), uid, also_deleted=True)
            keeping.store_of(work, code).unmark(uid)

    def close_due(self, code: str, uid: str, field: str, *, done: bool = True) -> LedgerRow:
        """Close (or open again) by hand a due date that no field closes."""
        with self._library.changing(Topic.LEDGERS) as work:
            ledger = ledger_of(work, code)
            row = keeping.one(work, ledger, uid)
            if not any(due.field == field and not due.done for due in ledger.due):
                raise InputError("这个日期不能手工办结。", "请填写办结它的字段。")
            others = tuple(name for name in row.closed if name != field)
            closed = (*others, field) if done else others
            reason = "到期事项办结" if done else "到期事项重新打开"
            return keeping.save(work, ledger, replace(row, closed=closed), reason)

    # ---- history ----

    def revision(self, code: str, uid: str) -> int:
        """How many different states were saved; 0 for a row that was never saved."""
        with self._library.reading() as work:
            return keeping.store_of(work, code).revision_number(uid)


def _before(work: Work, ledger: Ledger, row: LedgerRow) -> LedgerRow | None:
    kept = keeping.store_of(work, ledger.code).one(row.id)
    return None if kept is None else keeping.loaded(ledger, kept)


def _numbers(work: Work, code: str) -> dict[str, int]:
    counted: dict[int | None, int] = {}
    found: dict[str, int] = {}
    for uid, year in reversed(work.years(kind_of(code))):
        counted[year] = found[uid] = counted.get(year, 0) + 1
    return found


def row_json(ledger: Ledger, row: LedgerRow, number: int | None) -> dict[str, Any]:
    """ROW of the contract; every declared field stands in ``values``, null where not filled."""
    period = ledger.period_of(str(row.value(ledger.day))) if row.filled(ledger.day) else None
    return {
        "id": row.id,
        "ledger": row.ledger,
        "number": number,
        "period": None if period is None else str(period),
        "values": {
            asked.name: plain_value(asked, row.value(asked.name)) for asked in ledger.fields
        },
        "note": row.value(NOTE),
        "files": [file.name for file in row.files()],
        "more": dict(row.more),
    }
