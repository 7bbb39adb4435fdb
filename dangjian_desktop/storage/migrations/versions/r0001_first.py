"""The first schema: roster, meetings, drafts, revisions and what goes with them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    _create_members()
    _create_meetings()
    _create_history()
    _create_rest()


def _create_members() -> None:
    _create("setting", _text("key", "value"), sa.UniqueConstraint("key", name="uq_setting_key"))
    _create(
        "member",
        _text("uid", "name"),
        _empty("sex", "ethnicity", "id_number", "birth_date", "education"),
        _empty("join_date", "join_approved", "full_date", "full_approved"),
        _empty("work_post", "phone", "note"),
        _text("sort_key", "initials", "updated_at"),
        _empty("deleted_at", "deleted_reason"),
        sa.UniqueConstraint("uid", name="uq_member_uid"),
    )
    op.create_index("ix_member_name", "member", ["name"])
    op.create_index("ix_member_id_number", "member", ["id_number"])
    _create(
        "member_span",
        _numbers("member_id"),
        _text("subject"),
        _numbers("position"),
        _text("value"),
        _empty("start", "end"),
        sa.UniqueConstraint(
            "member_id", "subject", "position", name="uq_member_span_member_id_subject_position"
        ),
        _points_at("member_span", "member", "CASCADE"),
    )


def _create_meetings() -> None:
    _create(
        "meeting",
        _text("uid", "title", "date"),
        _empty("start", "end", "group"),
        [sa.Column("for_year", sa.Integer), sa.Column("number", sa.Integer)],
        _numbers("held"),
        _text("body", "words", "updated_at"),
        _empty("deleted_at", "deleted_reason"),
        sa.UniqueConstraint("uid", name="uq_meeting_uid"),
    )
    op.create_index("ix_meeting_date", "meeting", ["date"])
    _create(
        "meeting_kind",
        _numbers("meeting_id", "position"),
        _text("kind"),
        sa.UniqueConstraint("meeting_id", "kind", name="uq_meeting_kind_meeting_id_kind"),
        _points_at("meeting_kind", "meeting", "CASCADE"),
    )
    op.create_index("ix_meeting_kind_kind", "meeting_kind", ["kind"])
    _create(
        "attendance",
        _numbers("meeting_id", "position"),
        [sa.Column("member_id", sa.Integer)],
        _text("name", "state"),
        _empty("reason", "made_up", "consent", "approved_on"),
        sa.UniqueConstraint("meeting_id", "position", name="uq_attendance_meeting_id_position"),
        _points_at("attendance", "meeting", "CASCADE"),
        _points_at("attendance", "member", "RESTRICT"),
    )
    op.create_index("ix_attendance_member_id", "attendance", ["member_id"])
    _create(
        "file_number",
        _numbers("meeting_id"),
        _text("kind"),
        _numbers("number"),
        _text("fixed_at"),
        sa.UniqueConstraint("meeting_id", "kind", name="uq_file_number_meeting_id_kind"),
        _points_at("file_number", "meeting", "RESTRICT"),
    )


def _create_history() -> None:
    _create(
        "revision",
        _text("subject", "uid"),
        _numbers("number"),
        _text("saved_at", "reason", "content"),
        sa.UniqueConstraint("subject", "uid", "number", name="uq_revision_subject_uid_number"),
    )
    _create(
        "draft",
        _text("form", "uid"),
        _numbers("base_revision"),
        _text("saved_at", "content"),
        sa.UniqueConstraint("form", "uid", name="uq_draft_form_uid"),
    )
    _create(
        "batch",
        _text("uid", "file_name", "at", "as_of", "content"),
        _empty("undone_at"),
        sa.UniqueConstraint("uid", name="uq_batch_uid"),
    )


def _create_rest() -> None:
    _create(
        "waiver",
        _text("uid", "rule", "subject", "reason", "on"),
        sa.UniqueConstraint("uid", name="uq_waiver_uid"),
        sa.UniqueConstraint("rule", "subject", name="uq_waiver_rule_subject"),
    )
    _create("printed", _text("paper", "uid"), _numbers("version"), _text("at"))
    op.create_index("ix_printed_uid", "printed", ["uid"])
    _create("journal", _text("at", "what", "subject", "uid"))
    op.create_index("ix_journal_uid", "journal", ["uid"])
    _create(
        "attachment",
        _text("name"),
        _numbers("size"),
        _text("sha256"),
        sa.UniqueConstraint("name", name="uq_attachment_name"),
    )


def _create(name: str, *parts: Any) -> None:
    flat: list[Any] = []
    for part in parts:
        flat.extend(part if isinstance(part, list) else [part])
    key = sa.Column("id", sa.Integer, nullable=False)
    primary = sa.PrimaryKeyConstraint("id", name=f"pk_{name}")
    op.create_table(name, key, *flat, primary, sqlite_strict=True)


def _text(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _empty(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Text) for name in names]


def _numbers(*names: str) -> list[Any]:
    return [sa.Column(name, sa.Integer, nullable=False) for name in names]


def _points_at(table: str, target: str, on_delete: str) -> Any:
    column = f"{target}_id"
    name = f"fk_{table}_{column}"
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)
