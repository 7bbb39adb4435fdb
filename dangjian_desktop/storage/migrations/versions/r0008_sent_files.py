"""Whatever was sent keeps its files by their content: once each, of any kind and number."""

from __future__ import annotations

import json
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

from dangjian_desktop.storage.migrations.versions import r0007_index as before
from dangjian_desktop.storage.records.sums import text_sum

revision = "0008"
down_revision = "0007"

SHEETS = before.SHEETS
"""What the checksums of this version cover; the next revision checks by it before it begins."""
_FORMS = ("docx", "pdf")
_TOLD = ("paper", "uid", "version", "day", "until", "at", "name", "content")


def upgrade() -> None:
    """No record changes, so that every checksum of theirs stays; what is no longer as it was sent
    keeps the sum that tells so."""
    connection = op.get_bind()
    op.create_table(
        "sent_file",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.UniqueConstraint("sha256", name="uq_sent_file_sha256"),
        sa.PrimaryKeyConstraint("id", name="pk_sent_file"),
        sqlite_strict=True,
    )
    connection.exec_driver_sql("ALTER TABLE sent ADD COLUMN files TEXT DEFAULT '{}' NOT NULL")
    for row in connection.exec_driver_sql("SELECT * FROM sent").mappings().all():
        sums = {form: sha256(row[form]).hexdigest() for form in _FORMS}
        told = [row[name] for name in _TOLD]
        whole = text_sum(json.dumps([*told, *sums.values()])) == row["checksum"]
        files = json.dumps(sums)
        checksum = text_sum(json.dumps([*told, files])) if whole else row["checksum"]
        for form, digest in sums.items():
            put = "INSERT OR IGNORE INTO sent_file (sha256, data) VALUES (?, ?)"
            connection.exec_driver_sql(put, (digest, row[form]))
        connection.exec_driver_sql(
            "UPDATE sent SET files = ?, checksum = ? WHERE id = ?", (files, checksum, row["id"])
        )
    for form in _FORMS:
        connection.exec_driver_sql(f"ALTER TABLE sent DROP COLUMN {form}")
