"""What lies in the bin: when it was deleted and why, whatever the kind of record."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.records.keeping import Keeping, in_bin
from dangjian_desktop.storage.tables import DELETED


@dataclass(frozen=True, slots=True)
class Thrown:
    """A record of the bin: its subject and UUID, when (ISO text) and why it was deleted."""

    subject: str
    uid: str
    at: str
    reason: str


def thrown(connection: Connection, keeping: Keeping[Any, Any, Any]) -> list[Thrown]:
    """Everything of one kind that lies in the bin, deleted last comes first; no body is read."""
    table = keeping.table.c
    query = select(table.uid, table.deleted_at, table.deleted_reason).where(
        *keeping.own, in_bin(keeping.table, True)
    )
    found = connection.execute(query.order_by(table.deleted_at.desc(), table.id.desc()))
    return [
        Thrown(keeping.subject, uid, at, "" if reason in (None, DELETED) else reason)
        for uid, at, reason in found
    ]
