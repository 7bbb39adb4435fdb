"""The branch as periods: what was kept as its one state is true since ever."""

from __future__ import annotations

import json
from typing import Any

from alembic import op

revision = "0006"
down_revision = "0005"

_KEY = "library.branch"


def upgrade() -> None:
    """Only the setting of the branch changes; no record does, so that every checksum stays."""
    connection = op.get_bind()
    found = connection.exec_driver_sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).scalar()
    if found is not None:
        text = json.dumps(_periods(json.loads(found)), ensure_ascii=False)
        connection.exec_driver_sql("UPDATE setting SET value = ? WHERE key = ?", (text, _KEY))


def _periods(branch: dict[str, Any]) -> dict[str, Any]:
    period: dict[str, Any] = {
        name: branch.get(name) or "" for name in ("name", "short_name", "superior")
    }
    more: dict[str, Any] = {"further_superiors": [], "unit_kind": None, "since": None}
    term = {"start": branch.get("term_start"), "years": branch.get("term_years", 3)}
    return {
        "periods": [period | more],
        "terms": [term],
        "founded": branch.get("founded"),
        "theme_day": branch.get("theme_day"),
        "sample": branch.get("sample", False),
    }
