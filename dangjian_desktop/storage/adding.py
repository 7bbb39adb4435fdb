"""New records written together: one statement for a table, not for a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

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
    ids = RowIds(connection)
    own = {"updated_at": at, "deleted_at": None, "deleted_reason": None}
    rows, parts = [], []
    for record in records:
        row = {**keeping.columns(record), **own, "uid": record.id}
        told = _parts(keeping, ids, record)
        rows.append({**row, "checksum": _sum(keeping.sheet, row, told)})
        parts.append(told)
    add_rows(connection, table, rows)
    uids = [record.id for record in records]
    row_ids = ids.of(table, uids)
    below: dict[Table, list[Row]] = defaultdict(list)
    for uid, told in zip(uids, parts, strict=True):
        above = {f"{table.name}_id": row_ids[uid]}
        for child, of_one in told.items():
            below[child] += (
                of_one if child is record_file else [{**part, **above} for part in of_one]
            )
    first = {"subject": subject, "number": 1, "saved_at": at, "reason": reason, "content": ""}
    below[revision] += [first | {"uid": uid} for uid in uids]
    done = {"at": at, "what": f"保存{keeping.called}", "subject": subject}
    below[journal] += [done | {"uid": uid} for uid in uids]
    for child, of_all in below.items():
        add_rows(connection, child, of_all)
    forget(connection, keeping, row_ids.values())


def _sum(sheet: Sheet, row: Row, told: Mapping[Table, list[Row]]) -> str:
    """The sum of a record out of the rows that are written of it: what reading them back gives."""
    below = {child.name: _in_order(child, rows) for child, rows in told.items()}
    held: list[Any] = [_values(sheet.columns, row)]
    for child in sheet.children:
        held.append([_values(child.columns, part) for part in below.get(child.table, ())])
    return text_sum(ENCODER.encode(held))


def _values(columns: tuple[str, ...], row: Row) -> tuple[Any, ...]:
    found = _all_of(columns)(row)
    # Yes and no are numbers once they are stored.
    if bool in map(type, found):
        return tuple(int(value) if type(value) is bool else value for value in found)
    return found


@cache
def _all_of(columns: tuple[str, ...]) -> Callable[[Row], tuple[Any, ...]]:
    (first, *others) = columns
    return itemgetter(*columns) if others else lambda row: (row[first],)


def _parts(keeping: Keeping[Any, Any, Any], ids: RowIds, record: Any) -> dict[Table, list[Row]]:
    """The rows below the record, which know nothing yet of where it lies."""
    found = {child: [*rows] for child, rows in keeping.children(ids, record).items()}
    if files := tuple(keeping.files(record)):
        named = {"subject": keeping.subject, "uid": record.id}
        found[record_file] = [named | {"field": f, "attachment": sha} for f, sha in files]
    return found


def _in_order(child: Table, rows: list[Row]) -> list[Row]:
    names = () if child is record_file else counted_by(child)
    return sorted(rows, key=itemgetter(*names)) if names else rows
