"""New records written together: one statement for a table, not for a record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.index import seal
from dangjian_desktop.storage.records.keeping import Keeping, RowIds, touch
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
    for record in records:
        for child, parts in keeping.children(ids, record).items():
            below[child] += [{**part, f"{table.name}_id": row_ids[record.id]} for part in parts]
        below[record_file] += [
            {"subject": subject, "uid": record.id, "field": field, "attachment": attachment}
            for field, attachment in keeping.files(record)
        ]
    first = {"subject": subject, "number": 1, "saved_at": at, "reason": reason, "content": ""}
    below[revision] += [first | {"uid": uid} for uid in uids]
    done = {"at": at, "what": f"保存{keeping.called}", "subject": subject}
    below[journal] += [done | {"uid": uid} for uid in uids]
    for child, parts in below.items():
        add_rows(connection, child, parts)
    seal(connection, keeping, uids)
