"""A library out of the plain JSON that ``plain_out`` tells, every row as it was."""

from __future__ import annotations

import json
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.storage.copies.checks import examine
from dangjian_desktop.storage.file.connecting import APPLICATION_ID, raw
from dangjian_desktop.storage.file.failures import told_in_words
from dangjian_desktop.storage.file.placing import sync_file
from dangjian_desktop.storage.opening import migrating
from dangjian_desktop.storage.plain_tables import (
    LOOSE_JSON,
    PlainTable,
    named_tables,
    plain_tables,
)
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.tables import SCHEMA

ReadBytes = Callable[[str], bytes]
"""The content of a file by its path in the folder; raises ``KeyError`` for none."""
WRONG = (dbapi2.Error, LookupError, TypeError, ValueError, AttributeError)
"""What is raised where the plain values do not make a library."""

_CALLED = {"member": "党员", "meeting": "会议", "project": "项目", "record": "台账记录"}
_OF_A_NEW_ONE = ("setting", "journal")


def holdings(library: Path) -> list[str]:
    """What a library holds that a new one does not, in words; also drafts, which are not told.

    Raises ``BlockedError`` for a file that is no library, or a damaged one.
    """
    examine(library)
    with told_in_words(library), raw(library) as connection:
        tables = [*plain_tables(connection).values()]
        names = [table.name for table in tables if table.above is None]
        counted = {
            name: int(connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])
            for name in (*names, "draft")
            if name not in _OF_A_NEW_ONE
        }
    found = {name: number for name, number in counted.items() if number}
    words = [f"{_CALLED[name]}{number}条" for name, number in found.items() if name in _CALLED]
    return words or ["设置、草稿或登记"] * bool(found)


def plant(path: Path, schema: int, rows: Iterable[tuple[str, Any]], read: ReadBytes) -> None:
    """Make a library file of a version and put rows, each with its table, into it.

    Raises one of ``WRONG`` for what is no library, ``BlockedError`` where it cannot be written.
    """
    path.touch()
    with raw(path, write=True) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    upgrade = migrating().upgrade
    upgrade(path) if schema == SCHEMA else upgrade(path, to=schema)
    with raw(path, write=True) as connection:
        connection.execute("BEGIN IMMEDIATE")
        _Planting(connection, read).run(rows)
        connection.execute("COMMIT")
    sync_file(path)


class _Planting:
    """Rows put into an empty library, those first that others name."""

    def __init__(self, connection: dbapi2.Connection, read: ReadBytes) -> None:
        self._connection = connection
        self._read = read
        self._tables = plain_tables(connection)
        self._named = named_tables(self._tables)
        self._ids: dict[tuple[str, str], int] = {}
        self._waiting: dict[str, list[tuple[Any, dict[str, int]]]] = defaultdict(list)

    def run(self, rows: Iterable[tuple[str, Any]]) -> None:
        """Put all of them; raises one of ``WRONG`` for what the tables cannot hold."""
        for name, row in rows:
            if self._tables[name].above is not None:
                raise KeyError(name)
            self._waiting[name].append((row, {}))
        for name, table in self._tables.items():
            for row, given in self._waiting.pop(name, ()):
                self._put(table, row, given)

    def _put(self, table: PlainTable, row: Mapping[str, Any], given: dict[str, int]) -> None:
        children = {key: self._tables[key] for key in row if self._stands_below(key, table)}
        values = {**given, **dict(self._values(table, row, children))}
        columns = ", ".join(f'"{column}"' for column in values)
        marks = ", ".join("?" * len(values))
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})'
        row_id = self._connection.execute(statement, tuple(values.values())).lastrowid
        if table.name in self._named:
            self._ids[table.name, row["uid"]] = row_id
        for key, child in children.items():
            self._waiting[key] += [(below, {child.above_by: row_id}) for below in row[key]]

    def _stands_below(self, key: str, table: PlainTable) -> bool:
        return key in self._tables and self._tables[key].above == table.name

    def _values(
        self, table: PlainTable, row: Mapping[str, Any], children: Mapping[str, PlainTable]
    ) -> Iterator[tuple[str, Any]]:
        named = {column.removesuffix("_id"): column for column in table.names}
        for key, value in row.items():
            if key in children:
                continue
            if key in named:
                column = named[key]
                yield column, self._ids[table.names[column], value]
            elif key in table.columns:
                yield key, self._stored(table, key, value)
            else:
                raise KeyError(key)
        if table.name == "revision" and "content" not in row:
            yield "content", ""  # the newest: it is the record itself

    def _stored(self, table: PlainTable, column: str, value: Any) -> Any:
        if column in table.blobs:
            text = value.get("base64")
            return self._read(value["file"]) if text is None else b64decode(text, validate=True)
        if (table.name, column) in LOOSE_JSON and not isinstance(value, str):
            return json_text(value)  # what is no object or list is told as the JSON that it is
        return to_json(value) if isinstance(value, dict | list) else value


def rows_of(text: bytes) -> tuple[str, list[Any]]:
    """The table that a file is of, and its rows; raises one of ``WRONG``."""
    told = json.loads(text)
    return str(told["table"]), list(told["rows"])
