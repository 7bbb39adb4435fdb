"""Everything that a library holds as plain JSON: one object a record, what lies below it inside.

What a row names by its number in the file is told by its UUID; a text that is JSON is told as
JSON; bytes are files of their own. History is told in whole texts, which the file itself keeps as
differences.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from dangjian_desktop.storage.file.connecting import driver_of, engine_for
from dangjian_desktop.storage.file.failures import told_in_words
from dangjian_desktop.storage.plain_tables import (
    LOOSE_JSON,
    SETTINGS_LEFT_OUT,
    PlainTable,
    named_tables,
    plain_tables,
)
from dangjian_desktop.storage.present import present_texts
from dangjian_desktop.storage.records.keeping import Keeping
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.revisions import RevisionStore
from dangjian_desktop.storage.work import Work

Row = dict[str, Any]
KeepBytes = Callable[[str, Mapping[str, Any], str, bytes], str]
"""Writes the bytes of a column (of a table's row) as a file; its path in the folder."""

_PARTED = {"record": "kind", "revision": "subject"}
"""Tables that hold many kinds, told in a file for each, and the column that tells them apart."""
_PACKED = ("content", "delta", "whole", "checksum")


@contextmanager
def plain_library(path: Path) -> Iterator[PlainLibrary]:
    """One moment of the library file in plain values; raises ``BlockedError``."""
    with told_in_words(path), engine_for(path, write=False).begin() as reading:
        keepings = {store.subject: store.keeping for store in Work(reading).stores()}
        yield PlainLibrary(reading, keepings)


class PlainLibrary:
    """One moment of a library in plain values."""

    def __init__(
        self, connection: Connection, keepings: Mapping[str, Keeping[Any, Any, Any]]
    ) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._keepings = keepings
        self._tables = plain_tables(self._driver)
        self._uids = {
            name: dict(self._driver.execute(f'SELECT id, uid FROM "{name}"').fetchall())
            for name in named_tables(self._tables)
        }
        self._children: dict[str, dict[int, list[Row]]] = {}

    def parts(self) -> Iterator[tuple[str, str]]:
        """Table and kind (where its rows are of many) of all that is to be told."""
        for name, table in self._tables.items():
            if table.above is not None:
                continue
            if (by := _PARTED.get(name)) is None:
                yield name, ""
            else:
                kinds = self._driver.execute(f'SELECT DISTINCT "{by}" FROM "{name}" ORDER BY 1')
                yield from ((name, kind) for (kind,) in kinds.fetchall())

    def of_records(self, name: str) -> bool:
        """Whether the rows of a table are records, which can lie in the bin."""
        return "deleted_at" in self._tables[name].columns

    def sent_names(self) -> dict[str, tuple[str, str]]:
        """What the files that were sent are called, and their kind, by their SHA-256."""
        sent = self._driver.execute("SELECT name, version, files FROM sent ORDER BY id").fetchall()
        return {
            digest: (f"{name}（第{version}版）", kind)
            for name, version, files in reversed(sent)
            for kind, digest in json.loads(files).items()
        }

    def rows(self, name: str, kind: str, keep: KeepBytes) -> Iterator[Row]:
        """The rows in their order, each with those below it."""
        table, below = self._tables[name], self._below(name, keep)
        states = self._states(kind) if name == "revision" else {}
        for row_id, told in self._told(table, kind, keep):
            if name == "setting" and told["key"] in SETTINGS_LEFT_OUT:
                continue
            if name == "revision":
                yield _state(told, states)
            else:
                yield told | {key: rows[row_id] for key, rows in below.items() if row_id in rows}

    def _told(self, table: PlainTable, kind: str, keep: KeepBytes) -> Iterator[tuple[int, Row]]:
        by = _PARTED.get(table.name)
        only, given = (f'WHERE "{by}" = ?', (kind,)) if by else ("", ())
        found = self._driver.execute(f'SELECT * FROM "{table.name}" {only} ORDER BY id', given)
        heads = [column[0] for column in found.description]
        for values in found:
            row = dict(zip(heads, values, strict=True))
            yield row["id"], self._row(table, row, keep)

    def _row(self, table: PlainTable, row: Row, keep: KeepBytes) -> Row:
        told: Row = {}
        for name in table.columns:
            value = row[name]
            if value is None:
                continue
            if name in table.names:
                told[name.removesuffix("_id")] = self._uids[table.names[name]][value]
            elif name in table.blobs:
                told[name] = _bytes(table, row, name, value, keep)
            else:
                told[name] = _plain(value, exact=(table.name, name) not in LOOSE_JSON)
        return told

    def _below(self, name: str, keep: KeepBytes) -> dict[str, dict[int, list[Row]]]:
        children = [child for child in self._tables.values() if child.above == name]
        for child in children:
            if child.name not in self._children:
                self._children[child.name] = self._by_above(child, keep)
        return {child.name: self._children[child.name] for child in children}

    def _by_above(self, child: PlainTable, keep: KeepBytes) -> dict[int, list[Row]]:
        rows: dict[int, list[Row]] = defaultdict(list)
        above = self._driver.execute(f'SELECT id, "{child.above_by}" FROM "{child.name}"')
        whose = dict(above.fetchall())
        for row_id, told in self._told(child, "", keep):
            rows[whose[row_id]].append(told)
        return dict(rows)

    def _states(self, subject: str) -> dict[tuple[str, int], str]:
        """Every saved state that can be read; nothing is told of the newest, the record itself."""
        keeping = self._keepings.get(subject)
        if keeping is None:
            return {}
        query = "SELECT DISTINCT uid FROM revision WHERE subject = ?"
        uids = [uid for (uid,) in self._driver.execute(query, (subject,))]
        texts = present_texts(self._connection, keeping, uids)
        newest = "SELECT uid, max(number) FROM revision WHERE subject = ? GROUP BY uid"
        last = dict(self._driver.execute(newest, (subject,)).fetchall())
        states = RevisionStore(self._connection).every(subject, texts)
        return {
            (uid, number): "" if last[uid] == number and text == texts[uid] else text
            for uid, number, text in states
            if text is not None
        }


def _state(told: Row, states: Mapping[tuple[str, int], str]) -> Row:
    """A saved state with its text; one that cannot be read stays packed as it is."""
    text = states.get((told["uid"], told["number"]))
    if text is None:
        return told
    known = {key: part for key, part in told.items() if key not in _PACKED}
    return known | ({"content": _plain(text, exact=True)} if text else {})


def _plain(value: Any, *, exact: bool) -> Any:
    """The value; an object or a list in place of its text where that comes back as it was."""
    if not isinstance(value, str) or value[:1] not in ("{", "["):
        return value
    try:
        found = json.loads(value)
    except ValueError:
        return value
    return found if not exact or to_json(found) == value else value


def _bytes(
    table: PlainTable, row: Row, column: str, value: bytes, keep: KeepBytes
) -> Mapping[str, str]:
    if table.name == "revision":
        return {"base64": b64encode(value).decode()}
    return {"file": keep(table.name, row, column, value)}
