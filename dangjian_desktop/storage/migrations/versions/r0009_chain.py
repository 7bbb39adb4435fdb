"""What was saved and sent in a library with a password is sealed by a chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dangjian_desktop.storage.migrations.versions import r0008_sent_files as before

revision = "0009"
down_revision = "0008"

SHEETS = before.SHEETS
"""What the checksums of this version cover; the next revision checks by it before it begins."""


def upgrade() -> None:
    """An empty table: where there is a password, whoever upgrades begins the chain."""
    op.create_table(
        "chain",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("what", "subject", "uid")),
        sa.Column("number", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("at", "state", "rows")),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("seal", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chain"),
        sqlite_strict=True,
    )
    op.create_index("ix_chain_subject_uid", "chain", ["subject", "uid"])
