"""Projects, who carries them, and the meetings that dealt with them."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of projects."""
    _create(
        "project",
        _text("uid", "title", "category", "state", "secretary"),
        _empty("number", "start", "last_day"),
        [sa.Column("year", sa.Integer)],
        _text("percent", "open_planned", "body", "words", "updated_at"),
        _empty("deleted_at", "deleted_reason"),
        [sa.UniqueConstraint("uid", name="uq_project_uid")],
    )
    op.create_index("ix_project_start", "project", ["start"])
    _create(
        "project_person",
        _numbers("project_id", "position", "member_id"),
        _text("role"),
        _one_place("project_person"),
        _points_at("project_person", "project", "CASCADE"),
        _points_at("project_person", "member", "RESTRICT"),
    )
    op.create_index("ix_project_person_member_id", "project_person", ["member_id"])
    _create(
        "project_meeting",
        _numbers("project_id", "position", "meeting_id"),
        _empty("item"),
        _one_place("project_meeting"),
        _points_at("project_meeting", "project", "CASCADE"),
        _points_at("project_meeting", "meeting", "RESTRICT"),
    )
    op.create_index("ix_project_meeting_meeting_id", "project_meeting", ["meeting_id"])


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


def _one_place(table: str) -> list[Any]:
    name = f"uq_{table}_project_id_position"
    return [sa.UniqueConstraint("project_id", "position", name=name)]


def _points_at(table: str, target: str, on_delete: str) -> list[Any]:
    column = f"{target}_id"
    name = f"fk_{table}_{column}"
    return [sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete=on_delete)]
