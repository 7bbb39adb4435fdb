"""The chain of a library with a password: every state of minutes and every paper that was sent is
sealed, each entry over the one before it, with a key that is not that of the file.

Whoever opens the file past the program may write what he likes; an entry that fits he cannot
write. A library without a password has no chain: a seal under a key that everybody has holds off
nobody. A whole older file put in the place of the newer one is told from it by no seal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table
from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.file.keys import keys_of
from dangjian_desktop.storage.file.moments import stamp

END = "library.chain"
"""Setting: how many entries there are and the seal of the last, sealed as well."""
MINUTES = "meeting"
SENT = "sent/"
"""Before the word for a paper: what was sent is told from records by it."""
TRACE = "purged/"
"""Before the subject of a record that was purged: what went before of it is wanted no longer."""
BEGUN, SAVED, WRITTEN, DOUBTED = "begun", "saved", "written", "doubted"
ACCEPTED = "accepted"
"""What an entry tells: all that was there when the chain began; a new state; rows written again
for the same state; the same of a record that somebody had changed before, past the program; that
somebody has looked at what was so changed."""
_COLUMNS = 'id, what, subject, uid, number, at, state, "rows", before, seal'
_ADD = f"INSERT INTO chain ({_COLUMNS}) VALUES ({', '.join('?' * 10)})"
_NOTHING = b""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it stands. ``state`` is the sum of a saved state with its moment and reason
    ("": the entry tells of none), ``rows`` that of the rows of the record after it."""

    place: int
    what: str
    subject: str
    uid: str
    number: int
    at: str
    state: str
    rows: str
    before: bytes
    seal: bytes

    @property
    def about(self) -> tuple[str, str, int]:
        """Subject, UUID and number of the state."""
        return self.subject, self.uid, self.number


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be sealed; see ``Entry``."""

    what: str
    subject: str
    uid: str
    number: int
    state: str
    rows: str


@dataclass(frozen=True, slots=True)
class End:
    """How many entries there were, and the seal of the last."""

    count: int
    seal: bytes


def key_in(connection: Connection) -> bytes | None:
    """The key of the seals of this library; none where it has no password."""
    info = connection.info
    if "chain key" not in info:
        keys = keys_of(info["file"]) if "file" in info else None
        info["chain key"] = None if keys is None else keys.rows
    key: bytes | None = info["chain key"]
    return key


@contextmanager
def chained(
    connection: Connection, subject: str, table: Table, uid: str, text: str | None = None
) -> Iterator[None]:
    """Seal what is written of a record until the block ends: a new state, of which this is the
    text, or none, where only its rows are written again."""
    key = key_in(connection) if subject == MINUTES else None
    if key is None:
        yield
        return
    driver, about = driver_of(connection), (subject, uid)
    known = _sealed_rows(driver, subject, uid)
    stored = f"SELECT checksum FROM {table.name} WHERE uid = ?"
    sound = known == driver.execute(stored, (uid,)).fetchone()
    yield
    [rows] = driver.execute(stored, (uid,)).fetchone()
    if text is None and known == (rows,):
        return  # nothing was written
    number, at, reason = driver.execute(
        "SELECT number, saved_at, reason FROM revision WHERE subject = ? AND uid = ?"
        " ORDER BY number DESC LIMIT 1",
        about,
    ).fetchone()
    state = "" if text is None else state_sum(text, at, reason)
    what = (WRITTEN if text is None else SAVED) if sound else DOUBTED
    append(driver, key, [Told(what, subject, uid, number, state, rows)])


def seal_new(
    connection: Connection, subject: str, made: Iterable[tuple[str, str, str]], at: str, reason: str
) -> None:
    """Seal the first states of new records: of each its UUID, its text and the sum of its rows."""
    key = key_in(connection) if subject == MINUTES else None
    if key is not None:
        told = [
            Told(SAVED, subject, uid, 1, state_sum(text, at, reason), rows)
            for uid, text, rows in made
        ]
        append(driver_of(connection), key, told)


def seal_sent(connection: Connection, paper: str, uid: str, version: int, checksum: str) -> None:
    """Seal a paper that was sent; its sum covers its files too."""
    if (key := key_in(connection)) is not None:
        told = Told(SAVED, f"{SENT}{paper}", uid, version, "", checksum)
        append(driver_of(connection), key, [told])


def seal_told(connection: Connection, told: Iterable[Told]) -> None:
    """Seal what is told otherwise."""
    if (key := key_in(connection)) is not None:
        append(driver_of(connection), key, told)


def seal_doubts(connection: Connection, subject: str, table: Table, uids: Iterable[str]) -> None:
    """Seal of these records, which are going to be purged, which somebody had changed past the
    program: that has to be told for ever."""
    driver = driver_of(connection)
    if subject != MINUTES or key_in(connection) is None:
        return
    query = f"SELECT checksum FROM {table.name} WHERE uid = ?"
    told = []
    for uid in uids:
        stored = driver.execute(query, (uid,)).fetchone()
        if _sealed_rows(driver, subject, uid) != stored:
            told.append(Told(DOUBTED, subject, uid, 0, "", stored[0] or ""))
    seal_told(connection, told)


def state_sum(text: str, saved_at: str, reason: str) -> str:
    """The sum of a saved state, its moment and its reason."""
    told = _told([sha256(text.encode()).hexdigest(), saved_at, reason])
    return sha256(told).hexdigest()


def append(driver: dbapi2.Connection, key: bytes, told: Iterable[Told]) -> None:
    """Seal these behind what the end says was the last: a last entry that somebody took away is
    missing for ever, and one that he put there leads nowhere."""
    end, last = end_of(driver, key), driver.execute("SELECT max(id) FROM chain").fetchone()[0]
    place = max(last or 0, end.count if end else 0)
    before, at, rows = end.seal if end else _NOTHING, stamp(), []
    for part in told:
        place += 1
        fields = (place, part.what, part.subject, part.uid, part.number, at, part.state, part.rows)
        seal = _seal(key, fields, before)
        rows.append((*fields, before, seal))
        before = seal
    driver.executemany(_ADD, rows)
    put_end(driver, key, End(place, before))


def entries(driver: dbapi2.Connection) -> list[Entry]:
    """Every entry in its order, whether it is sound or not."""
    found = driver.execute(f"SELECT {_COLUMNS} FROM chain ORDER BY id")
    return [Entry(*row) for row in found]


def is_sound(key: bytes, entry: Entry) -> bool:
    """Whether the entry is what was sealed in this place."""
    fields = (entry.place, entry.what, *entry.about, entry.at, entry.state, entry.rows)
    return hmac.compare_digest(_seal(key, fields, entry.before), entry.seal)


def end_of(driver: dbapi2.Connection, key: bytes) -> End | None:
    """What the end says; none where it is missing, or not what was sealed."""
    found = driver.execute("SELECT value FROM setting WHERE key = ?", (END,)).fetchone()
    try:
        count, seal, proof = json.loads(found[0]).split(".")
        end = End(int(count), bytes.fromhex(seal))
    except (TypeError, ValueError, AttributeError):
        return None
    return end if hmac.compare_digest(_proof(key, end), proof) else None


def put_end(driver: dbapi2.Connection, key: bytes, end: End) -> None:
    """Seal the end."""
    value = json.dumps(f"{end.count}.{end.seal.hex()}.{_proof(key, end)}")
    driver.execute(
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (END, value),
    )


def drop(driver: dbapi2.Connection) -> None:
    """Take the whole chain away."""
    driver.execute("DELETE FROM chain")
    driver.execute("DELETE FROM setting WHERE key IN (?, 'library.accepted')", (END,))


def reseal(driver: dbapi2.Connection, old: bytes, new: bytes) -> None:
    """Seal the same under another key; what was not sound stays so."""
    end, last = end_of(driver, old), Entry(0, "", "", "", 0, "", "", "", _NOTHING, _NOTHING)
    changed, seal = [], _NOTHING
    for entry in entries(driver):
        fields = (entry.place, entry.what, *entry.about, entry.at, entry.state, entry.rows)
        # An entry whose forerunner is not the one it was sealed over leads nowhere again.
        before = seal if entry.before == last.seal else entry.before
        seal = _seal(new, fields, before) if is_sound(old, entry) else entry.seal
        changed.append((before, seal, entry.place))
        last = entry
    driver.executemany("UPDATE chain SET before = ?, seal = ? WHERE id = ?", changed)
    if end is not None:
        put_end(driver, new, End(end.count, seal if end.seal == last.seal else end.seal))


def _sealed_rows(driver: dbapi2.Connection, subject: str, uid: str) -> tuple[str] | None:
    """The sum of the rows of a record as it was sealed last; none for one that is not there."""
    found = driver.execute(
        'SELECT subject, "rows" FROM chain WHERE uid = ? AND subject IN (?, ?)'
        " ORDER BY id DESC LIMIT 1",
        (uid, subject, f"{TRACE}{subject}"),
    ).fetchone()
    return None if found is None or found[0] != subject else (found[1],)


def _seal(key: bytes, fields: tuple[Any, ...], before: bytes) -> bytes:
    return hmac.digest(key, _told(["entry", *fields, before.hex()]), "sha256")


def _told(parts: list[Any]) -> bytes:
    """The parts so that no others tell the same."""
    return json.dumps(parts).encode()


def _proof(key: bytes, end: End) -> str:
    return hmac.digest(key, f"end.{end.count}.{end.seal.hex()}".encode(), "sha256").hex()
