"""In which year, or for which period, something is kept."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Integer, cast, func, select

from dangjian_desktop.storage.records.keeping import Keeping


def years_in(connection: Connection, keeping: Keeping[Any, Any, Any]) -> dict[str, int]:
    """The year in which each record lies, by UUID, as its table tells it; those of none are left
    out."""
    table = keeping.table.c
    year = table.year if "year" in table else cast(func.substr(table.date, 1, 4), Integer)
    query = select(table.uid, year).where(*keeping.own, year.is_not(None))
    return dict(connection.execute(query).all())


def settings_under(connection: Connection, prefix: str) -> dict[str, Any]:
    """The settings whose keys begin so, by the rest of the key."""
    query = "SELECT substr(key, ?), value FROM setting WHERE substr(key, 1, ?) = ?"
    asked = (len(prefix) + 1, len(prefix), prefix)
    return {rest: json.loads(value) for rest, value in connection.exec_driver_sql(query, asked)}
