"""The reading of a name on the card; names and words folded, sort keys made anew."""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from alembic import op

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.storage.migrations.versions import r0003_one_store as before
from dangjian_desktop.storage.pinyin import initials, sort_key
from dangjian_desktop.storage.records.deltas import restored
from dangjian_desktop.storage.records.sums import require_sums, text_sum, write_sums

revision = "0004"
down_revision = "0003"

_MEMBER, *_REST = before.SHEETS
SHEETS = (replace(_MEMBER, columns=(*_MEMBER.columns, "pinyin")), *_REST)
"""What the checksums of this version cover; the next revision checks by it before it begins."""

_CARD = (
    *("name", "sex", "ethnicity", "id_number", "birth_date", "education", "join_date"),
    *("join_approved", "full_date", "full_approved", "work_post", "phone", "note"),
    *("sort_key", "initials"),
)
_SPANS = {
    "kinds": "kind",
    "standings": "standing",
    "posts": "post",
    "groups": "group",
    "voting_suspended": "voting_suspended",
    "waived": "waived",
}
_WORDED = ("member", "meeting", "project", "record")


def upgrade() -> None:
    """Only names and what is derived from texts change; the texts of records stay as they are."""
    connection = op.get_bind()
    require_sums(connection, before.SHEETS)
    _stand_alone(connection)
    op.add_column("member", sa.Column("pinyin", sa.Text))
    for row_id, name in connection.exec_driver_sql("SELECT id, name FROM member").all():
        known = fold(name)
        connection.exec_driver_sql(
            "UPDATE member SET name = ?, sort_key = ?, initials = ? WHERE id = ?",
            (known, sort_key(known), initials(known), row_id),
        )
    for table in _WORDED:
        for row_id, words in connection.exec_driver_sql(f"SELECT id, words FROM {table}").all():
            if fold(words) != words:
                connection.exec_driver_sql(
                    f"UPDATE {table} SET words = ? WHERE id = ?", (fold(words), row_id)
                )
    for sheet in SHEETS:
        write_sums(connection, sheet)


def _stand_alone(connection: sa.Connection) -> None:
    """The state before the newest is kept as what differs from it: it must stand by itself
    before the newest changes."""
    query = (
        "SELECT max(number) FROM revision WHERE subject = 'member' AND uid = ? AND number < "
        "(SELECT max(number) FROM revision WHERE subject = 'member' AND uid = ?)"
    )
    for uid, present in _texts(connection):
        number = connection.exec_driver_sql(query, (uid, uid)).scalar()
        row = connection.exec_driver_sql(
            "SELECT id, delta, checksum FROM revision WHERE subject = 'member' AND uid = ?"
            " AND number = ? AND content = '' AND whole = 0",
            (uid, number),
        ).first()
        if row is None:
            continue
        try:
            text = restored(row.delta, present.encode()).decode()
        except (zlib.error, ValueError):
            continue
        if text_sum(text) == row.checksum:
            connection.exec_driver_sql(
                "UPDATE revision SET delta = ?, whole = 1 WHERE id = ?",
                (zlib.compress(text.encode(), 9), row.id),
            )


def _texts(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """UUID and text of every member as history had it before this revision."""
    spans: dict[int, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in connection.exec_driver_sql(
        'SELECT member_id, subject, value, start, "end" FROM member_span ORDER BY position'
    ).all():
        span = {"value": row.value, "start": row.start, "end": row.end}
        spans[row.member_id][row.subject].append(span)
    columns = ", ".join(_CARD)
    for row in connection.exec_driver_sql(
        f"SELECT id AS row_id, uid, deleted_at, {columns} FROM member"
    ).all():
        card = {"id": row.uid} | {name: getattr(row, name) for name in _CARD}
        held = {name: spans[row.row_id][subject] for name, subject in _SPANS.items()}
        whole = card | held | {"deleted": row.deleted_at is not None}
        yield row.uid, json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
