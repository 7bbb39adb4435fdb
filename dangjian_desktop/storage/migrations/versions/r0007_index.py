"""The search asks an index: what was kept for it in every record goes."""

from __future__ import annotations

from dataclasses import replace

from alembic import op

from dangjian_desktop.storage.migrations.versions import r0004_readings as before
from dangjian_desktop.storage.records.sums import require_sums, write_sums

revision = "0007"
down_revision = "0006"

_WORDED = ("member", "meeting", "project", "record")
SHEETS = tuple(
    replace(sheet, columns=tuple(name for name in sheet.columns if name != "words"))
    for sheet in before.SHEETS
)
"""What the checksums of this version cover; the next revision checks by it before it begins."""


def upgrade() -> None:
    """Only what was derived goes; the texts of records stay as they are."""
    connection = op.get_bind()
    require_sums(connection, before.SHEETS)
    for table in _WORDED:
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP COLUMN words")
    op.drop_index("ix_meeting_date", "meeting")
    op.create_index("ix_meeting_list", "meeting", ["date", "start", "uid", "deleted_at"])
    for sheet in SHEETS:
        write_sums(connection, sheet)
