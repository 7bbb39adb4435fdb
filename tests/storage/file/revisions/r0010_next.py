"""A later revision for tests: rebuilds a table, with a mistake when a setting says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dangjian_desktop.storage.migrations.versions.r0009_chain import SHEETS
from dangjian_desktop.storage.records.sums import require_sums, write_sums

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    connection = op.get_bind()
    require_sums(connection, SHEETS)
    told = set(connection.scalars(sa.text("SELECT key FROM setting")))
    with op.batch_alter_table("meeting", recreate="always") as batch:
        batch.add_column(sa.Column("series", sa.Text))
    if "fail" in told:
        op.execute("INSERT INTO meeting_kind (meeting_id, position, kind) VALUES (999, 0, 'x')")
    for sheet in SHEETS:
        write_sums(connection, sheet)
