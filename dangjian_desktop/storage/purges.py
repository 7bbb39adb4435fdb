"""What was purged: taken out of the library for good, with a trace that it was.

The trace holds no word of it: for each record a line of the journal with its subject and UUID, so
that a link to it is no finding, and one act with its moment, place, reason and numbers. A library
with a password seals both, as it seals minutes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.domain.texts import json_text
from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import SAVED, TRACE, Told, seal_told, state_sum
from dangjian_desktop.storage.file.connecting import driver_of
from dangjian_desktop.storage.file.moments import stamp

ACT = "library.purge."
"""What the settings that keep the acts begin with."""
LEFT = "library.purge_left"
"""Setting: what is still to be done of a purge: files and minutes beside the library."""
WORD = "彻底删除"
_ACTS = "purge"
_TRACES = f"SELECT subject, uid, at FROM journal WHERE what = '{WORD}'"


@dataclass(frozen=True, slots=True)
class Purge:
    """One act: its moment (ISO text), by which program on which computer, why, how many of which
    kind (by its title), how many files beside the library went with them."""

    id: str
    at: str
    by: str
    host: str
    reason: str
    kinds: Mapping[str, int]
    files: int = 0

    @property
    def told(self) -> str:
        """How many of what, in words."""
        files = [f"附件 {self.files}"] if self.files else []
        return "、".join([*(f"{kind} {count}" for kind, count in self.kinds.items()), *files])

    @property
    def place(self) -> str:
        """By which program on which computer."""
        return f"{self.by}，电脑“{self.host}”"


def note_purge(connection: Connection, done: Purge, records: Iterable[tuple[str, str]]) -> None:
    """Keep the act, and a trace of every record (subject, UUID) that goes with it."""
    plain = {name: getattr(done, name) for name in Purge.__slots__ if name != "id"}
    keep(connection, Kept(dict.fromkeys(records, stamp()), {done.id: json_text(plain)}))


def purges(driver: dbapi2.Connection) -> tuple[Purge, ...]:
    """Every act that can be read, the last first."""
    found = []
    for uid, text in _acts(driver):
        try:
            found.append(Purge(uid, **json.loads(text)))
        except (ValueError, TypeError):
            continue  # verifying tells of it where there is a password
    return tuple(sorted(found, key=lambda act: act.at, reverse=True))


def traces(driver: dbapi2.Connection, uids: Collection[str] | None = None) -> set[tuple[str, str]]:
    """Subject and UUID of what was purged, among these UUIDs or at all; what came in again since
    counts too."""
    if uids is None:
        return {(subject, uid) for subject, uid, _at in driver.execute(_TRACES)}
    among = f"{_TRACES} AND uid IN (SELECT value FROM json_each(?))"
    found = driver.execute(among, (json.dumps(sorted(uids)),))
    return {(subject, uid) for subject, uid, _at in found}


@dataclass(frozen=True, slots=True)
class Kept:
    """All that a library keeps of its purges: moments by subject and UUID, texts of the acts."""

    traces: Mapping[tuple[str, str], str]
    acts: Mapping[str, str]


def kept_of(driver: dbapi2.Connection) -> Kept:
    """What this library keeps."""
    traces = {(subject, uid): at for subject, uid, at in driver.execute(f"{_TRACES} ORDER BY id")}
    return Kept(traces, dict(_acts(driver)))


def keep(connection: Connection, kept: Kept) -> None:
    """Keep the same in a library that was made anew."""
    driver = driver_of(connection)
    add = "INSERT INTO journal (at, what, subject, uid) VALUES (?, ?, ?, ?)"
    driver.executemany(add, [(at, WORD, *about) for about, at in kept.traces.items()])
    put = "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)"
    driver.executemany(put, [(f"{ACT}{uid}", text) for uid, text in kept.acts.items()])
    told = [_trace(*about, at) for about, at in kept.traces.items()]
    seal_told(connection, [*told, *(_act(*each) for each in kept.acts.items())])


def sealed_traces(driver: dbapi2.Connection) -> Iterator[tuple[Told, str, str]]:
    """What should be sealed of all that was purged, as it lies in the file: with the word for it
    and its moment."""
    for subject, uid, at in driver.execute(f"{_TRACES} ORDER BY id").fetchall():
        yield _trace(subject, uid, at), f"“{WORD}”的登记（编号{uid}）", at
    for uid, text in _acts(driver):
        yield _act(uid, text), f"“{WORD}”的记录（编号{uid}）", ""


def _acts(driver: dbapi2.Connection) -> Sequence[tuple[str, str]]:
    query = "SELECT substr(key, ?), value FROM setting WHERE key GLOB ? ORDER BY id"
    found: list[tuple[str, str]] = driver.execute(query, (len(ACT) + 1, f"{ACT}*")).fetchall()
    return found


def _trace(subject: str, uid: str, at: str) -> Told:
    return Told(SAVED, f"{TRACE}{subject}", uid, 0, state_sum(f"{subject} {uid}", at, WORD), "")


def _act(uid: str, text: str) -> Told:
    return Told(SAVED, f"{TRACE}{_ACTS}", uid, 0, state_sum(text, "", WORD), "")


def without(connection: Connection, uids: Collection[str]) -> None:
    """Imports that can be taken back name these records no longer."""
    driver, gone = driver_of(connection), set(uids)
    for row_id, text in driver.execute("SELECT id, content FROM batch").fetchall():
        touched: list[Any] = json.loads(text)
        left = [part for part in touched if part[1] not in gone]
        if len(left) < len(touched):
            update = "UPDATE batch SET content = ? WHERE id = ?"
            driver.execute(update, (json_text(left), row_id))
