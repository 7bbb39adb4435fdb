"""What two states of one library have different, as counts by kind of record."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import raw
from dangjian_desktop.storage.file.keys import LockedError

_TABLES = {"member": "'member'", "meeting": "'meeting'", "project": "'project'", "record": "kind"}
"""The tables of records, and what tells the kind of one."""
_MOST = 10_000_000
_PATIENCE = 300
"""So many readings may fail in one table before the rest is given up."""
Sums = Mapping[str, str | None]
Row = tuple[str, str, str | None]
Ask = Callable[[str], list[Row]]


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one kind: how many records the later state has more, how many it has no more, how many
    are other ones in it."""

    added: int
    removed: int
    changed: int

    def __bool__(self) -> bool:
        return any((self.added, self.removed, self.changed))


@dataclass(frozen=True, slots=True)
class Readable:
    """The records of a library that can be read, by kind: UUID and checksum; whether that is all
    of them."""

    sums: Mapping[str, Sums]
    whole: bool


def readable(library: Path) -> Readable:
    """What can be read of a library or a copy, damaged or not."""
    sums: dict[str, dict[str, str | None]] = {}
    try:
        with raw(library) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (dbapi2.Error, OSError, LockedError):
        return Readable(sums, whole=False)
    whole = True
    for table, kind in _TABLES.items():
        rows, complete = rows_of(library, table, kind)
        whole = whole and complete
        for name, uid, checksum in rows:
            sums.setdefault(name, {})[uid] = checksum
    return Readable(sums, whole)


def compared(earlier: Readable, later: Readable) -> dict[str, Difference]:
    """The kinds in which the two are not the same."""
    found = {}
    for kind in sorted({*earlier.sums, *later.sums}):
        before, after = earlier.sums.get(kind, {}), later.sums.get(kind, {})
        both = before.keys() & after.keys()
        found[kind] = Difference(
            added=len(after.keys() - before.keys()),
            removed=len(before.keys() - after.keys()),
            changed=sum(before[uid] != after[uid] for uid in both if before[uid] and after[uid]),
        )
    return {kind: difference for kind, difference in found.items() if difference}


def rows_of(library: Path, table: str, kind: str) -> tuple[list[Row], bool]:
    """Kind, UUID and checksum of the records that are not in the bin."""

    def ask(where: str) -> list[Row]:
        # A connection that has met a damaged page must not be used again.
        with raw(library) as connection:
            there = {name for _, name, *_ in connection.execute(f"PRAGMA table_info({table})")}
            if not there:
                return []
            checksum = "checksum" if "checksum" in there else "NULL"
            query = f"SELECT {kind}, uid, {checksum} FROM {table} WHERE deleted_at IS NULL"
            rows: list[Row] = connection.execute(f"{query} AND {where}").fetchall()
            return rows

    found, complete = list[Row](), True
    for rows in _in_parts(ask, 0, _MOST, iter(range(_PATIENCE))):
        if rows is None:
            complete = False
        else:
            found += rows
    return found, complete


def _in_parts(
    ask: Ask, first: int, last: int, patience: Iterator[int]
) -> Iterator[list[Row] | None]:
    """The rows from one id to another; where a page of them is damaged, those around it."""
    with suppress(dbapi2.Error, OSError, ValueError):
        yield ask(f"id BETWEEN {first} AND {last}")
        return
    if first >= last or next(patience, None) is None:
        yield None
        return
    middle = (first + last) // 2
    yield from _in_parts(ask, first, middle, patience)
    yield from _in_parts(ask, middle + 1, last, patience)
