"""Papers as they were sent, with what they told: versions that nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select
from sqlalchemy.dialects.sqlite import insert as put

from dangjian_desktop.frozen import dataclass
from dangjian_desktop.storage.chain import seal_sent
from dangjian_desktop.storage.file.failures import StaleError
from dangjian_desktop.storage.file.moments import stamp
from dangjian_desktop.storage.records.records import to_json
from dangjian_desktop.storage.records.sums import text_sum
from dangjian_desktop.storage.tables import sent, sent_file

_SUMMED = ("paper", "uid", "version", "day", "until", "at", "name", "content", "files")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One version: sent on ``day``, with records up to ``until``; kept at ``at`` (ISO text).

    ``content`` holds plain JSON values, ``files`` the bytes by their kind (``docx``), ``name``
    that of files.
    """

    version: int
    day: date
    until: date
    at: str
    name: str
    content: Mapping[str, Any]
    files: Mapping[str, bytes]


class SentStore:
    """The sent versions of every paper, sheet and other file; each content is kept once.

    ``paper`` is what was sent, ``uid`` what it is about. There is no way to change or delete one.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def next_version(self, paper: str, uid: str) -> int:
        """The number that the next version gets."""
        newest = select(func.max(sent.c.version)).where(*_about(paper, uid))
        return 1 + (self._connection.scalar(newest) or 0)

    def add(self, paper: str, uid: str, made: Sent) -> None:
        """Keep a version."""
        sums = {kind: sha256(data).hexdigest() for kind, data in made.files.items()}
        for kind, digest in sums.items():
            kept = {"sha256": digest, "data": made.files[kind]}
            self._connection.execute(put(sent_file).values(kept).on_conflict_do_nothing())
        texts = {"day": made.day.isoformat(), "until": made.until.isoformat()}
        row = {"paper": paper, "uid": uid, "version": made.version, "at": made.at, **texts}
        row |= {"name": made.name, "content": to_json(made.content), "files": json.dumps(sums)}
        checksum = _sum(row)
        self._connection.execute(insert(sent).values(**row, checksum=checksum))
        seal_sent(self._connection, paper, uid, made.version, checksum)

    def of(self, paper: str, uid: str) -> tuple[Sent, ...]:
        """The versions, oldest first; raises ``StaleError`` for one that is not what was kept."""
        query = select(sent).where(*_about(paper, uid)).order_by(sent.c.version)
        rows = self._connection.execute(query).mappings().all()
        return tuple(_read(self._connection, row) for row in rows)

    def newest(self, paper: str, uid: str) -> Sent | None:
        """The last version; None where nothing was sent. Raises ``StaleError`` as ``of``."""
        return self.one(paper, uid, self.next_version(paper, uid) - 1)

    def one(self, paper: str, uid: str, version: int) -> Sent | None:
        """One version; None where there is none. Raises ``StaleError`` as ``of``."""
        query = select(sent).where(*_about(paper, uid), sent.c.version == version)
        row = self._connection.execute(query).mappings().first()
        return None if row is None else _read(self._connection, row)


def moment() -> str:
    """This moment, for ``Sent.at``."""
    return stamp()


def sent_versions(connection: Connection) -> Iterator[tuple[str, str, int, str, str, bool]]:
    """Paper, UUID, version, name, checksum of each version, and whether it is what was kept."""
    for row in connection.execute(select(sent).order_by(sent.c.id)).mappings().all():
        told = row["paper"], row["uid"], row["version"], row["name"], row["checksum"]
        yield *told, _files(connection, row) is not None


def sent_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each version that is not what was kept."""
    for row in connection.execute(select(sent).order_by(sent.c.id)).mappings().all():
        if _files(connection, row) is None:
            yield _changed(row)


def _about(paper: str, uid: str) -> tuple[Any, ...]:
    return sent.c.paper == paper, sent.c.uid == uid


def _read(connection: Connection, row: RowMapping) -> Sent:
    files = _files(connection, row)
    if files is None:
        raise StaleError(_changed(row), "请用“核对”检查资料库，必要时用备份恢复。")
    return Sent(
        version=row["version"],
        day=date.fromisoformat(row["day"]),
        until=date.fromisoformat(row["until"]),
        at=row["at"],
        name=row["name"],
        content=json.loads(row["content"]),
        files=files,
    )


def _files(connection: Connection, row: RowMapping) -> dict[str, bytes] | None:
    """The files of a version by their kind; None where anything is not what was kept."""
    if _sum(row) != row["checksum"]:
        return None
    sums = json.loads(row["files"])
    query = select(sent_file.c.data)
    found = {
        kind: connection.scalar(query.where(sent_file.c.sha256 == digest)) or b""
        for kind, digest in sums.items()
    }
    whole = all(sha256(data).hexdigest() == sums[kind] for kind, data in found.items())
    return found if whole else None


def _changed(row: RowMapping) -> str:
    return f"“{row['name']}”第{row['version']}版与报出时的内容不一致。"


def _sum(row: Mapping[Any, Any]) -> str:
    return text_sum(json.dumps([row[name] for name in _SUMMED]))
