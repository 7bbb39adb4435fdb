"""The index of the search: which records hold which words. It may be dropped and made anew at any
time; whatever it does not know, or where it cannot be trusted, is looked for in the records.

``entry`` gives one space of row ids over all records, those of each table in a range of their own,
and the checksum with which each was taken in: none for one that was changed since (``behind``).
``terms`` holds their texts as single
characters with their places, so that what is found is found exactly, whatever its length. Both are
made here and not by a revision of the schema.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.folding import fold
from dangjian_desktop.domain.words import LONGEST_SEARCH
from dangjian_desktop.errors import InputError
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.records.keeping import Conditions, Keeping, Texts, among, in_parts
from dangjian_desktop.storage.records.sums import write_sums
from dangjian_desktop.storage.state import Renewed, state_of

METHOD = 3
"""How texts are taken in; an index of another method is none."""
AT_ONCE = 200
"""Records that one step takes in."""
SETTLED_AT_ONCE = 200
"""Pages that one step puts together: all at once would hold up whoever asks meanwhile."""
FEW = 50
"""Records behind that a search may well look through."""

_MADE = "library.index"
_RANGE = 1 << 40
# Every table with its place in the space of row ids, and with what tells the subject of a row.
_TABLES = {
    "member": (0, "'member'"),
    "meeting": (_RANGE, "'meeting'"),
    "project": (2 * _RANGE, "'project'"),
    "record": (3 * _RANGE, "r.kind"),
}
# Every sign is a character of a text, as for LIKE, which tells only A from Z by no case.
_SIGNS = "".join(sign for sign in map(chr, range(1, 128)) if not (sign.isalnum() or sign == " "))
_BORDER = "--"  # between two words: no character that is asked for
_LISTED_BY_ROW = 100

AnyKeeping = Keeping[Any, Any, Any]


class Trust:
    """Whether the index of a library holds what the records do: asked once of all of them, then
    known by the mark that every change renews."""

    def __init__(self) -> None:
        self._kept: tuple[str | None, bool] | None = None

    def of(self, connection: Connection) -> bool:
        """Whether a search may ask it."""
        mark = state_of(driver_of(connection))
        if self._kept is None or self._kept[0] != mark:
            self._kept = mark, _agrees(driver_of(connection))
        return self._kept[1]

    def doubt(self, connection: Connection) -> None:
        """It failed: nobody asks it again before it is made anew."""
        self._kept = state_of(driver_of(connection)), False

    def follow(self, renewed: Renewed) -> None:
        """A change of ours kept the index along."""
        if self._kept is not None and self._kept[0] == renewed.before:
            self._kept = renewed.after, self._kept[1]

    def forget(self) -> None:
        """The index was made anew."""
        self._kept = None


def trust_in(connection: Connection) -> Trust:
    """What is known of the index in this connection; a library hands its own in."""
    trust: Trust = connection.info.setdefault("trust", Trust())
    return trust


def found(connection: Connection, keeping: AnyKeeping, text: str) -> Conditions:
    """The records that contain each word of the text; ``InputError`` for a text too long."""
    rows = rows_with(connection, keeping, text)
    column = keeping.table.c.id
    if rows is None:
        return ()
    if len(rows) <= _LISTED_BY_ROW:
        return (column.in_(rows),)
    # Added to, it is looked up in a list of all; by row ids every record would be read.
    told = func.json_each(json.dumps(rows)).table_valued("value")
    return ((column + 0).in_(select(told.c.value)),)


def rows_with(connection: Connection, keeping: AnyKeeping, text: str) -> list[int] | None:
    """Row ids of the records that contain each word of the text, of the bin too and of other kinds
    in its table; none where no word is asked for. Raises ``InputError`` for a text too long."""
    if len(text) > LONGEST_SEARCH:
        raise InputError("要查找的文字太长。", f"请缩短到{LONGEST_SEARCH}个字以内。")
    words = fold(text).split()
    if not words:
        return None
    known = _known(connection, keeping, " ".join(map(_phrase, words)))
    further = _looked_through(connection, keeping, words, everything=known is None)
    return [*(known or ()), *further]


def texts_of(
    connection: Connection, keeping: AnyKeeping, uids: Iterable[str]
) -> Iterator[tuple[str, Iterator[str]]]:
    """UUID and texts (title, then words) by which each record is found, made as they are asked
    for; none for one that cannot be read."""
    for part in in_parts(uids):
        for uid, texts in _readable(connection, keeping, part):
            yield uid, map(fold, texts)


def missing(text: str, words: Iterable[str]) -> list[str]:
    """The words that the text does not hold; A to Z in either case, as in a pattern of SQL."""
    held = _flat(text)
    return [word for word in words if _flat(word) not in held]


def seal(connection: Connection, keeping: AnyKeeping, uids: Sequence[str]) -> None:
    """These records were written: their checksums are stored, and what the index holds of them is
    no longer so."""
    write_sums(connection, keeping.sheet, uids)
    forget(connection, keeping, uids)


def forget(connection: Connection, keeping: AnyKeeping, uids: Sequence[str]) -> None:
    """What the index holds of these records, if it does, is no longer so."""
    if keeping.texts is None or not _there(connection):
        return
    connection.info.pop("matched", None)
    told = (
        f"INSERT INTO entry (id, subject, sum) SELECT r.id + ?, ?, NULL FROM {keeping.table.name} r"
        " WHERE r.uid IN (SELECT value FROM json_each(?))"
        " ON CONFLICT (id) DO UPDATE SET sum = NULL"
    )
    values = (_first(keeping), keeping.subject, json.dumps(uids))
    driver_of(connection).execute(told, values)


def drop(connection: Connection, keeping: AnyKeeping, uids: Sequence[str]) -> None:
    """These records are going to be purged: the index holds nothing of them any more."""
    if keeping.table.name not in _TABLES or not _there(connection):
        return
    connection.info.pop("matched", None)
    driver, first = driver_of(connection), _first(keeping)
    rows = (
        f"IN (SELECT r.id + {first} FROM {keeping.table.name} r"
        " WHERE r.uid IN (SELECT value FROM json_each(?)))"
    )
    try:
        driver.execute(f"DELETE FROM terms WHERE rowid {rows}", (json.dumps(uids),))
    except dbapi2.DatabaseError:
        begin(connection)  # whether it is the index alone or the file, reading will tell
    driver.execute(f"DELETE FROM entry WHERE id {rows}", (json.dumps(uids),))


def forget_dropped(connection: Connection) -> None:
    """Write the index anew without what was dropped: until then it is only not told."""
    if _there(connection):
        driver_of(connection).execute("INSERT INTO terms (terms) VALUES ('optimize')")


def retell(connection: Connection, keeping: AnyKeeping) -> None:
    """All records of a kind are found by other words now."""
    if _there(connection):
        connection.info.pop("matched", None)
        forget = "UPDATE entry SET sum = NULL WHERE subject = ?"
        driver_of(connection).execute(forget, (keeping.subject,))


def behind(connection: Connection) -> int | None:
    """How many records the index has not taken in as they are; None where there is none that can
    be asked."""
    return pending(connection) if trust_in(connection).of(connection) else None


def pending(connection: Connection) -> int:
    """How many records are behind, whether the index is right or not."""
    if not _there(connection):
        return 0
    return int(_one(connection, "SELECT count(*) FROM entry WHERE sum IS NULL"))


def begin(connection: Connection) -> None:
    """Drop what there is and begin an index that has taken in nothing."""
    driver = driver_of(connection)
    _drop(driver)
    driver.execute(
        "CREATE TABLE entry (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, sum TEXT) STRICT"
    )
    driver.execute("CREATE INDEX entry_behind ON entry (subject) WHERE sum IS NULL")
    tokens = "ascii tokenchars '{}'".format(_SIGNS.replace("'", "''")).replace('"', '""')
    driver.execute(
        "CREATE VIRTUAL TABLE terms USING fts5"
        f"(text, content='', contentless_delete=1, tokenize=\"{tokens}\")"
    )
    for table, (first, subject) in _TABLES.items():
        driver.execute(
            "INSERT INTO entry (id, subject, sum)"
            f" SELECT r.id + {first}, {subject}, NULL FROM {table} r ORDER BY r.id"
        )
    driver.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (_MADE, METHOD))
    connection.info["indexed"] = True
    connection.info.pop("matched", None)
    trust_in(connection).forget()


def take_in(connection: Connection, keepings: Iterable[AnyKeeping], most: int = AT_ONCE) -> int:
    """Take in so many of the records that are behind; how many it were."""
    connection.info.pop("matched", None)
    driver, done = driver_of(connection), 0
    for keeping in keepings:
        table = f'"{keeping.table.name}" r WHERE r.id = e.id - {_first(keeping)}'
        query = (
            f"SELECT e.id, (SELECT r.uid FROM {table}) FROM entry e"
            " WHERE e.sum IS NULL AND e.subject = ? LIMIT ?"
        )
        found = driver.execute(query, (keeping.subject, most - done)).fetchall()
        ids = {uid: place for place, uid in found}
        texts = texts_of(connection, keeping, ids)
        taken = [(ids[uid], _spelled("\n".join(told))) for uid, told in texts]
        places = [(place,) for place, _uid in found]
        driver.executemany("DELETE FROM terms WHERE rowid = ?", places)
        driver.executemany("INSERT INTO terms (rowid, text) VALUES (?, ?)", taken)
        driver.executemany(
            "UPDATE entry AS e SET sum ="
            f" coalesce((SELECT r.checksum FROM {table}), '') WHERE e.id = ?",
            places,
        )
        done += len(found)
        if done >= most:
            break
    return done


def settle(connection: Connection, *, begin: bool) -> bool:
    """Put a few pages of the index together, of all its parts where it is to ``begin``: it is asked
    faster then, and takes less room. Whether there is more to do."""
    driver = driver_of(connection)
    so_far = driver.total_changes
    pages = -SETTLED_AT_ONCE if begin else SETTLED_AT_ONCE
    driver.execute("INSERT INTO terms (terms, rank) VALUES ('merge', ?)", (pages,))
    # The question itself counts as one change.
    return bool(driver.total_changes - so_far > 1)


def _known(connection: Connection, keeping: AnyKeeping, asked: str) -> list[int] | None:
    """Row ids of its table that the index knows to match, none where it cannot be asked. One
    question serves all tables: who asks of one mostly goes on to the others."""
    if not trust_in(connection).of(connection):
        return None
    matched: dict[str, list[int]] = connection.info.setdefault("matched", {})
    if asked not in matched:
        query = (
            "SELECT json_group_array(rowid) FROM terms WHERE terms MATCH ?"
            " AND rowid NOT IN (SELECT id FROM entry WHERE sum IS NULL)"
        )
        try:
            (told,) = driver_of(connection).execute(query, (asked,)).fetchone()
        except dbapi2.DatabaseError:
            # Whether it is the index alone or the file, reading the records will tell.
            trust_in(connection).doubt(connection)
            return None
        matched[asked] = sorted(json.loads(told))
    first, places = _first(keeping), matched[asked]
    start, stop = (bisect_left(places, border) for border in (first, first + _RANGE))
    return [place - first for place in places[start:stop]]


def _looked_through(
    connection: Connection, keeping: AnyKeeping, words: Sequence[str], *, everything: bool
) -> list[int]:
    """Row ids of records that hold the words, of those that are behind or of all."""
    table = keeping.table
    if everything:
        asked = select(table.c.uid, table.c.id).where(*keeping.own)
        found = dict(connection.execute(asked).all())
    else:
        query = (
            f'SELECT r.uid, r.id FROM entry e JOIN "{table.name}" r ON r.id = e.id - ?'
            " WHERE e.sum IS NULL AND e.subject = ?"
        )
        values = (_first(keeping), keeping.subject)
        found = dict(driver_of(connection).execute(query, values).fetchall())
    texts = texts_of(connection, keeping, found)
    return [found[uid] for uid, parts in texts if not missing("\n".join(parts), words)]


def _agrees(driver: dbapi2.Connection) -> bool:
    """Whether every record has an entry, and each that was taken in is as it was then."""
    try:
        made = driver.execute("SELECT value FROM setting WHERE key = ?", (_MADE,)).fetchone()
        if made is None or str(made[0]) != str(METHOD):
            return False
        driver.execute("SELECT rowid FROM terms WHERE terms MATCH '\"a\"' LIMIT 1").fetchone()
        for table, (first, subject) in _TABLES.items():
            wrong = driver.execute(
                f"SELECT 1 FROM {table} r LEFT JOIN entry e ON e.id = r.id + {first}"
                f" WHERE e.subject IS NOT {subject}"
                " OR (e.sum IS NOT NULL AND e.sum IS NOT coalesce(r.checksum, '')) LIMIT 1"
            ).fetchone()
            if wrong is not None:
                return False
    except dbapi2.DatabaseError:
        return False
    return True


def _drop(driver: dbapi2.Connection) -> None:
    driver.execute("DELETE FROM setting WHERE key = ?", (_MADE,))
    driver.execute("DROP TABLE IF EXISTS entry")
    try:
        driver.execute("DROP TABLE IF EXISTS terms")
    except dbapi2.DatabaseError:
        # Its own tables are not what they were: then it is taken out of the list of tables.
        driver.execute("PRAGMA writable_schema = ON")
        driver.execute("DELETE FROM sqlite_master WHERE name = 'terms'")
        driver.execute("PRAGMA writable_schema = RESET")
    left = "SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'terms_*'"
    for (name,) in driver.execute(left).fetchall():
        driver.execute(f'DROP TABLE "{name}"')


def _readable(connection: Connection, keeping: AnyKeeping, uids: list[str]) -> Sequence[Texts]:
    """The texts, also of the bin; a record that cannot be read keeps no other from being found."""
    if keeping.texts is None:
        return ()
    try:
        return list(keeping.texts(connection, [*keeping.own, among(keeping.table.c.uid, uids)]))
    except (ValueError, TypeError, KeyError, ArithmeticError):
        if len(uids) == 1:
            return ()
        return [each for uid in uids for each in _readable(connection, keeping, [uid])]


def _phrase(word: str) -> str:
    spelled = " ".join(word).replace('"', '""')
    return f'"{spelled}"'


def _spelled(text: str) -> str:
    return f" {_BORDER} ".join(" ".join(word) for word in text.split())


def _flat(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").lower()


def _there(connection: Connection) -> bool:
    """Whether there is an index to keep along."""
    found = "SELECT count(*) FROM sqlite_master WHERE name = 'entry'"
    if "indexed" not in connection.info:
        connection.info["indexed"] = bool(_one(connection, found))
    return bool(connection.info["indexed"])


def _first(keeping: AnyKeeping) -> int:
    """Where the rows of its table begin among those of all."""
    return _TABLES[keeping.table.name][0]


def _one(connection: Connection, query: str) -> Any:
    return driver_of(connection).execute(query).fetchone()[0]
