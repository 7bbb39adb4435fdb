"""Papers as they were sent: never changed, whatever becomes of the records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXTS = ("day", "until", "at", "name", "content", "checksum")


def upgrade() -> None:
    """One table more; no record changes, so that every checksum stays."""
    op.create_table(
        "sent",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("uid", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("docx", sa.LargeBinary, nullable=False),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("paper", "uid", "version", name="uq_sent_paper_uid_version"),
        sa.PrimaryKeyConstraint("id", name="pk_sent"),
        sqlite_strict=True,
    )
