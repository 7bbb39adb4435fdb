"""Records taken out of the library for good: rows, history, drafts, what the search knows.

All of it is one transaction. What cannot be part of one, the pages that SQLite gave up and the
files beside the library, is noted in it and done after it, or at the next opening (``clearing``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlcipher3 import dbapi2

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage import index
from dangjian_desktop.storage.chain import seal_doubts
from dangjian_desktop.storage.file.connecting import driver_of, touched
from dangjian_desktop.storage.present import present_texts
from dangjian_desktop.storage.purges import (
    LEFT,
    Kept,
    Purge,
    keep,
    note_purge,
    purges,
    traces,
    without,
)
from dangjian_desktop.storage.records.keeping import Keeping
from dangjian_desktop.storage.records.revisions import RevisionStore

AnyKeeping = Keeping[Any, Any, Any]
Wanted = Mapping[str, Sequence[str]]
"""UUIDs of records by their subject."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OF_DRAFT = "substr(uid, 1, 36)"  # one that could not be read was put beside, under more
_THESE = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Named:
    """A record, or a draft of one (``form`` in place of its subject), that names another."""

    subject: str
    uid: str
    target: str
    draft: bool = False


class PurgeStore:
    """What was purged, and the purging; ``keepings`` are those of all subjects of the library."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_of(connection)

    def acts(self) -> tuple[Purge, ...]:
        """Every act, the last first."""
        return purges(self._driver)

    def keep(self, kept: Kept) -> None:
        """Keep what another library, of which this one is made anew, kept of its purges."""
        keep(self._connection, kept)

    def gone(self, uids: Collection[str]) -> set[tuple[str, str]]:
        """Subject and UUID of those that were purged."""
        return traces(self._driver, uids)

    def versions(self, wanted: Wanted) -> int:
        """How many saved states these records have."""
        count = f"SELECT count(*) FROM revision WHERE subject = ? AND uid {_THESE}"
        return sum(self._count(count, subject, uids) for subject, uids in wanted.items())

    def drafts(self, wanted: Wanted, forms: Iterable[tuple[str, str]]) -> int:
        """How many drafts lie there of these records, and of ``forms`` (form, UUID)."""
        every = [uid for uids in wanted.values() for uid in uids]
        every += [uid for _form, uid in forms]
        return self._count(f"SELECT count(*) FROM draft WHERE {_OF_DRAFT} {_THESE}", every)

    def sent(self, wanted: Wanted) -> int:
        """How many papers about these records were sent; they stay."""
        every = [uid for uids in wanted.values() for uid in uids]
        return self._count(f"SELECT count(*) FROM sent WHERE uid {_THESE}", every)

    def linking(self, wanted: Wanted) -> int:
        """How many other records are linked to one of these."""
        every = json.dumps([uid for uids in wanted.values() for uid in uids])
        query = (
            "SELECT count(DISTINCT l.record_id) FROM record_link l JOIN record r"
            f" ON r.id = l.record_id WHERE l.uid {_THESE} AND r.uid NOT {_THESE}"
        )
        return int(self._driver.execute(query, (every, every)).fetchone()[0])

    def naming(self, wanted: Wanted) -> Iterator[Named]:
        """What would lead nowhere: other records that name one of these members, projects that
        carry one of these sittings, and drafts with either."""
        members, meetings = (set(wanted.get(s, ())) for s in ("member", "meeting"))
        every = {uid for uids in wanted.values() for uid in uids}
        if members:
            yield from self._in_rows(members, every)
            yield from self._in_bodies(members, every)
        if meetings:
            query = (
                "SELECT 'project', p.uid, m.uid FROM project_meeting l"
                " JOIN project p ON p.id = l.project_id JOIN meeting m ON m.id = l.meeting_id"
                f" WHERE m.uid {_THESE}"
            )
            yield from self._others(query, meetings, every)
        for form, uid, text in self._driver.execute("SELECT form, uid, content FROM draft"):
            if uid not in every:
                named = (members | meetings).intersection(_UUID.findall(text))
                yield from (Named(form, uid, target, draft=True) for target in named)

    def files(self, keepings: Mapping[str, AnyKeeping], wanted: Wanted) -> dict[str, bool]:
        """SHA-256 of the files beside the library that these records have or once had, and whether
        something else has, or once had, the same."""
        known = {digest for (digest,) in self._driver.execute("SELECT sha256 FROM attachment")}
        if not known:
            return {}
        every = {uid for uids in wanted.values() for uid in uids}
        own = known.intersection(
            digest
            for subject, uids in wanted.items()
            for text in self._states(keepings[subject], uids)
            for digest in _DIGEST.findall(text)
        )
        return {
            digest: digest in used for used in [self._used(keepings, own, every)] for digest in own
        }

    def purge(
        self,
        keepings: Mapping[str, AnyKeeping],
        wanted: Wanted,
        done: Purge,
        files: Collection[str],
        forms: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Take these records out with their drafts (and those of ``forms``: form, UUID), and the
        ``files`` (SHA-256) that nothing else has. Call ``clearing.clear_out`` after the commit."""
        for subject, uids in wanted.items():
            self._take_out(keepings[subject], list(uids))
        for form, uid in forms:
            self._driver.execute("DELETE FROM draft WHERE form = ? AND uid = ?", (form, uid))
        every = [(subject, uid) for subject, uids in wanted.items() for uid in uids]
        without(self._connection, [uid for _subject, uid in every])
        index.forget_dropped(self._connection)
        query = f"SELECT name FROM attachment WHERE sha256 {_THESE}"
        names = [name for (name,) in self._driver.execute(query, (json.dumps([*files]),))]
        self._run(f"DELETE FROM attachment WHERE name {_THESE}", names)
        _note(self._driver, names, list(wanted.get("meeting", ())))
        note_purge(self._connection, done, every)

    def _take_out(self, keeping: AnyKeeping, uids: list[str]) -> None:
        subject, table = keeping.subject, keeping.table
        touched(self._connection).add((table, None))
        seal_doubts(self._connection, subject, table, uids)
        index.drop(self._connection, keeping, uids)
        if table.name == "meeting":
            rows = f"(SELECT id FROM meeting WHERE uid {_THESE})"
            self._run(f"DELETE FROM file_number WHERE meeting_id IN {rows}", uids)
        for name in ("record_file", "revision"):
            self._run(f"DELETE FROM {name} WHERE subject = ? AND uid {_THESE}", subject, uids)
        self._run(f"DELETE FROM draft WHERE {_OF_DRAFT} {_THESE}", uids)
        self._run(f"DELETE FROM printed WHERE uid {_THESE}", uids)
        # What lies below goes with it.
        self._run(f"DELETE FROM {table.name} WHERE deleted_at IS NOT NULL AND uid {_THESE}", uids)

    def _in_rows(self, members: set[str], every: set[str]) -> Iterator[Named]:
        for table, above, subject in (
            ("attendance", "meeting", "'meeting'"),
            ("project_person", "project", "'project'"),
            ("record_person", "record", "a.kind"),
        ):
            query = (
                f"SELECT DISTINCT {subject}, a.uid, m.uid FROM {table} p JOIN {above} a"
                f" ON a.id = p.{above}_id JOIN member m ON m.id = p.member_id WHERE m.uid {_THESE}"
            )
            yield from self._others(query, members, every)

    def _in_bodies(self, members: set[str], every: set[str]) -> Iterator[Named]:
        for table, subject in (
            ("meeting", "'meeting'"),
            ("project", "'project'"),
            ("record", "kind"),
        ):
            for of, uid, body in self._driver.execute(f"SELECT {subject}, uid, body FROM {table}"):
                if uid not in every and (named := members.intersection(_UUID.findall(body))):
                    yield from (Named(of, uid, target) for target in named)

    def _others(self, query: str, targets: set[str], every: set[str]) -> Iterator[Named]:
        found = self._driver.execute(query, (json.dumps(sorted(targets)),)).fetchall()
        yield from (Named(*each) for each in found if each[1] not in every)

    def _states(self, keeping: AnyKeeping, uids: Sequence[str]) -> Iterator[str]:
        present = present_texts(self._connection, keeping, list(uids))
        for _uid, _number, text in RevisionStore(self._connection).every(keeping.subject, present):
            if text is not None:
                yield text

    def _used(
        self, keepings: Mapping[str, AnyKeeping], own: set[str], without: set[str]
    ) -> set[str]:
        """Which of these files another record, a state that it had, or a draft names."""
        if not own:
            return set()
        texts = self._driver.execute("SELECT uid, content FROM draft").fetchall()
        used = {d for uid, text in texts if uid not in without for d in _DIGEST.findall(text)} & own
        for keeping in keepings.values():
            query = "SELECT DISTINCT uid FROM revision WHERE subject = ?"
            uids = [uid for (uid,) in self._driver.execute(query, (keeping.subject,))]
            for text in self._states(keeping, [uid for uid in uids if uid not in without]):
                if used == own:
                    return used
                used |= own.intersection(_DIGEST.findall(text))
        return used

    def _run(self, statement: str, *values: Any) -> None:
        self._driver.execute(statement, tuple(map(_plain, values)))

    def _count(self, query: str, *values: Any) -> int:
        return int(self._driver.execute(query, tuple(map(_plain, values))).fetchone()[0])


def _note(driver: dbapi2.Connection, files: list[str], minutes: list[str]) -> None:
    """Beside what an earlier purge left to be done."""
    found = driver.execute("SELECT value FROM setting WHERE key = ?", (LEFT,)).fetchone()
    left = json.loads(found[0]) if found else {"files": [], "minutes": []}
    text = json.dumps({"files": left["files"] + files, "minutes": left["minutes"] + minutes})
    put = (
        "INSERT INTO setting (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    )
    driver.execute(put, (LEFT, text))


def _plain(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value
