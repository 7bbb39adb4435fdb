"""What a user does with the rows of ledgers; for the window and the command line alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from dangjian_desktop.domain.field_texts import value_text
from dangjian_desktop.domain.ledgers.ledger import NOTE, Ledger
from dangjian_desktop.domain.ledgers.record import beside_shown, shown_fields
from dangjian_desktop.domain.ledgers.rows import LedgerRow, plain_value
from dangjian_desktop.domain.ledgers.values import problems_of_row
from dangjian_desktop.domain.ledgers.words import told_beside
from dangjian_desktop.domain.levels import Outlet
from dangjian_desktop.domain.members.member import new_id
from dangjian_desktop.domain.topics import Topic
from dangjian_desktop.errors import BlockedError, InputError
from dangjian_desktop.services.ledgers import keeping
from dangjian_desktop.services.ledgers.catalogue import (
    LedgerEntry,
    entries,
    entry_of,
    kind_of,
    ledger_of,
)
from dangjian_desktop.services.ledgers.reading import RowReader
from dangjian_desktop.services.links import link_titles, links_in
from dangjian_desktop.services.of_library import OfLibrary
from dangjian_desktop.services.records.service import KeptService, Way
from dangjian_desktop.storage.stored import StoredFilter
from dangjian_desktop.storage.work import Work

__all__ = ["LedgerEntry", "LedgerService"]


class LedgerService(OfLibrary):
    """Ledgers and their rows in one library; ``clock`` tells the present time.

    Every method that takes a ``code`` raises ``InputError`` for an unknown one.
    """

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

    # ---- rows ----

    def of(self, code: str) -> KeptService[LedgerRow]:
        """What can be done with the rows of a ledger as with the records of every kind."""
        ledger, path = self.one_ledger(code).ledger, self._library.path
        way = Way(
            code=kind_of(code),
            topic=Topic.LEDGERS,
            issues=lambda work, row: problems_of_row(ledger, row, _before(work, ledger, row)),
            unknown=keeping.unknown(ledger),
            refused=f"“{ledger.title}”的这条记录有不能保存的内容。",
            loaded=partial(keeping.loaded, ledger),
            put=lambda work, row: keeping.save(work, ledger, row),
            allowed=partial(keeping.require_open, path, ledger),
        )
        return KeptService(self._library, way, self._clock)

    def shown(self, code: str, ids: Sequence[str], names: Sequence[str]) -> dict[str, LedgerRow]:
        """Rows by id with these fields only, for a table that asks when it draws."""
        with self._library.reading() as work:
            found = keeping.partly(work, ledger_of(work, code), names, ids)
            return {row.id: row for row in found}

    def listed(self, code: str, wanted: StoredFilter) -> list[str]:
        """The ids of the matching rows in the order of the ledger's ``sort``."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            return keeping.in_order(work, ledger, keeping.store_of(work, code).ids(wanted))

    def numbers(self, code: str) -> Mapping[str, int]:
        """序号 of every row by id: its place within its year, the oldest day first."""
        with self._library.reading() as work:
            return _numbers(work, code)

    def texts(self, code: str, row: LedgerRow) -> Mapping[str, str]:
        """Every filled value of a row as people read it, by field; links by their titles."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            titles = link_titles(work, links_in(ledger.all_fields, [row.values]))
        return {
            asked.name: value_text(asked, row.value(asked.name), titles)
            for asked in ledger.all_fields
            if row.filled(asked.name)
        }

    def beside(self, code: str, row: LedgerRow) -> Sequence[tuple[str, str, bool]]:
        """What a row holds that its ledger no longer names: headings, words, and whether these
        are to be covered."""
        if not row.more:
            return ()
        with self._library.reading() as work:
            former, ledger = work.former_fields(code), ledger_of(work, code)
            more = beside_shown(ledger, row.more, former, Outlet.CARD, protected=work.protected)
        return tuple(
            (heading, words, name in former and former[name].covered)
            for name, (heading, words) in told_beside(more, former).items()
        )

    def as_json(self, code: str, wanted: StoredFilter | None = None) -> list[dict[str, Any]]:
        """ROWs of the contract, the oldest first."""
        with self._library.reading() as work:
            ledger = ledger_of(work, code)
            numbers = _numbers(work, code)
            found = keeping.oldest_first(work, ledger, wanted)
            tell = partial(row_json, work, ledger, Outlet.LIST)
            return [tell(row, numbers.get(row.id)) for row in found]

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

    def save(self, row: LedgerRow) -> LedgerRow:
        """Store a row of whatever ledger; see ``KeptService.save``."""
        return self.of(row.ledger).save(row)

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


def _before(work: Work, ledger: Ledger, row: LedgerRow) -> LedgerRow | None:
    kept = keeping.store_of(work, ledger.code).one(row.id)
    return None if kept is None else keeping.loaded(ledger, kept)


def _numbers(work: Work, code: str) -> dict[str, int]:
    counted: dict[int | None, int] = {}
    found: dict[str, int] = {}
    for uid, year in reversed(work.years(kind_of(code))):
        counted[year] = found[uid] = counted.get(year, 0) + 1
    return found


def row_json(
    work: Work, ledger: Ledger, outlet: Outlet, row: LedgerRow, number: int | None = None
) -> dict[str, Any]:
    """ROW of the contract; every declared field that may be seen there stands in ``values``, null
    where not filled."""
    shown = shown_fields(ledger, outlet, protected=work.protected)
    former = work.former_fields(ledger.code) if row.more else {}
    dated = row.dated(ledger)
    period = None if dated is None else ledger.period_of(str(dated))
    return {
        "id": row.id,
        "ledger": row.ledger,
        "number": number,
        "period": None if period is None else str(period),
        "values": {
            asked.name: plain_value(asked, row.value(asked.name))
            for asked in ledger.fields
            if asked in shown
        },
        "note": row.value(NOTE),
        "files": [file.name for file in row.files()],
        "more": beside_shown(ledger, row.more, former, outlet, protected=work.protected),
    }
