"""New records written together: one statement for a table, not for a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import seal_new
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.index import forget
from dangjian_desktop.storage.records.keeping import Keeping, Rows, counted_by, touch
from dangjian_desktop.storage.records.sums import ENCODER, Sheet, text_sum
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.rows import Names, add_values
from dangjian_desktop.storage.tables import journal, metadata, record_file, revision
from dangjian_desktop.sweeps import unswept

Values = tuple[Any, ...]
AnyKeeping = Keeping[Any, Any, Any]


@dataclass(frozen=True, slots=True)
class _Below:
    """A table of rows below records: the columns that tell the record, then those of their
    values; and what tells from these the place of a row in the sum of the record."""

    table: Table
    names: Names
    place: Callable[[Values], Any] | None


@unswept()
def add_all(
    connection: Connection, keeping: AnyKeeping, records: Sequence[Any], reason: str
) -> None:
    """Insert records none of which is stored or lies in the bin, as saving each of them would.

    Raises ``IntegrityError`` where one is stored already.
    """
    at, subject = stamp(), keeping.subject
    touch(connection, keeping, records)
    # What the database would give by itself: nobody else writes meanwhile.
    newest = connection.exec_driver_sql(f"SELECT max(id) FROM {keeping.table.name}").scalar()
    first = (newest or 0) + 1
    written = _written(connection, keeping, records, first, at)
    uids = [record.id for record in records]
    states = ("subject", "uid", "number", "saved_at", "reason", "content")
    written[revision, states] = [(subject, uid, 1, at, reason, "") for uid in uids]
    done = f"保存{keeping.called}"
    told = ("at", "what", "subject", "uid")
    written[journal, told] = [(at, done, subject, uid) for uid in uids]
    for (table, names), values in written.items():
        add_values(connection, table, names, values)
    forget(connection, keeping, uids)
    sums = [row[-1] for row in written[keeping.table, _columns_of(keeping.sheet)]]
    told_of = zip(uids, map(keeping.text, records), sums, strict=True)
    seal_new(connection, subject, told_of, at, reason)


def _written(
    connection: Connection, keeping: AnyKeeping, records: Sequence[Any], first: int, at: str
) -> dict[tuple[Table, Names], list[Values]]:
    """The rows of the records by table and columns: their own, then those below them. The sum of
    each is taken out of what is written: reading it back gives the same."""
    sheet, ids, subject = keeping.sheet, RowIds(connection), keeping.subject
    read, below = itemgetter(*sheet.columns), _below(sheet)
    own = {"updated_at": at, "deleted_at": None, "deleted_reason": None}
    rows: list[Values] = []
    written = {(keeping.table, _columns_of(sheet)): rows}
    written |= {(child.table, child.names): [] for child in below}
    for row_id, record in enumerate(records, first):
        row = keeping.columns(record)
        row |= own
        row["uid"] = record.id
        values = read(row)
        told = _told(keeping, ids, record)
        held: list[Any] = [values]
        for child in below:
            parts = told.get(child.table, ())
            if parts:
                above = (subject, record.id) if child.table is record_file else (row_id,)
                written[child.table, child.names] += [(*above, *part) for part in parts]
            held.append(sorted(parts, key=child.place) if child.place else parts)
        rows.append((row_id, *values, text_sum(ENCODER.encode(held))))
    return written


def _told(keeping: AnyKeeping, ids: RowIds, record: Any) -> Mapping[Table, Rows]:
    """The rows below the record, which know nothing yet of where it lies."""
    found = keeping.children(ids, record)
    files = [*keeping.files(record)]
    return {**found, record_file: files} if files else found


def _columns_of(sheet: Sheet) -> Names:
    return "id", *sheet.columns, "checksum"


@cache
def _below(sheet: Sheet) -> tuple[_Below, ...]:
    found = []
    for child in sheet.children:
        table, columns = metadata.tables[child.table], child.columns
        of_files = table is record_file
        above = ("subject", "uid") if of_files else (f"{sheet.table}_id",)
        places = [] if of_files else [columns.index(name) for name in counted_by(table)]
        place = itemgetter(*places) if places else None
        found.append(_Below(table, (*above, *columns), place))
    return tuple(found)
