"""Checksums of what is stored: of the rows of a record, and of a text.

A sheet names tables and columns as text, so that a migration carries the ones of its own time:
it begins with ``require_sums`` by the sheets of the revision before it, and ends with
``write_sums`` by its own. A sum bears the number of its method.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.file.failures import StaleError

METHOD = 1
"""SHA-256 of the JSON list of column values in the order of the sheet, then of the child rows."""

_AT_ONCE = 200
ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


@dataclass(frozen=True, slots=True)
class Child:
    """Rows below a record: ``on`` joins them (``c``) to it (``r``), ``order`` is how they count."""

    table: str
    columns: tuple[str, ...]
    on: str
    order: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns that a sum covers, with the child rows, in this order."""

    table: str
    columns: tuple[str, ...]
    children: tuple[Child, ...] = ()


def text_sum(text: str) -> str:
    """The sum of a text."""
    return f"{METHOD}:{hashlib.sha256(text.encode()).hexdigest()}"


def row_sums(
    connection: Connection, sheet: Sheet, uids: Sequence[str] | None = None
) -> Iterator[tuple[str, str | None, str]]:
    """UUID, stored sum and true sum of the records; of all where no UUIDs are given."""
    if uids is None:
        found = driver_of(connection).execute(f"SELECT uid FROM {_quoted(sheet.table)} ORDER BY id")
        uids = [row[0] for row in found]
    for start in range(0, len(uids), _AT_ONCE):
        yield from _sums(connection, sheet, tuple(uids[start : start + _AT_ONCE]))


def write_sums(connection: Connection, sheet: Sheet, uids: Sequence[str] | None = None) -> None:
    """Store the true sums."""
    found = row_sums(connection, sheet, uids)
    changed = [(true, uid) for uid, stored, true in found if stored != true]
    update = f"UPDATE {_quoted(sheet.table)} SET checksum = ? WHERE uid = ?"
    driver_of(connection).executemany(update, changed)


def wrong_sums(
    connection: Connection, sheet: Sheet, uids: Sequence[str] | None = None
) -> Iterator[str]:
    """UUIDs of the records whose rows are not what was stored."""
    return (uid for uid, stored, true in row_sums(connection, sheet, uids) if stored != true)


def require_sums(connection: Connection, sheets: Iterable[Sheet]) -> None:
    """Raise ``StaleError`` when a row is not what was stored: it must not be summed anew."""
    for sheet in sheets:
        for uid in wrong_sums(connection, sheet):
            raise StaleError(
                f"升级资料库时发现记录{uid}与保存时的内容不一致，升级已取消，资料库没有改动。",
                "请用“核对”检查资料库，必要时用备份恢复后再打开。",
            )


def _sums(
    connection: Connection, sheet: Sheet, uids: tuple[str, ...]
) -> Iterator[tuple[str, str | None, str]]:
    driver, (own, *others) = driver_of(connection), _questions(sheet, len(uids))
    below: list[dict[str, list[list[Any]]]] = []
    for question in others:
        found: dict[str, list[list[Any]]] = defaultdict(list)
        for uid, *values in driver.execute(question, uids):
            found[uid].append(values)
        below.append(found)
    for uid, stored, *values in driver.execute(own, uids).fetchall():
        held = [values, *(found.get(uid, []) for found in below)]
        yield uid, stored, text_sum(ENCODER.encode(held))


@lru_cache(maxsize=256)
def _questions(sheet: Sheet, uids: int) -> list[str]:
    """What asks for the rows of so many records, and for those of each table below them."""
    table, these = _quoted(sheet.table), f"r.uid IN ({', '.join('?' * uids)})"
    columns = _listed("r", sheet.columns)
    own = f"SELECT r.uid, r.checksum, {columns} FROM {table} r WHERE {these} ORDER BY r.id"
    return [own] + [
        f"SELECT r.uid, {_listed('c', child.columns)} FROM {table} r"
        f" JOIN {_quoted(child.table)} c ON {child.on} WHERE {these} ORDER BY {child.order}"
        for child in sheet.children
    ]


def _listed(table: str, columns: Sequence[str]) -> str:
    return ", ".join(f"{table}.{_quoted(column)}" for column in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'
