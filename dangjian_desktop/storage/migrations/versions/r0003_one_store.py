"""Records of every further kind, ledgers, checksums, and history as differences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from dangjian_desktop.storage.records.sums import Child, Sheet, text_sum, write_sums

revision = "0003"
down_revision = "0002"

_FILES = ("field", "attachment")
_MARKS = ("updated_at", "deleted_at", "deleted_reason")


def _files(subject: str) -> Child:
    return Child("record_file", _FILES, f"c.subject = '{subject}' AND c.uid = r.uid", "c.id")


def _below(table: str, of: str, *columns: str, order: str = "c.position, c.id") -> Child:
    return Child(table, columns, f"c.{of}_id = r.id", order)


SHEETS = (
    Sheet(
        "member",
        (
            *("uid", "name", "sex", "ethnicity", "id_number", "birth_date", "education"),
            *("join_date", "join_approved", "full_date", "full_approved", "work_post", "phone"),
            *("note", "sort_key", "initials", *_MARKS, "words"),
        ),
        (
            _below(
                *("member_span", "member", "subject", "position", "value", "start", "end"),
                order="c.subject, c.position, c.id",
            ),
            _files("member"),
        ),
    ),
    Sheet(
        "meeting",
        (
            *("uid", "title", "date", "start", "end", "group", "for_year", "number", "held"),
            *("body", "words", *_MARKS, "late"),
        ),
        (
            _below("meeting_kind", "meeting", "position", "kind"),
            _below(
                *("attendance", "meeting", "position", "member_id", "name", "state"),
                *("reason", "made_up", "consent", "approved_on"),
            ),
            _below("file_number", "meeting", "kind", "number", "fixed_at", order="c.id"),
            _files("meeting"),
        ),
    ),
    Sheet(
        "project",
        (
            *("uid", "title", "category", "state", "secretary", "number", "start", "last_day"),
            *("year", "percent", "open_planned", "body", "words", *_MARKS),
        ),
        (
            _below("project_person", "project", "position", "member_id", "role"),
            _below("project_meeting", "project", "position", "meeting_id", "item"),
            _files("project"),
        ),
    ),
    Sheet(
        "record",
        (
            *("uid", "kind", "title", "day", "until", "period", "year", "state"),
            *("body", "words", *_MARKS),
        ),
        (
            _below("record_due", "record", "field", "day", "done", order="c.id"),
            _below("record_person", "record", "position", "role", "member_id", "name"),
            _below("record_link", "record", "field", "subject", "uid", "item", order="c.id"),
            Child("record_file", _FILES, "c.subject = r.kind AND c.uid = r.uid", "c.id"),
        ),
    ),
    Sheet(
        "ledger",
        (
            *("uid", "code", "declaration", "edition", "shipped_edition", "shown", "asking"),
            *_MARKS,
        ),
        (_files("ledger"),),
    ),
)
"""What the checksums of this version cover; the next revision checks by it before it begins."""

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODES = frozenset(
    {"id", "uid", "sha256", "kinds", "state", "stated_state", "matter", "direction"}
    | {"counting", "presence"}
)


def upgrade() -> None:
    """Add the tables and columns, then fill them and sum every row as it then is."""
    _add_columns()
    _create_record()
    _create_ledger()
    connection = op.get_bind()
    _fill_members(connection)
    _fill_bodies(connection)
    _fill_batches(connection)
    _sum_revisions(connection)
    for sheet in SHEETS:
        write_sums(connection, sheet)


def _add_columns() -> None:
    text = [("revision", "delta", sa.LargeBinary), ("revision", "whole", sa.Integer)]
    text += [(name, "checksum", sa.Text) for name in ("revision",)]
    text += [("printed", "figures", sa.Text)]
    op.add_column("member", sa.Column("words", sa.Text, nullable=False, server_default=""))
    op.add_column("meeting", sa.Column("late", sa.Integer, nullable=False, server_default="0"))
    op.add_column("draft", sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    text += [(name, "checksum", sa.Text) for name in ("member", "meeting", "project")]
    for table, column, kind in text:
        op.add_column(table, sa.Column(column, kind))


def _create_record() -> None:
    _create(
        "record",
        _text("uid", "kind", "title"),
        _empty("day", "until", "period"),
        [sa.Column("year", sa.Integer)],
        _empty("state"),
        _text("body", "words", "updated_at"),
        _empty("deleted_at", "deleted_reason", "checksum"),
        [sa.UniqueConstraint("uid", name="uq_record_uid")],
    )
    listed = ["kind", "year", "day", "uid", "deleted_at"]
    op.create_index("ix_record_list", "record", listed)
    _create(
        "record_due",
        _numbers("record_id"),
        _text("field", "day"),
        _numbers("done"),
        _points_at("record_due", "record", "CASCADE"),
    )
    op.create_index("ix_record_due_record_id", "record_due", ["record_id"])
    op.create_index("ix_record_due_day", "record_due", ["day"])
    _create(
        "record_person",
        _numbers("record_id", "position"),
        _text("role"),
        [sa.Column("member_id", sa.Integer)],
        _text("name"),
        [sa.UniqueConstraint("record_id", "position", name="uq_record_person_record_id_position")],
        _points_at("record_person", "record", "CASCADE"),
        _points_at("record_person", "member", "RESTRICT"),
    )
    op.create_index("ix_record_person_member_id", "record_person", ["member_id"])
    _create(
        "record_link",
        _numbers("record_id"),
        _text("field", "subject", "uid"),
        _empty("item"),
        _points_at("record_link", "record", "CASCADE"),
    )
    op.create_index("ix_record_link_record_id", "record_link", ["record_id"])
    op.create_index("ix_record_link_subject_uid", "record_link", ["subject", "uid"])
    _create("record_file", _text("subject", "uid", "field", "attachment"))
    op.create_index("ix_record_file_subject_uid", "record_file", ["subject", "uid"])


def _create_ledger() -> None:
    _create(
        "ledger",
        _text("uid", "code", "declaration"),
        _numbers("edition"),
        [sa.Column("shipped_edition", sa.Integer)],
        _numbers("shown"),
        _empty("asking"),
        _text("updated_at"),
        _empty("deleted_at", "deleted_reason", "checksum"),
        [
            sa.UniqueConstraint("uid", name="uq_ledger_uid"),
            sa.UniqueConstraint("code", name="uq_ledger_code"),
        ],
    )


def _fill_members(connection: sa.Connection) -> None:
    shown = "name, sex, ethnicity, id_number, birth_date, education, work_post, phone, note"
    spans: dict[int, list[str]] = {}
    for row_id, value in connection.exec_driver_sql(
        "SELECT member_id, value FROM member_span WHERE subject <> 'kind' ORDER BY id"
    ):
        spans.setdefault(row_id, []).append(value)
    for row_id, *texts in connection.exec_driver_sql(f"SELECT id, {shown} FROM member").all():
        words = "\n".join(text for text in (*texts, *spans.get(row_id, ())) if text)
        connection.exec_driver_sql("UPDATE member SET words = ? WHERE id = ?", (words, row_id))


def _fill_bodies(connection: sa.Connection) -> None:
    """Words by which every text is found, 补录, and the files of projects."""
    away: dict[int, list[str]] = {}
    for row_id, *texts in connection.exec_driver_sql(
        "SELECT meeting_id, CASE WHEN member_id IS NULL THEN name END, reason, made_up, consent"
        " FROM attendance ORDER BY meeting_id, position"
    ):
        away.setdefault(row_id, []).extend(text for text in texts if text)
    for row_id, title, group, text in connection.exec_driver_sql(
        'SELECT id, title, "group", body FROM meeting'
    ).all():
        body = json.loads(text)
        found = filter(None, (title, group, *_texts(body, dates=True), *away.get(row_id, ())))
        connection.exec_driver_sql(
            "UPDATE meeting SET words = ?, late = ? WHERE id = ?",
            ("\n".join(found), int(body.get("late_entry") is not None), row_id),
        )
    for row_id, uid, text in connection.exec_driver_sql("SELECT id, uid, body FROM project").all():
        body = json.loads(text)
        connection.exec_driver_sql(
            "UPDATE project SET words = ? WHERE id = ?", ("\n".join(_texts(body)), row_id)
        )
        for file in body.get("evidence", ()):
            connection.exec_driver_sql(
                "INSERT INTO record_file (subject, uid, field, attachment)"
                " VALUES ('project', ?, 'evidence', ?)",
                (uid, file["sha256"]),
            )


def _texts(value: Any, *, dates: bool = False) -> Iterator[str]:
    if isinstance(value, str):
        if value and (dates or not _DATE.fullmatch(value)):
            yield value
    elif isinstance(value, dict):
        for name, part in value.items():
            if name not in _CODES and not name.endswith(("_id", "_key")):
                yield from _texts(part, dates=dates)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, dates=dates)


def _fill_batches(connection: sa.Connection) -> None:
    """Subject, UUID and revision of each member; how they were is in their own history."""
    for row_id, text in connection.exec_driver_sql("SELECT id, content FROM batch").all():
        touched = [["member", uid, n] for uid, n in json.loads(text)["revisions"].items()]
        connection.exec_driver_sql(
            "UPDATE batch SET content = ? WHERE id = ?",
            (json.dumps(touched, separators=(",", ":")), row_id),
        )


def _sum_revisions(connection: sa.Connection) -> None:
    ids = connection.exec_driver_sql("SELECT id FROM revision").scalars().all()
    for row_id in ids:
        query = "SELECT content FROM revision WHERE id = ?"
        content = connection.exec_driver_sql(query, (row_id,)).scalar_one()
        connection.exec_driver_sql(
            "UPDATE revision SET checksum = ? WHERE id = ?", (text_sum(content), row_id)
        )


def _create(name: str, *parts: list[Any]) -> None:
    flat = [column for part in parts for column in part]
    key = sa.Column("id", sa.Integer, nullable=False)
    primary = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, key, *flat, primary, sqlite_strict=True)


def _text(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _empty(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Text) for name in names]


def _numbers(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _points_at(table: str, target: str, on_delete: str) -> list[Any]:
    column = f"{target}_id"
    name = f"fk_{table}_{column}"
    return [sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)]
