"""What records hold now, as their history would keep it, however damaged others are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection

from dangjian_desktop.storage.records.keeping import Keeping, in_parts

AnyKeeping = Keeping[Any, Any, Any]
UNREADABLE = (ValueError, TypeError, KeyError, ArithmeticError)
"""What reading a damaged record raises."""


def texts_now(
    connection: Connection, keeping: AnyKeeping, uids: list[str]
) -> Iterator[tuple[str, str | None]]:
    """The present state of each record; none where it cannot be read."""
    try:
        found = keeping.loaded(connection, these(keeping, uids))
        yield from ((record.id, keeping.text(record)) for record in found)
    except UNREADABLE:
        if len(uids) == 1:
            yield uids[0], None
        else:
            for uid in uids:
                yield from texts_now(connection, keeping, [uid])


def present_texts(connection: Connection, keeping: AnyKeeping, uids: list[str]) -> dict[str, str]:
    """The present state of these records by UUID; what cannot be read is left out."""
    found = (pair for part in in_parts(uids) for pair in texts_now(connection, keeping, part))
    return {uid: text for uid, text in found if text is not None}


def these(keeping: AnyKeeping, uids: list[str]) -> list[ColumnElement[bool]]:
    """The rows of these records."""
    return [*keeping.own, keeping.table.c.uid.in_(uids)]
