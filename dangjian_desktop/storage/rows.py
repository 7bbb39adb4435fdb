"""Rows written by plain statements, as the log tells them too: making one out of expressions takes
longer than running it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

Names = tuple[str, ...]


def add_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name the same columns, two or more; raises ``IntegrityError``."""
    if rows:
        names = tuple(rows[0])
        add_values(connection, table, names, list(map(itemgetter(*names), rows)))


def add_values(
    connection: Connection, table: Table, names: Names, values: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows by their values in the order of these columns; raises ``IntegrityError``."""
    if values:
        connection.exec_driver_sql(_adding(table.name, names), values)


def change_rows(
    connection: Connection, table: Table, values: Mapping[str, Any], where: Mapping[str, Any]
) -> None:
    """Give these values to the rows with exactly those."""
    statement = _changing(table.name, tuple(values), tuple(where))
    connection.exec_driver_sql(statement, (*values.values(), *where.values()))


def drop_rows(connection: Connection, table: Table, where: Mapping[str, Any]) -> None:
    """Delete the rows with exactly these values."""
    connection.exec_driver_sql(_dropping(table.name, tuple(where)), tuple(where.values()))


@cache
def _adding(table: str, names: Names) -> str:
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table} ({', '.join(map(_quoted, names))}) VALUES ({marks})"


@cache
def _changing(table: str, names: Names, where: Names) -> str:
    values = ", ".join(f"{_quoted(name)} = ?" for name in names)
    return f"UPDATE {table} SET {values} WHERE {_equal(where)}"


@cache
def _dropping(table: str, where: Names) -> str:
    return f"DELETE FROM {table} WHERE {_equal(where)}"


def _equal(names: Names) -> str:
    return " AND ".join(f"{_quoted(name)} IS ?" for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'
