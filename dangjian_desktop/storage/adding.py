"""New records written together: one statement for a table, not for a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.index import forget
from dangjian_desktop.storage.records.keeping import Keeping, RowIds, counted_by, touch
from dangjian_desktop.storage.records.sums import ENCODER, Sheet, text_sum
from dangjian_desktop.storage.rows import add_rows
from dangjian_desktop.storage.tables import journal, record_file, revision

Row = Mapping[str, Any]


def add_all(
    connection: Connection, keeping: Keeping[Any, Any, Any], records: Sequence[Any], reason: str
) -> None:
    """Insert records none of which is stored or lies in the bin, as saving each of them would.

    Raises ``IntegrityError`` where one is stored already.
    """
    table, at, subject = keeping.table, stamp(), keeping.subject
    touch(connection, keeping, records)
    uids = [record.id for record in records]
    own = {"updated_at": at, "deleted_at": None, "deleted_reason": None}
    rows = [dict(keeping.columns(record)) | own | {"uid": record.id} for record in records]
    add_rows(connection, table, rows)
    ids = RowIds(connection)
    row_ids = ids.of(table, uids)
    below: dict[Table, list[Row]] = defaultdict(list)
    sums: list[tuple[str, int]] = []
    for record, row in zip(records, rows, strict=True):
        parts = _parts(keeping, ids, record, row_ids[record.id])
        for child, told in parts.items():
            below[child] += told
        held = {child.name: _in_order(child, told) for child, told in parts.items()}
        sums.append((_sum(keeping.sheet, row, held), row_ids[record.id]))
    first = {"subject": subject, "number": 1, "saved_at": at, "reason": reason, "content": ""}
    below[revision] += [first | {"uid": uid} for uid in uids]
    done = {"at": at, "what": f"保存{keeping.called}", "subject": subject}
    below[journal] += [done | {"uid": uid} for uid in uids]
    for child, told in below.items():
        add_rows(connection, child, told)
    summed = f'UPDATE "{table.name}" SET checksum = ? WHERE id = ?'
    driver_of(connection).executemany(summed, sums)
    forget(connection, keeping, row_ids.values())


def _sum(sheet: Sheet, row: Row, below: Mapping[str, Sequence[Row]]) -> str:
    """The sum of a record out of the rows that are written of it, those below it by table and in
    their order: what reading them back gives."""
    held: list[Any] = [_values(sheet.columns, row)]
    for child in sheet.children:
        held.append([_values(child.columns, part) for part in below.get(child.table, ())])
    return text_sum(ENCODER.encode(held))


def _values(columns: tuple[str, ...], row: Row) -> list[Any]:
    found = _all_of(columns)(row)
    # Yes and no are numbers once they are stored.
    return [int(value) if value is True or value is False else value for value in found]


@cache
def _all_of(columns: tuple[str, ...]) -> Callable[[Row], tuple[Any, ...]]:
    (first, *others) = columns
    return itemgetter(*columns) if others else lambda row: (row[first],)


def _parts(
    keeping: Keeping[Any, Any, Any], ids: RowIds, record: Any, row_id: int
) -> dict[Table, list[Row]]:
    own = {f"{keeping.table.name}_id": row_id}
    found: dict[Table, list[Row]] = {
        child: [{**part, **own} for part in parts]
        for child, parts in keeping.children(ids, record).items()
    }
    if files := tuple(keeping.files(record)):
        named = {"subject": keeping.subject, "uid": record.id}
        found[record_file] = [named | {"field": f, "attachment": sha} for f, sha in files]
    return found


def _in_order(child: Table, rows: list[Row]) -> list[Row]:
    names = () if child is record_file else counted_by(child)
    return sorted(rows, key=itemgetter(*names)) if names else rows
