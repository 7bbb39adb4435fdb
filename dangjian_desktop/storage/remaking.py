"""What is told from the records and kept beside them for lists, dues and links: made anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from dangjian_desktop.storage.chain import chained
from dangjian_desktop.storage.index import seal
from dangjian_desktop.storage.records.keeping import (
    Keeping,
    among,
    columns_below,
    in_parts,
    touch,
)
from dangjian_desktop.storage.records.sums import wrong_sums
from dangjian_desktop.storage.row_ids import RowIds
from dangjian_desktop.storage.rows import add_values, change_rows, drop_rows

AnyKeeping = Keeping[Any, Any, Any]


def remake(connection: Connection, keeping: AnyKeeping) -> int:
    """Write what saving each record would write now, where something else is kept; of how many.
    A record that is not what was stored stays as it is: verifying names it."""
    table, made = keeping.table, 0
    uids = connection.scalars(select(table.c.uid).where(*keeping.own)).all()
    for part in in_parts(uids):
        damaged = set(wrong_sums(connection, keeping.sheet, part))
        for record in keeping.loaded(connection, [*keeping.own, among(table.c.uid, part)]):
            if record.id in damaged:
                continue
            with chained(connection, keeping.subject, table, record.id):
                if _mended(connection, keeping, record):
                    touch(connection, keeping, [record])
                    seal(connection, keeping, [record.id])
                    made += 1
    return made


def _mended(connection: Connection, keeping: AnyKeeping, record: Any) -> bool:
    table, own = keeping.table, {"uid": record.id}
    row = keeping.columns(record)
    differs = _rows(connection, table, tuple(row), own) != [tuple(row.values())]
    if differs:
        change_rows(connection, table, row, own)
    ids = RowIds(connection)
    row_id = ids.of(table, [record.id])[record.id]
    below = {f"{table.name}_id": row_id}
    for child, rows in keeping.children(ids, record).items():
        names = columns_below(table, child)
        if _rows(connection, child, names, below) != rows:
            drop_rows(connection, child, below)
            add_values(connection, child, (*below, *names), [(row_id, *each) for each in rows])
            differs = True
    return differs


def _rows(
    connection: Connection, table: Table, names: tuple[str, ...], where: Mapping[str, Any]
) -> list[tuple[Any, ...]]:
    query = select(*(table.c[name] for name in names)).order_by(table.c.id)
    query = query.where(*(table.c[name] == value for name, value in where.items()))
    return [tuple(row) for row in connection.execute(query)]
