"""The ledgers (台账) that a branch has made, changed or asks for, as declared in TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.records.keeping import Conditions, Keeping, in_bin, sheet_of
from dangjian_desktop.storage.records.records import load, to_json, values
from dangjian_desktop.storage.tables import ledger


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLedger:
    """One ledger of the library: its code, its declaration (TOML), whether it is shown.

    ``shipped_edition`` is the edition of the program from which a changed one was made, None for
    one of the branch's own; ``asking`` is what the branch asks of whom, in plain values.
    """

    id: str
    code: str
    declaration: str
    edition: int
    shipped_edition: int | None = None
    shown: bool = True
    asking: Mapping[str, Any] | None = None
    deleted: bool = False


def _loaded(connection: Connection, conditions: Conditions) -> tuple[StoredLedger, ...]:
    query = select(ledger).where(*conditions).order_by(ledger.c.id)
    return tuple(
        load(
            StoredLedger,
            row,
            id=row.uid,
            asking=None if row.asking is None else json.loads(row.asking),
            deleted=row.deleted_at is not None,
        )
        for row in connection.execute(query)
    )


def _columns(kept: StoredLedger) -> dict[str, Any]:
    asking = None if kept.asking is None else to_json(kept.asking)
    return values(kept, ledger) | {"shown": int(kept.shown), "asking": asking}


def _narrow(wanted: bool | None) -> list[ColumnElement[bool]]:
    return [in_bin(ledger, bool(wanted))]


LEDGERS: Keeping[StoredLedger, bool, StoredLedger] = Keeping(
    subject="ledger",
    called="台账样式",
    of=StoredLedger,
    table=ledger,
    sheet=sheet_of(ledger, subject="ledger"),
    order=(ledger.c.id,),
    loaded=_loaded,
    lines=_loaded,
    columns=_columns,
    narrow=_narrow,
)
"""How ledgers are kept; their filter is whether those of the bin are meant."""
